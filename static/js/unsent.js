// What is written in form[data-unsent] and not sent stays in this tab: after another page, another language or a reload
// it stands there again. Not what somebody else wrote, and nothing where keeping is switched off (kept.js).
const own = `stm:${document.body.dataset.person ?? ""}:unsent `;
const keeping = () => {
  try { return localStorage.getItem("stm-keep") === "off" ? null : sessionStorage; } catch { return null; }
};

for (const key of Object.keys(keeping() ?? {})) if (key.startsWith("stm:") && !key.startsWith(own)) sessionStorage.removeItem(key);

for (const form of keeping() ? document.querySelectorAll("form[data-unsent]") : []) {
  for (const area of form.querySelectorAll("textarea")) {
    const key = `${own}${form.getAttribute("action")} ${area.name}`;
    const kept = sessionStorage.getItem(key);
    // Typed, and shown again by the site: after a refusal, or while one looks for the row.
    if (area.value) keeping().setItem(key, area.value);
    else if (kept) {
      area.value = kept;
      area.closest("details")?.setAttribute("open", "");
    }
    area.addEventListener("input", () => keeping()?.setItem(key, area.value));
    form.addEventListener("submit", () => sessionStorage.removeItem(key));
  }
}
