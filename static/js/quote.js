// Offers to quote what is selected, of an article or of a comment, by a button that the next Tab reaches. A
// click is the event quote, with the name of the draft to write it in and the text (quoted.js).
//
// Markup: data-quote="Quote" somewhere on the page. The .prose of an article, with paragraphs #text-p1 …, is
// answered in textarea#text-new, the .comment__body of article#comment-12, with its .comment__author, in
// textarea[data-draft="comment-12"], or where [data-reply="comment-12"] leads.

const MOST = 1000;
const button = Object.assign(document.createElement("button"), { type: "button", className: "button quote" });
let quote, timer;

const elementOf = (node) => (node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement);
const follows = (one, other) => one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING;

const source = (body, start) => {
  const comment = body.closest("article.comment");
  if (comment) {
    const author = comment.querySelector(".comment__author")?.textContent.replace(/[\\`*_[\]<>&]/g, "\\$&");
    return { name: comment.id, link: `[${author}](/comments/${comment.id.slice(8)}/)` };
  }
  const place = [...body.querySelectorAll('p[id^="text-p"]')].findLast((each) => each.contains(start) || follows(each, start));
  const address = location.pathname.match(/^\/articles\/\d+\//);
  return { name: document.getElementById("text-new")?.dataset.draft, link: place && `[¶ ${place.id.slice(6)}](${address}#${place.id})` };
};

const find = () => {
  const words = getSelection().toString().trim();
  const range = words && getSelection().getRangeAt(0);
  const body = range && elementOf(range.startContainer).closest(".prose, article.comment .comment__body");
  // Three clicks select up to the beginning of what follows.
  if (!body || (!body.contains(range.endContainer) && range.endOffset)) return undefined;
  const { name, link } = source(body, range.startContainer);
  if (!document.querySelector(`[data-draft="${name}"], [data-reply="${name}"]`)) return undefined;
  const said = words.length > MOST ? `${words.slice(0, MOST).replace(/\s\S*$/, "")}…` : words;
  const lines = [...said.split("\n"), ...(link ? ["", `— ${link}`] : [])];
  return { name, body, range, text: lines.map((line) => `> ${line}`.trimEnd()).join("\n") };
};

const show = () => {
  quote = find();
  button.textContent = document.querySelector("[data-quote]")?.dataset.quote;
  if (!quote || !button.textContent) return button.remove();
  const { body, range } = quote;
  (elementOf(range.endContainer).closest(".prose > *, .comment__body > *") ?? body.lastElementChild).after(button);
  const line = [...range.getClientRects()].pop();
  const base = button.offsetParent.getBoundingClientRect();
  button.style.top = `${line.bottom - base.top + 8}px`;
  return button.style.left = `${Math.max(0, Math.min(line.left, innerWidth - button.offsetWidth - 8) - base.left)}px`;
};

// Not while the selection still grows; it outlives a press on the button.
const settled = () => document.activeElement === button || show();
document.addEventListener("selectionchange", () => { clearTimeout(timer); timer = setTimeout(settled, 250); });
button.addEventListener("pointerdown", (event) => event.preventDefault());
document.addEventListener("keydown", (event) => {
  if (event.key !== "Tab" || event.shiftKey || !button.isConnected || !document.activeElement.matches("body, main")) return;
  event.preventDefault(button.focus());
});
button.addEventListener("click", () => { button.remove(); document.dispatchEvent(new CustomEvent("quote", { detail: quote })); });
