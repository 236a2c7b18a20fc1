// Hands the link of an article on: by the device's own sharing where there is one, else to the
// clipboard. While a passage of the text is selected, the link leads to that passage.
//
// Markup: <button data-share="https://…" data-title="headline" data-passage="Copy link to the passage"
// data-done="Link copied" hidden>Copy link</button>; the passage is one of .prose. Without a script,
// or without either way, the button stays hidden.

const MOST_WORDS = 10;
const ENDS = 4;
const word = /[\p{L}\p{N}]/u;

// The selected words, whole ones only: browsers look for nothing less.
const passage = () => {
  const selection = getSelection();
  const text = document.querySelector(".prose");
  if (selection.isCollapsed || !text?.contains(selection.anchorNode) || !text.contains(selection.focusNode)) return "";
  const range = selection.getRangeAt(0);
  const cut = (node, place) => word.test(node.data?.[place - 1] ?? "") && word.test(node.data?.[place] ?? "");
  let words = selection.toString().trim();
  if (cut(range.startContainer, range.startOffset)) words = words.replace(/^\S+\s*/, "");
  if (cut(range.endContainer, range.endOffset)) words = words.replace(/\s*\S+$/, "");
  return words;
};

// A long passage, or one of several paragraphs, is named by how it begins and how it ends.
const linkTo = (address, text) => {
  if (!text) return address;
  const encode = (words) => encodeURIComponent(words).replaceAll("-", "%2D");
  const lines = text.split(/\n+/).map((line) => line.trim().split(/\s+/));
  const [first, last] = [lines[0], lines[lines.length - 1]];
  const short = lines.length === 1 && first.length <= MOST_WORDS;
  const ends = [first.slice(0, ENDS).join(" "), last.slice(-ENDS).join(" ")];
  return `${address}#:~:text=${short ? encode(first.join(" ")) : ends.map(encode).join(",")}`;
};

for (const button of document.querySelectorAll("[data-share]")) {
  const label = button.querySelector("span");
  const usual = label.textContent;
  const { share, title, passage: forPassage, done } = button.dataset;
  const rename = () => { label.textContent = passage() ? forPassage : usual; };
  button.hidden = !navigator.share && !navigator.clipboard;
  document.addEventListener("selectionchange", rename);
  button.addEventListener("click", async () => {
    const url = linkTo(share, passage());
    try {
      if (navigator.share) return await navigator.share({ title, url });
      await navigator.clipboard.writeText(url);
      label.textContent = done;
      document.getElementById("say").textContent = done;
    } catch {
      rename(); // the reader thought better of it
    }
  });
}
