// Writing a reply, or a comment anew, where it will stand: the form comes once, the cursor goes into it,
// behind its words, Escape folds it away, Ctrl+Enter posts.
//
// Markup: <a data-reply="comment-12" hx-get="…">, and the form that it brings with a
// <textarea data-draft="comment-12">; a form with <textarea data-draft="edit-12" autofocus> and the way
// back, <a data-draft-dropped="edit-12" hx-get="…">. Words folded away stay as a draft (drafts.js).

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

// Once, and before it has the focus: by then somebody may type.
const begun = new WeakSet();
const begin = () => {
  const field = document.querySelector("textarea[data-draft][autofocus]");
  if (!field || begun.has(field)) return;
  begun.add(field);
  field.setSelectionRange(field.value.length, field.value.length);
};
document.addEventListener("htmx:afterSwap", begin);
begin();

document.addEventListener("keydown", (event) => {
  if (event.isComposing || !event.target.matches("textarea[data-draft]")) return;
  const link = document.querySelector(`[data-reply="${event.target.dataset.draft}"]`);
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) event.target.form.requestSubmit();
  if (event.key !== "Escape") return;
  if (link) {
    event.target.form.remove();
    link.focus();
  } else {
    // Not by a click, which drops the draft.
    const back = event.target.form.querySelector("[data-draft-dropped][hx-get]");
    if (back) htmx.ajax("GET", back.href, { source: back });
  }
});
