// Keeps the number of comments beside the headline in step with the thread's own.
//
// Markup: <span data-comment-copy>, which is empty for none; the thread counts in [data-comment-count].

document.addEventListener("htmx:load", () => {
  const count = document.querySelector("[data-comment-count]")?.textContent.trim();
  const copy = document.querySelector("[data-comment-copy]");
  if (count && copy) copy.textContent = count === "0" ? "" : count;
});
