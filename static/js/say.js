// Says a sentence to everybody, be it heard or seen, and takes it from sight after a moment.
//
// Markup: <p id="say" class="visually-hidden" role="status">; whoever has something to say dispatches
// new CustomEvent("say", { detail: "the sentence" }) on the document.

document.addEventListener("say", ({ detail }) => {
  const region = document.getElementById("say");
  region.textContent = detail;
  region.className = "pill pill--said";
  setTimeout(() => { region.className = "visually-hidden"; }, 4000);
});
