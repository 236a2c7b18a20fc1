// Suggestions below a search field: the arrows choose one, Enter goes there, Escape closes them.
//
// Markup: <input data-suggest="list" hx-get="…" hx-target="#list"> and <div id="list" data-name="Suggestions" hidden>,
// into which the server's [role=option][data-href] are swapped. The roles are given here: without a script nothing is.

const listOf = (field) => document.getElementById(field.dataset.suggest);
const optionsOf = (field) => [...listOf(field).querySelectorAll("[role=option]")];
const fieldAt = (target) => target.closest?.("[data-suggest]");
const go = (option) => { if (option) location.assign(option.dataset.href); };

function choose(field, option) {
  for (const each of optionsOf(field)) each.setAttribute("aria-selected", String(each === option));
  if (!option) return field.removeAttribute("aria-activedescendant");
  field.setAttribute("aria-activedescendant", option.id);
  return option.scrollIntoView({ block: "nearest" });
}

function show(field, shown) {
  listOf(field).hidden = !shown;
  field.setAttribute("aria-expanded", String(shown));
  choose(field, null);
}

for (const field of document.querySelectorAll("[data-suggest]")) {
  const list = listOf(field);
  const roles = { autocomplete: "off", role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id };
  for (const [name, value] of Object.entries(roles)) field.setAttribute(name, value);
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", list.dataset.name);
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", ({ target }) => go(target.closest("[role=option]")));
  field.addEventListener("blur", () => show(field, false));
  field.form.addEventListener("submit", () => { field.dataset.asked = field.value; show(field, false); });
}

// What comes when the search itself is on its way is neither shown nor said.
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  const field = fieldAt(detail.requestConfig?.elt ?? document);
  if (field && (field !== document.activeElement || field.dataset.asked === field.value)) detail.shouldSwap = false;
});
document.addEventListener("htmx:afterSwap", ({ detail }) => {
  const field = fieldAt(detail.requestConfig?.elt ?? document);
  if (field) show(field, optionsOf(field).length > 0);
});

document.addEventListener("keydown", (event) => {
  const field = fieldAt(event.target);
  const options = field ? optionsOf(field) : [];
  if (!options.length || event.isComposing) return;
  const isOpen = !listOf(field).hidden;
  const at = options.findIndex((option) => option.getAttribute("aria-selected") === "true");
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!(step || (isOpen && (event.key === "Escape" || (event.key === "Enter" && at >= 0))))) return;
  event.preventDefault();
  if (event.key === "Enter") go(options[at]);
  else if (!step) show(field, false);
  else if (!isOpen) show(field, true);
  // One place more than there are options: from the last one on it is the field itself again.
  else choose(field, options[(at + 1 + step + options.length + 1) % (options.length + 1) - 1]);
});
