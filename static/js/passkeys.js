// Lets a browser's passkey answer a form. Without this file the form stays hidden, and the other
// ways to sign in work as they do.
const bytes = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));

const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

const known = (keys = []) => keys.map((key) => ({ ...key, id: bytes(key.id) }));

const asked = (options) => ({
  ...options,
  challenge: bytes(options.challenge),
  ...(options.user && { user: { ...options.user, id: bytes(options.user.id) } }),
  ...(options.allowCredentials && { allowCredentials: known(options.allowCredentials) }),
  ...(options.excludeCredentials && { excludeCredentials: known(options.excludeCredentials) }),
});

const answered = ({ id, rawId, type, authenticatorAttachment, response }) => {
  const said = { clientDataJSON: text(response.clientDataJSON) };
  if (response.attestationObject) {
    said.attestationObject = text(response.attestationObject);
    said.transports = response.getTransports?.() ?? [];
  } else {
    said.authenticatorData = text(response.authenticatorData);
    said.signature = text(response.signature);
    said.userHandle = response.userHandle ? text(response.userHandle) : null;
  }
  return { id, rawId: text(rawId), type, authenticatorAttachment, response: said, clientExtensionResults: {} };
};

const tell = (form, name) => {
  const sentences = [...form.querySelectorAll("template[data-when]")];
  const fitting = sentences.find((each) => each.dataset.when === name) ?? sentences.at(-1);
  const said = name === null ? [] : [fitting.content.cloneNode(true)];
  form.querySelector("[role=alert]").replaceChildren(...said);
};

const answer = async (form) => {
  tell(form, null);
  const reply = await fetch(form.dataset.options, {
    method: "POST",
    headers: { "X-CSRFToken": form.elements.csrf_token.value },
  });
  if (!reply.ok) throw new Error(String(reply.status));
  const publicKey = asked((await reply.json()).options);
  const credential =
    form.dataset.passkey === "create"
      ? await navigator.credentials.create({ publicKey })
      : await navigator.credentials.get({ publicKey });
  form.elements.passkey_answer.value = JSON.stringify(answered(credential));
  form.submit();
};

if (window.PublicKeyCredential) {
  for (const missing of document.querySelectorAll("[data-passkey-missing]")) missing.hidden = true;
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    const button = form.querySelector("button[type=submit]");
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      // A key without its name would be made in vain: the server says what is missing.
      if (form.elements.name && "value" in form.elements.name && !form.elements.name.value.trim()) return;
      event.preventDefault();
      button.disabled = true;
      answer(form)
        .catch((error) => tell(form, error.name))
        .finally(() => (button.disabled = false));
    });
  }
}
