// What is written in form[data-unsent] and not sent stays in this tab: after another page, another language or a reload
// it stands there again. Not what somebody else wrote, nothing where keeping is switched off (kept.js), and nothing
// from before somebody signed out, also in another tab: "stm-left" is the mark of that (menus.js).
const own = `stm:${document.body.dataset.person ?? ""}:unsent `;
const keeping = () => {
  try { return localStorage.getItem("stm-keep") === "off" ? null : sessionStorage; } catch { return null; }
};

function clean() {
  const left = localStorage.getItem("stm-left") ?? "";
  const before = !keeping() || (sessionStorage.getItem("stm-left") ?? "") !== left;
  for (const key of Object.keys(sessionStorage)) if (key.startsWith("stm:") && (before || !key.startsWith(own))) sessionStorage.removeItem(key);
  sessionStorage.setItem("stm-left", left);
}
try { clean(); } catch { /* storage is forbidden: nothing was kept */ }

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
