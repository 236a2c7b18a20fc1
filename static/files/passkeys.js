// Makes passkeys and logs in with them. Loaded by the few pages that have such a form.
//
// Markup: <form data-passkey="create" data-question="{…}" data-failed="No passkey was made.">, or
// <form data-passkey="get" data-asked-at="/address/of/the/question/" …>, with <input name="credential">
// and <p role="alert">. Forms are shown where a browser can do it, else [data-passkey-missing] is.

const isAble = Boolean(
  window.PublicKeyCredential?.parseCreationOptionsFromJSON &&
  window.PublicKeyCredential.parseRequestOptionsFromJSON &&
  window.PublicKeyCredential.prototype.toJSON,
);

// The question that the device answers. One that is asked for begins a session, whose token comes along.
const questionOf = async (form) => {
  if (form.dataset.question) return JSON.parse(form.dataset.question).publicKey;
  const response = await fetch(form.dataset.askedAt, { headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error(response.statusText);
  const token = form.elements.csrfmiddlewaretoken ?? document.createElement("input");
  Object.assign(token, { type: "hidden", name: "csrfmiddlewaretoken" });
  token.value = response.headers.get("X-CSRFToken");
  form.append(token);
  return (await response.json()).request_options.publicKey;
};

const answerTo = async (question, kind) => {
  if (kind === "get") {
    const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(question);
    return navigator.credentials.get({ publicKey });
  }
  // It has to stand for the account by itself, so the device keeps it and asks who is there.
  question.authenticatorSelection = {
    ...question.authenticatorSelection,
    residentKey: "required", requireResidentKey: true, userVerification: "required",
  };
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(question);
  return navigator.credentials.create({ publicKey });
};

for (const form of isAble ? document.querySelectorAll("form[data-passkey]") : []) {
  const alert = form.querySelector("[role=alert]");
  form.classList.add("passkey--able");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    alert.textContent = "";
    try {
      const answer = await answerTo(await questionOf(form), form.dataset.passkey);
      form.elements.credential.value = JSON.stringify(answer);
      form.submit();
    } catch {
      alert.textContent = form.dataset.failed;
    }
  });
}
document.querySelector("[data-passkey-missing]")?.toggleAttribute("hidden", isAble);
