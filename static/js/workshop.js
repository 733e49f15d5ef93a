// One statement on a wall: full screen, and the page keys of a presenter's remote, which only turn statements when asked to.
const full = document.querySelector("[data-full-screen]");
const remote = document.querySelector("[data-remote]");
const KEY = "stm:remote";

const wanted = () => { try { return localStorage.getItem(KEY) === "on"; } catch { return false; } };
const show = () => remote.setAttribute("aria-pressed", String(wanted()));

if (full && document.fullscreenEnabled) {
  full.hidden = false;
  full.addEventListener("click", () => (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen()));
}

if (remote) {
  remote.hidden = false;
  show();
  remote.addEventListener("click", () => {
    try { localStorage.setItem(KEY, wanted() ? "off" : "on"); } catch { /* private window: stays off */ }
    show();
  });
  addEventListener("keydown", (event) => {
    const rel = { PageDown: "next", PageUp: "prev" }[event.key];
    if (!rel || !wanted() || event.target.closest("textarea, select")) return;
    const link = document.querySelector(`a[rel=${rel}]`);
    if (!link) return;
    event.preventDefault();
    link.click();
  });
}
