// Keeps unsent words in this browser, through reloads, crashes and sign-ins. Every page keeps its own: no
// tab overwrites the words of another, nor takes them while shown (draft-pages.js). How long: draft-ends.js.
//
// Markup: <textarea data-draft="article-42">; the value names the draft, which goes once the server has
// taken the form (a preview takes nothing) and at a click on [data-draft-dropped="article-42"]. Words of a
// person come back to that person, or before logging in. The event draft:back tells of it.

const page = Math.random().toString(36).slice(2);
const sent = new Set();
// A storage that is full, switched off or meddled with stands in nobody's way.
const safely = (work) => { try { return work(); } catch { return undefined; } };
const before = safely(() => sessionStorage.getItem("page")); // what this tab showed last
safely(() => sessionStorage.setItem("page", page));

const fields = (root) => root.querySelectorAll?.("[data-draft]") ?? [];
const writerOf = (field) => field.form?.elements.writer?.value ?? "";
const keyOf = (name) => `draft:${name}:${page}`;
const isOwn = (key) => key.endsWith(`:${page}`);
const drop = (key) => safely(() => localStorage.removeItem(key));
// This tab's own first, then the latest.
const rank = ({ key, at }) => (key.endsWith(`:${before}`) ? 2 * at : at);
const kept = (name) => (safely(() => Object.keys(localStorage)) ?? [])
  .filter((key) => key.startsWith(`draft:${name}:`))
  .map((key) => ({ key, ...safely(() => JSON.parse(localStorage.getItem(key))) }))
  .sort((one, other) => rank(other) - rank(one));
const keep = (field, at) => safely(() => localStorage.setItem(
  keyOf(field.dataset.draft), JSON.stringify({ words: field.value, at, writer: writerOf(field) }),
));
const forget = (name, words) => {
  for (const draft of kept(name)) if (draft.key === keyOf(name) || draft.words === words) drop(draft.key);
};

const restore = (isFree) => (field) => {
  const [{ draft: name, quoted }, given] = [field.dataset, field.value];
  const isTheirs = ({ writer }) => !writer || !writerOf(field) || writer === writerOf(field);
  const draft = kept(name).find((each) => each.words && isTheirs(each) && isFree(each.key));
  if (!draft || sent.has(name) || given !== field.defaultValue || draft.words === given) return;
  field.value = quoted !== undefined && !draft.words.includes(given.trim()) ? `${draft.words.trimEnd()}\n\n${given}` : draft.words;
  if (isOwn(draft.key)) return;
  keep(field, draft.at);
  drop(draft.key);
  field.dispatchEvent(new CustomEvent("draft:back", { bubbles: true, detail: draft.at }));
};

for (const type of ["input", "draft:keep"]) document.addEventListener(type, ({ target: field }) => {
  if (!field.dataset?.draft) return;
  sent.delete(field.dataset.draft);
  if (field.value) keep(field, Date.now()); else forget(field.dataset.draft);
});
document.addEventListener("click", ({ target }) => forget(target.closest("[data-draft-dropped]")?.dataset.draftDropped));

// The answer to a form that was taken shows fields with the same names: they must be empty by then.
document.addEventListener("htmx:beforeOnLoad", ({ detail: { xhr, requestConfig } }) => {
  if (requestConfig.verb !== "post" || xhr.status >= 400 || requestConfig.formData.has("preview")) return;
  for (const { dataset, value } of fields(requestConfig.elt)) { forget(dataset.draft, value); sent.add(dataset.draft); }
});

// htmx announces the body once, then every piece it swaps in. This page's own words are back at once.
document.addEventListener("htmx:load", ({ detail }) => fields(detail.elt).forEach(restore(isOwn)));
document.addEventListener("drafts:free", ({ target, detail }) => fields(target).forEach(restore(detail)));
