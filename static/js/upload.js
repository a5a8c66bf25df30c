// Shows how far an upload is. Without this file the form is sent as any other. With it, a file that is
// too large is refused before it travels, and what was typed stays where it is.

const announced = 25;

for (const form of document.querySelectorAll("form[data-upload]")) prepare(form);

function prepare(form) {
  form.addEventListener("submit", (event) => {
    const file = form.querySelector("input[type=file]").files[0];
    if (!file) return;
    event.preventDefault();
    if (form.dataset.busy) return;
    if (file.size > Number(form.dataset.largest)) refuse(form, form.dataset.tooLarge);
    else send(form);
  });
}

function send(form) {
  const request = new XMLHttpRequest();
  request.open("POST", form.action);
  request.setRequestHeader("X-Requested-With", "upload");
  request.upload.addEventListener("progress", (event) => {
    if (event.lengthComputable) show(form, Math.floor((event.loaded / event.total) * 100));
  });
  request.upload.addEventListener("load", () => {
    show(form, 100);
    say(form, form.dataset.checking);
  });
  request.addEventListener("load", () => arrive(form, request));
  request.addEventListener("error", () => {
    rest(form);
    refuse(form, form.dataset.broken);
  });
  form.dataset.busy = "yes";
  show(form, 0);
  request.send(new FormData(form));
}

function show(form, percent) {
  form.querySelector("[data-upload-progress]").hidden = false;
  form.querySelector("progress").value = percent;
  const step = Math.floor(percent / announced) * announced;
  if (step > 0 && step < 100 && form.dataset.step !== String(step)) {
    form.dataset.step = String(step);
    say(form, form.dataset.said.replace("{percent}", step + "%"));
  }
}

function say(form, words) {
  form.querySelector("[data-upload-said]").textContent = words;
}

function rest(form) {
  delete form.dataset.busy;
  delete form.dataset.step;
  form.querySelector("[data-upload-progress]").hidden = true;
  say(form, "");
}

function arrive(form, request) {
  const address = request.getResponseHeader("Location");
  if (request.status === 204 && address) {
    window.location.assign(address);
    return;
  }
  // Something has to be mended: the answer is the same page with its messages, or a page of its own.
  const page = new DOMParser().parseFromString(request.responseText, "text/html");
  const main = page.querySelector("main");
  if (!main) {
    rest(form);
    refuse(form, form.dataset.broken);
    return;
  }
  document.title = page.title;
  document.querySelector("main").replaceWith(document.adoptNode(main));
  for (const each of document.querySelectorAll("form[data-upload]")) prepare(each);
  const summary = document.querySelector(".govuk-error-summary");
  const first = summary || document.querySelector("h1");
  first.tabIndex = -1;
  first.focus();
}

// The same marks a page with an error has: a summary with a link, a message at the field, a title that says so.
function refuse(form, words) {
  const input = form.querySelector("input[type=file]");
  const group = input.closest(".govuk-form-group");
  document.querySelector(".govuk-error-summary")?.remove();
  group.querySelector(".govuk-error-message")?.remove();
  const summary = made("div", "govuk-error-summary measure");
  summary.tabIndex = -1;
  const alert = made("div", "");
  alert.setAttribute("role", "alert");
  const link = made("a", "", words);
  link.href = "#" + input.id;
  const item = made("li", "");
  item.append(link);
  const list = made("ul", "govuk-list govuk-error-summary__list");
  list.append(item);
  alert.append(made("h2", "govuk-error-summary__title", form.dataset.problem), list);
  summary.append(alert);
  const message = made("p", "govuk-error-message", words);
  message.id = input.id + "-error";
  group.classList.add("govuk-form-group--error");
  input.before(message);
  const described = (input.getAttribute("aria-describedby") || "").split(" ").filter((id) => id && id !== message.id);
  input.setAttribute("aria-describedby", [...described, message.id].join(" "));
  document.querySelector("main").prepend(summary);
  if (!document.title.startsWith(form.dataset.error)) document.title = form.dataset.error + " " + document.title;
  summary.focus();
}

function made(name, classes, words) {
  const element = document.createElement(name);
  if (classes) element.className = classes;
  if (words) element.textContent = words;
  return element;
}
