// Everything works without this file. With it, error summaries take the focus,
// choices unfold what belongs to them, and a password can be shown.
import { initAll } from "../vendor/govuk-frontend/govuk-frontend.min.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
initAll();

// A radio has no expanded state in ARIA; the library sets one all the same.
const plain = (radio) => radio.removeAttribute("aria-expanded");
const watch = new MutationObserver((changes) => changes.forEach((change) => plain(change.target)));
for (const radio of document.querySelectorAll(".govuk-radios__input[aria-controls]")) {
  plain(radio);
  watch.observe(radio, { attributeFilter: ["aria-expanded"] });
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// A mark that nobody would miss making: sent quietly, where without this file a button stands.
for (const form of document.querySelectorAll("form[data-by-itself]")) {
  form.hidden = true;
  fetch(form.action, { method: "POST", body: new FormData(form), redirect: "manual" });
}
