// Keeps unsent words through reloads, sign-ins and lost connections, in this tab only.
//
// Markup: <textarea data-draft="article-42">; the value names the draft. It goes away once the server
// has taken the form, or at a click on [data-draft-dropped="article-42"]. Words kept for a reply fetch
// its form by <a data-reply="comment-12">.

const key = (name) => `draft:${name}`;
const fields = (root) => root.querySelectorAll?.("[data-draft]") ?? [];

const restore = (root) => {
  for (const field of fields(root)) {
    const words = sessionStorage.getItem(key(field.dataset.draft));
    if (words !== null && field.value === field.defaultValue && words !== field.value) {
      field.value = words;
    }
  }
};

const fetchForms = (root) => {
  for (const link of root.querySelectorAll?.("[data-reply]") ?? []) {
    if (sessionStorage.getItem(key(link.dataset.reply)) !== null) link.click();
  }
};

document.addEventListener("input", ({ target }) => {
  if (!target.matches("[data-draft]")) return;
  if (target.value) sessionStorage.setItem(key(target.dataset.draft), target.value);
  else sessionStorage.removeItem(key(target.dataset.draft));
});

document.addEventListener("click", ({ target }) => {
  const way = target.closest("[data-draft-dropped]");
  if (way) sessionStorage.removeItem(key(way.dataset.draftDropped));
});

// The answer to a form that was taken shows fields with the same names: they must be empty by then.
document.addEventListener("htmx:beforeOnLoad", ({ detail }) => {
  const { xhr, requestConfig } = detail;
  if (requestConfig.verb === "post" && xhr.status < 400) {
    for (const field of fields(requestConfig.elt)) {
      sessionStorage.removeItem(key(field.dataset.draft));
    }
  }
});

// htmx announces the body once, then every piece it swaps in.
document.addEventListener("htmx:load", ({ detail }) => {
  restore(detail.elt);
  fetchForms(detail.elt);
});
