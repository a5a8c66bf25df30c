// Makes an export step by step while its page is open. Without this file the button does the same.

const form = document.querySelector("#export-step");
const bar = document.querySelector("#progress");
const words = document.querySelector("label[for=progress]");

async function advance() {
  const answer = await fetch(form.action, {
    method: "POST",
    body: new FormData(form),
    headers: { "X-Requested-With": "export" },
  });
  if (!answer.ok || answer.redirected) throw new Error(answer.statusText);
  const [done, steps] = (await answer.text()).split(" ").map(Number);
  const moved = done > bar.value;
  bar.value = done;
  words.textContent = form.dataset.said.replace("{done}", done).replace("{steps}", steps);
  if (done === steps) location.reload();
  else {
    await new Promise((wake) => setTimeout(wake, moved ? 0 : 2000));
    await advance();
  }
}

if (form && bar) {
  // What the button does happens by itself now; it comes back if that fails.
  form.querySelector("button").hidden = true;
  advance().catch(() => {
    form.querySelector("button").hidden = false;
  });
}
