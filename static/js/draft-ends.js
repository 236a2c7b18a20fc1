// Where drafts end, and where they begin again: they go after two weeks, and when somebody logs out; a reply
// that was begun has its form fetched.
//
// Markup: <form data-drafts-end> logs out; <a data-reply="comment-12"> fetches the form for the draft of
// that name. What drafts.js keeps is in this browser's storage under draft:comment-12:….

const LIFE = 14 * 24 * 3600 * 1000;

// A storage may be switched off.
const safely = (work) => { try { return work(); } catch { return undefined; } };
const keys = () => (safely(() => Object.keys(localStorage)) ?? []).filter((key) => key.startsWith("draft:"));
const drop = (key) => safely(() => localStorage.removeItem(key));
const isOld = (key) => !(safely(() => JSON.parse(localStorage.getItem(key)).at) > Date.now() - LIFE);

keys().filter(isOld).forEach(drop);

document.addEventListener("submit", ({ target }) => {
  if (!target.matches("[data-drafts-end]")) return;
  keys().forEach(drop);
  safely(() => localStorage.setItem("drafts-ended", Date.now()));
});

document.addEventListener("drafts:free", ({ target, detail: isFree }) => {
  const begun = keys().filter(isFree);
  for (const link of target.querySelectorAll("[data-reply]")) {
    if (begun.some((key) => key.startsWith(`draft:${link.dataset.reply}:`))) link.click();
  }
});
