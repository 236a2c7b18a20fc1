// Says that words from before are back in a field, and offers to be rid of them.
//
// Markup: <form data-draft-back="Your draft from {} is back." data-draft-drop="Drop it">; drafts.js tells of
// it at the field by the event draft:back, with the moment they were written.

document.addEventListener("draft:back", ({ target: field, detail: at }) => {
  const { draftBack, draftDrop } = field.form?.dataset ?? {};
  if (!draftBack) return;
  const isToday = new Date(at).toDateString() === new Date().toDateString();
  const style = { dateStyle: isToday ? undefined : "medium", timeStyle: "short" };
  const words = draftBack.replace("{}", new Date(at).toLocaleString(document.documentElement.lang, style));
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button--plain";
  button.dataset.draftDropped = field.dataset.draft;
  button.textContent = draftDrop;
  const note = document.createElement("p");
  note.className = "hint draft";
  note.append(`${words} `, button);
  field.after(note);
  document.getElementById("say").textContent = words;
  button.addEventListener("click", () => {
    field.value = field.defaultValue;
    note.remove();
    field.focus();
  });
});
