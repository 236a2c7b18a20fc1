// Says in words when a request did not arrive or was not answered; what was typed stays.
//
// Markup: data-failed="the sentence" on the form or link, or on what surrounds it; #say is the live
// region of the page, with data-stale="the sentence" for a page that has outlived its session. An
// answer of 422 is shown by the server itself and is no failure here.

const whose = new WeakMap();

const clear = (element) => {
  for (const sentence of document.querySelectorAll("[data-failure]")) {
    if (element.contains(sentence) || whose.get(sentence) === element) sentence.remove();
  }
};

const say = ({ detail }) => {
  const element = detail.requestConfig?.elt ?? detail.elt;
  const region = document.getElementById("say");
  const isStale = detail.xhr?.status === 403;
  const words = isStale ? region?.dataset.stale : element.closest("[data-failed]")?.dataset.failed;
  if (!words) return;
  clear(element);
  const sentence = document.createElement("p");
  sentence.className = "error";
  sentence.dataset.failure = "";
  sentence.textContent = words;
  whose.set(sentence, element);
  const button = element.matches("[data-failed]") ? element.querySelector("button") : null;
  if (button) (button.closest("p") ?? button).before(sentence);
  else (element.closest(".comment__foot")?.nextElementSibling ?? element).after(sentence); // moves no button
  if (region) region.textContent = words;
  // The button was switched off meanwhile, and with it went the focus.
  requestAnimationFrame(() => {
    if (document.activeElement === document.body) (button ?? element).focus();
  });
};

for (const name of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(name, say);
}

document.addEventListener("htmx:beforeRequest", ({ detail }) => clear(detail.elt));

// What the server found wrong with words that have changed since.
document.addEventListener("input", ({ target: field }) => {
  const ids = field.form?.matches("[data-failed]") && field.getAttribute("aria-describedby")?.split(" ");
  if (!ids) return;
  const errors = ids.filter((id) => document.getElementById(id)?.matches(".error"));
  if (!errors.length) return;
  for (const id of errors) document.getElementById(id).remove();
  field.removeAttribute("aria-invalid");
  field.setAttribute("aria-describedby", ids.filter((id) => !errors.includes(id)).join(" "));
});
