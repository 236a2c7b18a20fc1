// Ways through a thread by single keys: j and k to the next and the previous comment, n and p to what is
// new, r to reply, ? to the list of these. Not where somebody types, and not when switched off.
//
// Markup: <details class="keys" data-none="Nothing new is left."> with the box that switches them off, in
// #comments; article.comment, with data-new where it is new to the reader.

const thread = () => document.getElementById("comments");
const follows = (one, other) => one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING;

const goTo = (element) => {
  element.focus({ preventScroll: true });
  element.scrollIntoView({ block: element.matches("article") ? "start" : "nearest" });
};

// Where the reader is: at what has the focus, else at the upper edge of the screen.
const isAhead = (comment) => {
  const here = document.activeElement.closest("#comments article, #comments a, #comments summary");
  return here ? follows(here, comment) : comment.getBoundingClientRect().top > 0;
};

const step = (kind, forward) => {
  const all = [...thread().querySelectorAll(kind)].filter((each) => !each.closest("details:not([open])"));
  const here = document.activeElement.closest("article.comment");
  const next = forward ? all.find(isAhead) : all.findLast((each) => each !== here && !isAhead(each));
  if (next) return goTo(next);
  const isNew = kind.includes("new");
  const ways = isNew ? ["#pill", "#only-new:not([aria-current])"] : [".thread__list > .thread__more a"];
  const way = forward && ways.map((each) => thread().querySelector(each)).find(Boolean);
  if (way) goTo(way);
  const detail = isNew && way?.id !== "pill" && thread().querySelector(".keys").dataset.none;
  if (detail) document.dispatchEvent(new CustomEvent("say", { detail }));
};

const acts = {
  j: () => step("article.comment", true),
  k: () => step("article.comment", false),
  n: () => step("article[data-new]", true),
  p: () => step("article[data-new]", false),
  r: () => {
    const link = document.activeElement.closest("article.comment")?.querySelector("[data-reply]");
    link?.focus();
    link?.click();
  },
  "?": (help) => {
    help.open = !help.open;
    goTo(help.querySelector("summary"));
  },
};

document.addEventListener("keydown", (event) => {
  const { target, code, ctrlKey, altKey, metaKey, isComposing } = event;
  const help = thread()?.querySelector(".keys");
  if (!help?.querySelector("input").checked || ctrlKey || altKey || metaKey || isComposing) return;
  if (target.closest("input, textarea, select, [contenteditable]")) return;
  const key = /^[\w?]$/.test(event.key) ? event.key : event.key === "؟" ? "?" : code.slice(3).toLowerCase(); // other alphabets
  if (!Object.hasOwn(acts, key)) return;
  event.preventDefault();
  acts[key](help);
});
