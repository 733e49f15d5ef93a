// Header menus are details elements and open by themselves. This closes them: Escape, a click elsewhere,
// focus leaving. It also forgets answers kept on this device when somebody signs out, and shows the open tab.
const open = () => document.querySelectorAll("details.menu[open]");

const closeOthers = (target) => {
  for (const menu of open()) if (!menu.contains(target)) menu.open = false;
};
document.addEventListener("click", (event) => closeOthers(event.target));
document.addEventListener("focusin", (event) => closeOthers(event.target));
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of open()) {
    const inside = menu.contains(document.activeElement);
    menu.open = false;
    if (inside) menu.querySelector("summary").focus();
  }
});

document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-forget]")) return;
  for (const key of Object.keys(localStorage)) if (key.startsWith("stm:")) localStorage.removeItem(key);
  localStorage.setItem("stm-left", Date.now());
  sessionStorage.clear();
});
// In another tab somebody signed out, or switched the keeping off (kept.js).
addEventListener("storage", ({ key }) => key === "stm-left" && sessionStorage.clear());

// On a phone a row of tabs goes on beyond the edge: the one that is open is in sight.
for (const here of document.querySelectorAll(".tabs [aria-current]")) {
  const row = here.closest(".tabs"), at = here.getBoundingClientRect(), frame = row.getBoundingClientRect();
  row.scrollLeft += at.left + at.width / 2 - frame.left - frame.width / 2;
}
