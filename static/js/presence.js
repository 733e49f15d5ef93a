// Who is here: [data-presence=address] says every 10 to 15 seconds that this page is open, and shows who else is on it.
// A hidden page stays only while it holds text that was not sent.
const box = document.querySelector("[data-presence]");
let unsent = false;
let timer;

const body = (more) => new URLSearchParams({
  csrfmiddlewaretoken: JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"],
  place: box.dataset.place, tag: box.dataset.tag, ...(unsent ? { unsent: "on" } : {}), ...more,
});

async function stay() {
  clearTimeout(timer);
  timer = setTimeout(stay, 10000 + Math.random() * 5000);
  try {
    const reply = await fetch(box.dataset.presence, { method: "POST", body: body(), redirect: "error", signal: AbortSignal.timeout(8000) });
    if (reply.status !== 200) return;
    box.dataset.tag = reply.headers.get("X-Here");
    const open = box.querySelector("details")?.open;
    box.innerHTML = await reply.text();
    if (open && box.querySelector("details")) box.querySelector("details").open = true;
  } catch { /* no line: the next time */ }
}

function leave() {
  clearTimeout(timer);
  fetch(box.dataset.presence, { method: "POST", body: body({ leaving: "on" }), keepalive: true }).catch(() => {});
}

if (box) {
  document.addEventListener("stm:save", ({ detail }) => { unsent = detail.some((saver) => saver.dirty); });
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) stay();
    else if (!unsent) leave();
  });
  addEventListener("pagehide", leave);
  addEventListener("pageshow", (event) => { if (event.persisted) stay(); });
  stay();
}
