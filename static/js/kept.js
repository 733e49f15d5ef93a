// Text kept on this device that never reached the server. [data-waiting] lists it. What waits for the line is sent on
// a click, and by itself when the connection returns, or is there: after ten seconds, in which another tab sends what
// it has. What the site did not take, or where something else was saved, waits for the person: with the text itself,
// whatever its page shows by then. [data-keep-switch] holds whether anything is kept at all on this device.
const PREFIX = `stm:${document.body.dataset.person ?? ""}:`;
const box = document.querySelector("[data-waiting]");
const words = box?.dataset ?? {};
const language = document.documentElement.lang;
const drawn = new Map();
let busy = false;
let shown = "";

const made = (tag, more) => Object.assign(document.createElement(tag), more);
const looks = (entry) => entry.choice || entry.why !== undefined;
// A whole page: the network's (hotel, proxy), or one that says that there is nothing.
const isPage = (html) => /^\s*<(!doctype|html)/i.test(html);

function entries() {
  const found = [];
  for (const key of Object.keys(localStorage)) {
    if (!key.startsWith(PREFIX)) continue;
    const raw = localStorage.getItem(key);
    try { found.push({ key, raw, action: key.slice(PREFIX.length).split(" ")[0], ...JSON.parse(raw) }); } catch { localStorage.removeItem(key); }
  }
  return found.filter((entry) => entry.name && entry.page).sort((a, b) => a.at - b.at);
}

// What was typed, without what only leads back to the matrix.
const typed = (entry) => [...new URLSearchParams(entry.values)].filter(([name, value]) => value && !["back", "q"].includes(name)).map(([, value]) => value).join("\n");

function discard(entry) {
  localStorage.removeItem(entry.key);
  show();
  (box.hidden ? document.querySelector("main") : box.querySelector("h2")).focus();
}

function drawnItem(entry) {
  const item = made("li");
  const title = entry.title || entry.page;
  item.append(entry.gone ? made("b", { textContent: title }) : made("a", { href: entry.page, textContent: title }));
  if (!looks(entry)) return item;
  const text = made("details", { className: "small stack stack-s" });
  const button = made("button", { type: "button", className: "btn btn-second btn-small", textContent: words.discard, onclick: () => discard(entry) });
  text.append(made("summary", { textContent: words.text }), made("blockquote", { className: "pre", textContent: typed(entry) || words.empty }), button);
  const why = entry.lang === language && entry.why;
  item.append(made("p", { className: "small", textContent: entry.choice ? words.choice : why || words.look }), text);
  return item;
}

// Drawn anew only where something changed: a text that is open stays open.
function show() {
  if (!box) return;
  const waiting = entries();
  const now = waiting.map((entry) => entry.key + entry.raw).join();
  if (now === shown) return;
  shown = now;
  box.hidden = !waiting.length;
  box.querySelector("[data-waiting-count]").textContent = (waiting.length === 1 ? words.one : words.many).replace("{n}", waiting.length);
  for (const [part, rows] of [["line", waiting.filter((entry) => !looks(entry))], ["person", waiting.filter(looks)]]) {
    const place = box.querySelector(`[data-waiting-${part}]`);
    place.hidden = !rows.length;
    place.querySelector("ul").replaceChildren(...rows.map((entry) => {
      const same = entry.key + entry.raw;
      if (!drawn.has(same)) drawn.set(same, drawnItem(entry));
      return drawn.get(same);
    }));
  }
}

// The site's reason, in its words; and whether the page is still there. Tried again the next time: a closed map may be
// open then.
async function refuse({ key, raw, action, ...kept }, html) {
  const said = isPage(html) ? null : new DOMParser().parseFromString(html, "text/html").querySelector("h2, h3, .error");
  said?.querySelector(".vh")?.remove();
  const page = await fetch(kept.page, { method: "HEAD", signal: AbortSignal.timeout(15000) });
  // Meanwhile it may have been written on, discarded, or forgotten.
  if (localStorage.getItem(key) !== raw) return;
  localStorage.setItem(key, JSON.stringify({ ...kept, why: said?.textContent.trim() ?? "", lang: language, gone: !page.ok }));
}

async function send() {
  if (busy) return;
  busy = true;
  const token = JSON.parse(document.body.getAttribute("hx-headers") ?? "{}")["X-CSRFToken"] ?? document.querySelector("[name=csrfmiddlewaretoken]")?.value;
  for (const entry of entries()) {
    if (entry.choice) continue;
    const body = new URLSearchParams(entry.before ?? entry.values);
    // What was on its way when the page went may have arrived, or not; what was typed since comes after it.
    if (entry.before) for (const [name, value] of new URLSearchParams(entry.values)) body.append(`newest.${name}`, value);
    body.set(entry.name, entry.version);
    body.set("csrfmiddlewaretoken", token);
    try {
      const reply = await fetch(entry.action, { method: "POST", headers: { "HX-Request": "true" }, body, signal: AbortSignal.timeout(15000) });
      if (reply.redirected || [401, 429].includes(reply.status) || reply.status >= 500) break;
      const html = await reply.text();
      if (reply.ok && isPage(html)) break;
      // Written on meanwhile in another tab, or discarded.
      if (localStorage.getItem(entry.key) !== entry.raw) continue;
      // Written by somebody else since, or not accepted: the person looks at it.
      if (reply.ok) localStorage.removeItem(entry.key);
      else await refuse(entry, html);
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
    if (input.checked) {
      for (const key of Object.keys(localStorage)) if (key.startsWith("stm:")) localStorage.removeItem(key);
      // All tabs forget (menus.js, unsent.js).
      localStorage.setItem("stm-left", Date.now());
      sessionStorage.clear();
    }
    show();
  });
}
show();
