// Writing a reply where it will stand: the form comes once, the cursor goes into it, Escape folds it
// away, Ctrl+Enter posts.
//
// Markup: <a data-reply="comment-12" hx-get="…">, and the form that it brings with a
// <textarea data-draft="comment-12">. Words folded away stay as a draft (drafts.js).

const fieldOf = (link) => document.querySelector(`textarea[data-draft="${link.dataset.reply}"]`);

// A second click must not exchange the form for an empty one.
document.addEventListener("htmx:beforeRequest", (event) => {
  const link = event.detail.elt;
  if (!link.matches("[data-reply]") || !fieldOf(link)) return;
  event.preventDefault();
  fieldOf(link).focus();
});

// Only a reader's own click: a form that comes back for its draft leaves the cursor alone.
document.addEventListener("htmx:afterSettle", ({ detail }) => {
  const { elt, triggeringEvent } = detail.requestConfig ?? {};
  if (elt?.matches("[data-reply]") && (triggeringEvent?.isTrusted || elt === document.activeElement)) fieldOf(elt)?.focus();
});

document.addEventListener("keydown", (event) => {
  if (event.isComposing || !event.target.matches("textarea[data-draft]")) return;
  const link = document.querySelector(`[data-reply="${event.target.dataset.draft}"]`);
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) event.target.form.requestSubmit();
  if (event.key === "Escape" && link) {
    event.target.form.remove();
    link.focus();
  }
});
