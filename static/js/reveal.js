// Lets people look at the password they type.
//
// Markup: <input type="password" data-reveal="Show password">. The button is made here, for it does nothing without a
// script.

for (const field of document.querySelectorAll("[data-reveal]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button--plain field__reveal";
  button.textContent = field.dataset.reveal;
  button.setAttribute("aria-pressed", "false");
  button.setAttribute("aria-controls", field.id);
  button.addEventListener("click", () => {
    const shown = field.type === "password";
    field.type = shown ? "text" : "password";
    button.setAttribute("aria-pressed", String(shown));
  });
  field.after(button);
  // Browsers offer to keep what was typed into a password field only.
  field.form?.addEventListener("submit", () => { field.type = "password"; });
}
