/*
 * The desk's boxes that search while one types say what they are for, and what is chosen.
 *
 * Select2 puts `<span role="combobox" aria-labelledby="…"><span role="textbox" id="…">` behind
 * `<select class="admin-autocomplete">`; the name stays with the select, which nobody hears.
 */
function nameChoosers() {
  for (const select of document.querySelectorAll("select.admin-autocomplete")) {
    const box = select.parentElement.querySelector("[role=combobox]");
    const chosen = box?.querySelector("[role=textbox]");
    const name = select.getAttribute("aria-label") ?? select.labels[0]?.textContent;
    if (!chosen || !name) continue;
    box.id = `${select.id}-chooser`;
    box.setAttribute("aria-label", name.replace(/:\s*$/, ""));
    box.setAttribute("aria-labelledby", `${box.id} ${chosen.id}`);
    chosen.setAttribute("aria-labelledby", box.id);
  }
}

// Once they are made: when jQuery is ready, which may be after the page is, and with each new row.
window.addEventListener("load", () => django.jQuery(() => setTimeout(nameChoosers)));
document.addEventListener("formset:added", () => setTimeout(nameChoosers));
