// Puts a quotation where it can be answered, behind what stands there already, with the cursor after it.
//
// Markup: <textarea data-draft="comment-12">, or <a data-reply="comment-12"> whose click fetches the form
// with it. The event quote names it and brings the text (quote.js).

let waiting;

const fieldOf = ({ name }) => document.querySelector(`textarea[data-draft="${name}"]`);

const insert = (field, text) => {
  const words = field.value.trimEnd();
  field.value = `${words}${words && "\n\n"}${text}\n\n`;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
  field.setSelectionRange(field.value.length, field.value.length);
};

const arrive = () => {
  const field = waiting && fieldOf(waiting);
  if (!field) return;
  insert(field, waiting.text);
  waiting = undefined;
};

document.addEventListener("quote", ({ detail }) => {
  waiting = detail;
  if (fieldOf(detail)) arrive();
  else document.querySelector(`[data-reply="${detail.name}"]`).click();
});

document.addEventListener("htmx:load", arrive);
