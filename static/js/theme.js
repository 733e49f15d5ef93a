// Light, dark or as the device says: at once, and kept by the server in a cookie.
const form = document.querySelector("[data-theme-form]");

form?.addEventListener("submit", (event) => {
  const choice = event.submitter?.value;
  if (choice === undefined) return;
  event.preventDefault();
  if (choice) document.documentElement.dataset.theme = choice;
  else delete document.documentElement.dataset.theme;
  for (const button of form.querySelectorAll("button")) button.ariaPressed = String(button.value === choice);
  const body = new FormData(form, event.submitter);
  fetch(form.action, { method: "POST", body, redirect: "manual", keepalive: true }).catch(() => {});
});
