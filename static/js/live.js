// Tells that others have written since the page was made, and moves nothing. Asks only while somebody
// looks, less often when nobody answers, and at once when they look again.
//
// Markup: <section data-live="/articles/4/comments/" data-arrival="17"><header>. Below that address
// version/ is a number that grows, and new/?since=17 a <p class="pill"> with a link (pill.js).

const PAUSE = 10_000;
const LONGEST_PAUSE = 300_000;
let pause = PAUSE;
let timer;

const tell = async (section, last) => {
  const place = section.querySelector(".pill-place") ?? document.createElement("div");
  if (place.contains(document.activeElement)) return; // is told once the reader has left it
  section.dataset.asked = last;
  place.className = "pill-place";
  place.dataset.failed = ""; // a pill that does not come is nothing to talk about
  if (!place.isConnected) section.querySelector("header").after(place);
  const address = `${section.dataset.live}new/?since=${section.dataset.arrival}`;
  await htmx.ajax("GET", address, { source: place, target: place, swap: "innerHTML" });
  const way = place.querySelector("a");
  if (!way || "told" in section.dataset) return;
  section.dataset.told = "";
  document.getElementById("say").textContent = way.textContent;
};

const ask = async () => {
  clearTimeout(timer);
  const section = document.querySelector("[data-live]");
  if (!section || document.visibilityState !== "visible" || !navigator.onLine) return;
  try {
    const answer = await fetch(`${section.dataset.live}version/`, { credentials: "omit" });
    if (answer.status === 404) return; // the article is no longer to be seen
    if (!answer.ok) throw new Error(answer.status);
    const last = Number(await answer.text());
    const { arrival, asked = 0 } = section.dataset;
    if (section.isConnected && last > Math.max(arrival, asked)) await tell(section, last);
    pause = PAUSE;
  } catch {
    pause = Math.min(2 * pause, LONGEST_PAUSE);
  }
  clearTimeout(timer);
  timer = setTimeout(ask, pause);
};

document.addEventListener("visibilitychange", ask);
addEventListener("online", ask);
timer = setTimeout(ask, pause);
