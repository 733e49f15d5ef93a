// Signed out while writing: [data-sign-in] opens dialog[data-sign-in-dialog] with the site's own sign-in page, step
// by step, and the page with all that was typed stays. Then autosave.js sends what waits ("stm:send").
const dialog = document.querySelector("[data-sign-in-dialog]");
const content = dialog?.querySelector("[data-sign-in-content]");
const person = document.body.dataset.person;
// The address of the step that is shown.
let place;

const read = async (reply) => new DOMParser().parseFromString(await reply.text(), "text/html");

async function show(reply) {
  const page = await read(reply);
  place = reply.url;
  const main = page.querySelector("main");
  const code = page.body.dataset.person;
  if (code !== undefined && !new URL(place).pathname.startsWith("/accounts/")) return done(code);
  content.replaceChildren(...(main ? document.importNode(main, true).childNodes : []));
  (content.querySelector("[data-focus]") ?? content.querySelector("input:not([type=hidden])"))?.focus();
}

function done(code) {
  if (code !== person) {
    // Somebody else signed in: what the first person typed is never sent in another name.
    return say(dialog.dataset.other);
  }
  dialog.close();
  content.replaceChildren();
  document.dispatchEvent(new CustomEvent("stm:send"));
}

const say = (textContent) => content.replaceChildren(Object.assign(document.createElement("p"), { className: "note note-warn", textContent }));
const failed = () => say(dialog.dataset.failed);

document.querySelector("[data-sign-in]")?.addEventListener("click", () => {
  dialog.showModal();
  fetch(dialog.dataset.signInDialog).then(show).catch(failed);
});
dialog?.querySelector("[data-close]").addEventListener("click", () => dialog.close());
content?.addEventListener("submit", (event) => {
  event.preventDefault();
  const body = new URLSearchParams(new FormData(event.target, event.submitter));
  const action = new URL(event.target.getAttribute("action") || place, place);
  fetch(action, { method: "POST", body }).then(show).catch(failed);
});
