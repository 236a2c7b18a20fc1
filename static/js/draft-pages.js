// Leaves the drafts of a page alone while it shows them. A page with unsent words holds a lock until it goes;
// one that comes back writes again what was taken from it, unless somebody has logged out.
//
// Markup: the fields of drafts.js, which names this page after this has run. The event drafts:free at what
// htmx brings carries a test of keys, draft:keep asks for a field to be kept.

const LONGEST_END = 500;
const safely = (work) => { try { return work(); } catch { return undefined; } };
const nameOfTab = () => safely(() => sessionStorage.getItem("page"));
const before = nameOfTab();
const shown = new Set();
const isKept = ({ dataset }) => safely(() => localStorage.getItem(`draft:${dataset.draft}:${nameOfTab()}`));
let letGo;

const hold = ({ target: field }) => {
  if (!field.dataset?.draft) return;
  shown.add(field);
  if (letGo) return;
  const hidden = new Promise((resolve) => { letGo = resolve; });
  navigator.locks?.request(`draft:${nameOfTab()}`, () => hidden);
};

// The page before takes a moment to be gone.
const end = async () => {
  const signal = AbortSignal.timeout(LONGEST_END);
  await navigator.locks.request(`draft:${before}`, { signal }, () => {});
};
const ended = before && navigator.locks ? end().catch(() => {}) : undefined;

document.addEventListener("htmx:load", async ({ detail: { elt } }) => {
  await ended;
  const { held = [] } = (await navigator.locks?.query()) ?? {};
  const others = held.map(({ name }) => name).filter((name) => name !== `draft:${nameOfTab()}`);
  const isFree = (key) => !others.includes(`draft:${key.split(":").pop()}`);
  elt.dispatchEvent(new CustomEvent("drafts:free", { bubbles: true, detail: isFree }));
});

document.addEventListener("input", hold);
document.addEventListener("draft:back", hold);
document.addEventListener("click", ({ target }) => {
  const name = target.closest("[data-draft-dropped]")?.dataset.draftDropped;
  for (const field of shown) if (field.dataset.draft === name) shown.delete(field);
});

const again = ({ type, persisted }) => {
  const isOver = Number(safely(() => localStorage.getItem("drafts-ended"))) > performance.timeOrigin;
  for (const field of isOver ? [] : shown) {
    if (!field.isConnected) shown.delete(field);
    else if (field.value && !isKept(field)) field.dispatchEvent(new CustomEvent("draft:keep", { bubbles: true }));
  }
  if (type === "pagehide") letGo = letGo?.();
  else if (persisted) [...shown].slice(0, 1).forEach((target) => hold({ target }));
};
for (const type of ["pagehide", "pageshow", "visibilitychange"]) addEventListener(type, again);
