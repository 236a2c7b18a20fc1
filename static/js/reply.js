// Puts the cursor where one writes as soon as a reply is unfolded; Ctrl+Enter posts.
//
// Markup: <details data-reply><summary>Reply</summary><form>…<textarea>…</form></details>; the keys
// work in every textarea with data-draft.

document.addEventListener(
  "toggle",
  ({ target }) => {
    if (target.open && target.matches("[data-reply]") && target.contains(document.activeElement)) {
      target.querySelector("textarea").focus();
    }
  },
  true, // toggle does not bubble
);

document.addEventListener("keydown", (event) => {
  const posts = event.key === "Enter" && (event.ctrlKey || event.metaKey);
  if (posts && event.target.matches("textarea[data-draft]")) event.target.form.requestSubmit();
});
