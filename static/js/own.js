// Takes away the early copy of one's own new comment once the list has grown to its true place.
//
// Markup: <li data-extra><article id="comment-12">…; the answer to "More comments" may bring
// another article#comment-12.

document.addEventListener("htmx:load", ({ detail }) => {
  for (const extra of document.querySelectorAll("[data-extra]")) {
    const id = extra.querySelector("article")?.id;
    const twin = id && (detail.elt.id === id || detail.elt.querySelector?.(`[id="${id}"]`));
    if (twin && !extra.contains(detail.elt) && !detail.elt.contains(extra)) extra.remove();
  }
});
