// Remembers in this browser whether a box is ticked.
//
// Markup: <input type="checkbox" checked data-remember="keys">

document.addEventListener("change", ({ target }) => {
  if (!target.dataset.remember) return;
  try {
    localStorage.setItem(target.dataset.remember, target.checked ? "on" : "off");
  } catch { /* then it holds for this page */ }
});

document.addEventListener("htmx:load", ({ detail }) => {
  for (const box of detail.elt.querySelectorAll?.("[data-remember]") ?? []) {
    try {
      box.checked = localStorage.getItem(box.dataset.remember) !== "off";
    } catch { /* as above */ }
  }
});
