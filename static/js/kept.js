// Text kept on this device that never reached the server. [data-waiting] lists it, sends it on a click, and by
// itself when the connection returns, or is there: after ten seconds, in which another tab sends what it has. [data-keep-switch] holds whether anything is kept at all on this device.
const PREFIX = `stm:${document.body.dataset.person ?? ""}:`;
const box = document.querySelector("[data-waiting]");
const words = box?.dataset ?? {};
const refused = new Set();
const looks = (entry) => entry.choice || refused.has(entry.key);
let busy = false;

function entries() {
  const found = [];
  for (const key of Object.keys(localStorage)) {
    if (!key.startsWith(PREFIX)) continue;
    try { found.push({ key, action: key.slice(PREFIX.length).split(" ")[0], ...JSON.parse(localStorage.getItem(key)) }); } catch { localStorage.removeItem(key); }
  }
  return found.filter((entry) => entry.name && entry.page).sort((a, b) => a.at - b.at);
}

function show() {
  if (!box) return;
  const waiting = entries();
  box.hidden = !waiting.length;
  box.querySelector("[data-waiting-count]").textContent = (waiting.length === 1 ? words.one : words.many).replace("{n}", waiting.length);
  // Nothing waits for the line where each one waits for the person.
  for (const part of box.querySelectorAll("p")) part.hidden = waiting.every(looks);
  box.querySelector("ul").replaceChildren(...waiting.map((entry) => {
    const link = Object.assign(document.createElement("a"), { href: entry.page, textContent: entry.title || entry.page });
    const item = document.createElement("li");
    item.append(link);
    if (looks(entry)) item.append(` ${words.look}`);
    return item;
  }));
}

async function send() {
  if (busy) return;
  busy = true;
  const token = JSON.parse(document.body.getAttribute("hx-headers") ?? "{}")["X-CSRFToken"] ?? document.querySelector("[name=csrfmiddlewaretoken]")?.value;
  for (const entry of entries()) {
    if (looks(entry)) continue;
    const body = new URLSearchParams(entry.before ?? entry.values);
    // What was on its way when the page went may have arrived, or not; what was typed since comes after it.
    if (entry.before) for (const [name, value] of new URLSearchParams(entry.values)) body.append(`newest.${name}`, value);
    body.set(entry.name, entry.version);
    body.set("csrfmiddlewaretoken", token);
    try {
      const reply = await fetch(entry.action, { method: "POST", headers: { "HX-Request": "true" }, body, signal: AbortSignal.timeout(15000) });
      if (reply.redirected || reply.status === 429 || reply.status >= 500) break;
      if (reply.ok && /^\s*<(!doctype|html)/i.test(await reply.text())) break; // the network answered, not the site
      // Written by somebody else since, or not accepted: the person looks at it on its page.
      if (reply.ok) localStorage.removeItem(entry.key);
      else refused.add(entry.key);
    } catch { break; }
  }
  busy = false;
  show();
}

box?.querySelector("button").addEventListener("click", send);
if (box) {
  addEventListener("online", send);
  setTimeout(() => navigator.onLine && send(), 10000);
}
addEventListener("storage", show);

for (const place of document.querySelectorAll("[data-keep-switch]")) {
  const input = place.querySelector("input");
  try { input.checked = localStorage.getItem("stm-keep") === "off"; } catch { continue; }
  place.hidden = false;
  input.addEventListener("change", () => {
    localStorage.setItem("stm-keep", input.checked ? "off" : "on");
    if (input.checked) for (const key of Object.keys(localStorage)) if (key.startsWith("stm:")) localStorage.removeItem(key);
    show();
  });
}
show();
