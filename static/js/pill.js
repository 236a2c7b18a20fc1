// What the pill at the lower edge owes the reader: it goes when told to, gives the focus back, and never
// lies on what has it. Where somebody types it is out of the way by style.
//
// Markup: <div class="pill-place"><p class="pill"><a>3 new comments</a> <button>.

const placeOf = (element) => element.closest?.(".pill-place");
let before; // what had the focus before the pill

const giveWay = () => {
  const pill = document.querySelector(".pill-place .pill");
  const focused = document.activeElement;
  if (!pill || placeOf(focused)) return;
  const [over, under] = [pill, focused].map((element) => element.getBoundingClientRect());
  const isUnder = under.bottom > over.top && under.top < over.bottom && under.right > over.left && under.left < over.right;
  pill.classList.toggle("pill--waits", isUnder && under.height < 2 * over.height);
};

const dismiss = (place) => {
  const title = document.getElementById("comments-title");
  const next = before?.isConnected ? before : title;
  if (next === title) title.tabIndex = -1;
  next.focus({ preventScroll: true });
  place.replaceChildren();
};

document.addEventListener("click", ({ target }) => {
  if (target.closest(".pill button")) dismiss(placeOf(target));
});

document.addEventListener("keydown", ({ key, target }) => {
  if (key === "Escape" && placeOf(target)) dismiss(placeOf(target));
});

document.addEventListener("focusin", ({ target, relatedTarget }) => {
  if (!placeOf(target)) giveWay();
  else if (!relatedTarget || !placeOf(relatedTarget)) before = relatedTarget;
});

document.addEventListener("htmx:load", giveWay);
