// Keeps a reply that is being written where the thread around it is exchanged for one that does not show
// what it answers: the form then stands at the head, and says with name=apart that it does.
//
// Markup: in #comments a <header>, and a <form> with a <textarea data-draft="comment-12"> that belongs
// to <a data-reply="comment-12">. Where that link is, the words come back by themselves (drafts.js).

let kept = [];

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.target.id !== "comments" || !detail.shouldSwap) return;
  const fields = [...detail.target.querySelectorAll('textarea[data-draft^="comment-"]')];
  kept = fields.filter((field) => field.value && field.form !== detail.requestConfig.elt);
  // Out of the page before htmx clears it away.
  for (const field of kept) field.form.remove();
});

document.addEventListener("htmx:afterSwap", () => {
  for (const { form, dataset } of kept.splice(0)) {
    const isThere = document.querySelector(`[data-reply="${dataset.draft}"]`);
    if (isThere) continue;
    document.querySelector("#comments > header").after(form);
    form.insertAdjacentHTML("afterbegin", '<input type="hidden" name="apart" value="1">');
  }
});
