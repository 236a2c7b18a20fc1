// Folds what a reader has folded before (fold.js) at the moment it is drawn, so that nothing moves. Where
// the address leads, nothing is folded.
//
// Markup: behind this script <article id="comment-12">…</article><details class="branch__fold" open>.

let names = [];
try {
  names = JSON.parse(localStorage.getItem("folded")) ?? [];
} catch { /* nothing is kept where nothing may be */ }

const watch = new MutationObserver((records) => {
  for (const node of records.flatMap(({ addedNodes }) => [...addedNodes])) {
    const isFold = node.matches?.(".branch__fold");
    if (isFold && names.includes(node.previousElementSibling.id)) node.open = false;
    const isMeant = node.id && `#${node.id}` === location.hash;
    for (let at = isMeant && node.closest("details"); at; at = at.parentElement.closest("details")) at.open = true;
  }
});
if (names.length) watch.observe(document, { childList: true, subtree: true });
document.addEventListener("DOMContentLoaded", () => watch.disconnect());
