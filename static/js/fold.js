// Remembers in this browser what a reader folded. Where a link leads, nothing stays folded.
//
// Markup: <article id="comment-12">…</article><details class="branch__fold" open><summary>12 replies. Pages
// load folded (early/folded.js); here are clicks, and what htmx brings.

const FOLDED = "folded";
const MOST = 500;

const folded = () => {
  try {
    return JSON.parse(localStorage.getItem(FOLDED)) ?? [];
  } catch {
    return []; // nothing is kept where nothing may be
  }
};

const keep = (names) => {
  try {
    localStorage.setItem(FOLDED, JSON.stringify(names.slice(-MOST)));
  } catch { /* as above */ }
};

const nameOf = (fold) => fold.previousElementSibling.id;

const reveal = () => {
  const target = document.querySelector("article:target");
  let wasHidden = false;
  for (let at = target; (at = at?.closest(".branch__fold:not([open])")); wasHidden = true) at.open = true;
  if (wasHidden) target.scrollIntoView();
};

document.addEventListener("click", ({ target }) => {
  const fold = target.closest(".branch__fold > summary")?.parentElement;
  if (fold) {
    // As it was before this click.
    const others = folded().filter((name) => name !== nameOf(fold));
    keep(fold.open ? [...others, nameOf(fold)] : others);
  } else if (target.closest('a[href*="#comment-"]')) {
    setTimeout(reveal);
  }
});

document.addEventListener("htmx:afterSwap", ({ target }) => {
  const names = folded();
  for (const fold of names.length ? target.querySelectorAll(".branch__fold") : []) {
    if (names.includes(nameOf(fold)) && !fold.querySelector("[autofocus]")) fold.open = false;
  }
});

addEventListener("hashchange", reveal);
