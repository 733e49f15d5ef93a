// Saves form[data-autosave] by itself: 800 ms after the last key, 4 s after the first one, on leaving field or page.
// Each [data-field] inside it is saved on its own; a form without any is one field. A field holds its inputs and a
// hidden input "version" or "version_<field>"; "was_<field>", outside of it, says what the page showed. They are
// sent to the form's action, which answers
//   200 and X-Version: stored; the body goes to [data-autosave-status] of the field
//   409: somebody else wrote it, or it is closed; the body (both answers, or the text for copying) stands above the
//        form; it takes the focus, but never out of a field somebody writes in
//   422: not accepted; the body (why) goes to [data-autosave-status];  428, 413: not saved
//   429, 5xx, a page of the network's or no connection: tried again, later and later;  signed out: kept until the person is back
// One request per field is on its way at a time; a page that goes meanwhile sends that one again together with what
// was typed since, as "newest.<name>", for the site to take in this order. What is not stored is kept on the device,
// unless that is switched off. Says "stm:save" with its savers at each change; hears "stm:send" (sign-in.js).
const line = document.querySelector("[data-save-line]");
const words = line?.dataset ?? {};
const PREFIX = `stm:${document.body.dataset.person ?? ""}:`;
const channel = new BroadcastChannel("stm");
const savers = [];
// What is switched off on a shared computer; kept.js holds the switch.
const keeping = () => {
  try { return words.keep !== "off" && localStorage.getItem("stm-keep") !== "off"; } catch { return false; }
};
const pause = () => new Promise((done) => setTimeout(done, 50));
const show = () => document.dispatchEvent(new CustomEvent("stm:save", { detail: savers }));

class Saver {
  state = "";
  at = 0;
  tries = 0;
  told = "";
  // Sent, outcome not known: sent again unchanged before anything newer.
  pending = null;

  constructor(form, scope) {
    this.form = form;
    this.scope = scope;
    this.version = scope.querySelector("[name^=version]");
    this.inputs = [...scope.querySelectorAll("[name]:not([name^=version], [name=csrfmiddlewaretoken], [type=file], button)")];
    this.key = `${PREFIX}${form.getAttribute("action")} ${scope.dataset.field ?? ""}`;
    this.saved = this.read();
    scope.addEventListener("input", () => this.changed());
    scope.addEventListener("change", () => this.save());
    scope.addEventListener("focusout", () => pause(this.save()).then(() => document.activeElement === document.body && this.look()));
    if (line) this.offer();
  }

  get dirty() { return !this.settled && (this.pending !== null || this.read() !== this.saved); }

  // The field's values as they would be sent; nothing chosen is sent as an empty value.
  read() {
    const data = new FormData(this.form);
    const values = new URLSearchParams();
    for (const name of new Set(this.inputs.map((input) => input.name))) {
      const given = data.getAll(name);
      const alone = this.inputs.filter((input) => input.name === name);
      if (!given.length && (alone[0].type === "radio" || alone.length === 1 && !alone[0].multiple)) given.push("");
      for (const value of given) values.append(name, value);
    }
    return values.toString();
  }

  changed() {
    this.typed = Date.now();
    if (this.dirty) this.keep(this.read());
    if (this.dirty && ["", "saved"].includes(this.state)) this.set("saving");
    this.since ??= Date.now();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), Math.max(0, Math.min(800, this.since + 4000 - Date.now())));
  }

  // `choice`: something else stands there by now; `why`: not taken. Both wait for the person, not for the line. Where
  // storage is full or forbidden, the page itself still holds the text.
  keep(values, choice, why) {
    try {
      if (values === null) localStorage.removeItem(this.key);
      else if (keeping()) localStorage.setItem(this.key, JSON.stringify({ values, choice, why, before: this.pending, version: this.version.value, name: this.version.name, page: location.pathname + (this.form.dataset.at ?? location.search), title: document.title.split(" – ")[0], at: Date.now() }));
    } catch {}
  }

  set(state) {
    this.state = state;
    show();
  }

  async save() {
    clearTimeout(this.timer);
    this.timer = this.since = null;
    if (!this.busy && !this.dirty && (this.rejected != null || ["saving", "closed"].includes(this.state))) this.withdrawn();
    if (this.busy || !this.dirty || this.read() === this.rejected) return;
    this.busy = true;
    this.pending ??= this.read();
    // Leaving a field by pressing "Sign in here" tries once more: the button must not go from under the finger.
    if (!["conflict", "signedOut", "closed"].includes(this.state)) this.set("saving");
    const slow = setTimeout(() => this.set("slow"), 4500);
    try {
      await this.answered(await this.send(this.pending, this.version.value));
    } catch {
      this.again("offline");
    }
    clearTimeout(slow);
    this.busy = false;
    // While somebody writes on, the next key's timer is running: no request after every reply.
    if (!this.timer && this.dirty && ["saving", "conflict"].includes(this.state)) this.save();
  }

  // `newest`: typed since. Then nothing is encoded: twice the text has to fit into what a closing page may send.
  send(values, version, newest) {
    const body = newest ? new FormData() : new URLSearchParams(values);
    for (const [prefix, texts] of newest ? [["", values], ["newest.", newest]] : []) {
      for (const [name, value] of new URLSearchParams(texts)) body.append(prefix + name, value);
    }
    body.set(this.version.name, version);
    body.set("csrfmiddlewaretoken", this.form.elements.csrfmiddlewaretoken.value);
    const keepalive = newest || String(body).length < 60000;
    return fetch(this.form.action, { method: "POST", headers: { "HX-Request": "true" }, body, keepalive, signal: AbortSignal.timeout(15000) });
  }

  // The page goes: it cannot wait for the version that a save on its way will make, and must not guess it.
  leave() {
    const values = this.read();
    if (!this.dirty || this.pending === null || values === this.pending) return this.save();
    return this.send(this.pending, this.version.value, values).catch(() => {});
  }

  async answered(reply) {
    const html = await reply.text();
    if (reply.redirected || reply.status === 401) return this.set("signedOut");
    if (reply.status === 403 || reply.status === 404) return this.refresh();
    // A page of the network's (hotel, proxy), not the site's.
    const foreign = reply.ok && /^\s*<(!doctype|html)/i.test(html);
    if (foreign || reply.status === 429 || reply.status >= 500) return this.again("offline", Number(reply.headers.get("Retry-After")));
    const sent = this.pending;
    this.pending = null;
    this.tries = this.renewed = 0;
    if (reply.status === 409) {
      // Nobody is in conflict with oneself: what one wrote in another window, at most a minute after the last key here,
      // gives way to what is typed last, and the page says so. Not if two texts are unknown here: one may be another's.
      const [, ago, version] = /data-own="(\d+) (\d+)"/.exec(html) ?? [];
      if (!(version - (this.heard ?? this.version.value) < 2 && ago * 1000 + 60000 > Date.now() - this.typed)) return this.conflict(html, sent);
      this.told = `<div role="status">${words.own}</div>`;
      return this.answered(await this.send((this.pending = sent), (this.version.value = version)));
    }
    if (reply.status === 422) {
      this.status(html);
      return this.reject("failed");
    }
    if (!reply.ok) return this.reject("stale");
    this.rejected = null;
    this.at = Date.now();
    const version = reply.headers.get("X-Version");
    this.stored(sent, version);
    this.keep(this.dirty ? this.read() : null);
    this.notice?.replaceChildren();
    this.status(html + this.told);
    channel.postMessage({ key: this.key, values: sent, version });
    this.set(this.dirty ? "saving" : "saved");
  }

  // What the server has now: a form sent as a whole must not take it for a change.
  stored(values, version) {
    this.saved = values;
    this.heard = null;
    if (version) this.version.value = version;
    const was = this.form.elements[`was_${this.scope.dataset.field}`];
    if (was) was.value = new URLSearchParams(values).getAll(this.scope.dataset.field).join(",");
  }

  // What was not accepted, or not even sent, was taken back: what stands there is saved.
  withdrawn() {
    if (this.rejected != null) this.status("");
    this.rejected = null;
    this.at ||= Date.now();
    this.keep(null);
    this.set("saved");
  }

  // Not sent again until something changes.
  reject(state) {
    this.pending = null;
    this.rejected = this.read();
    this.set(state);
  }

  again(state, seconds) {
    this.set(state);
    this.timer = setTimeout(() => this.save(), seconds * 1000 || Math.min(60000, 1000 * 2 ** this.tries++) * (0.75 + Math.random() / 2));
  }

  // Signing in again gives a new token: take it from a fresh copy of this page, once; never from somebody else's.
  async refresh() {
    if (this.renewed) return this.reject("refused");
    const page = await fetch(location.href);
    const copy = new DOMParser().parseFromString(await page.text(), "text/html");
    if (page.redirected || page.ok && copy.body.dataset.person !== document.body.dataset.person) return this.set("signedOut");
    this.renewed = true;
    const fresh = copy.querySelector("[name=csrfmiddlewaretoken]");
    if (!page.ok || !fresh) return this.reject("refused");
    for (const input of document.querySelectorAll("[name=csrfmiddlewaretoken]")) input.value = fresh.value;
    document.body.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": fresh.value }));
    return this.answered(await this.send(this.pending, this.version.value));
  }

  status(html) {
    const place = this.scope.querySelector("[data-autosave-status]");
    if (place) place.innerHTML = html;
  }

  place() {
    if (!this.notice) this.form.before((this.notice = document.createElement("div")));
    // Also from below "More about it".
    this.scope.closest("details")?.setAttribute("open", "");
    return this.notice;
  }

  conflict(html, sent) {
    const chosen = this.notice?.querySelector("[name=choice]:checked")?.value;
    const inside = this.notice?.contains(document.activeElement);
    this.place().innerHTML = html;
    // Closed: that may end (a return, a map reopened), so the text stays to be sent.
    if (this.choices.length) this.saved = sent;
    for (const form of this.choices) form.addEventListener("submit", (event) => this.settle(event));
    const again = chosen && this.notice.querySelector(`[name=choice][value="${chosen}"]`);
    if (again) again.checked = true;
    this.unseen ||= !["conflict", "closed"].includes(this.state);
    if (inside) (again || this.heading)?.focus();
    else if (!document.activeElement?.matches(":read-write, select")) this.look();
    this.keep(this.read(), this.choices.length, "");
    this.set(this.choices.length ? "conflict" : "closed");
  }

  get choices() { return this.notice.querySelectorAll("[data-conflict-form]"); }
  get heading() { return this.notice?.querySelector("[data-focus]"); }

  look() {
    if (this.unseen) this.heading?.focus();
    this.unseen = false;
  }

  // "Mine" is what stands in the field now: what was written since the panel came is put into it first.
  async settle(event) {
    const at = [...this.choices].indexOf(event.target);
    if (this.dirty) event.preventDefault();
    for (let turn = 0; this.dirty && turn < 200; turn++) await pause(this.save());
    if (event.defaultPrevented) return this.dirty || this.choices[at]?.requestSubmit();
    // By that form, which goes now: nothing of it waits here.
    this.settled = true;
    return this.keep(null);
  }

  fill(values) {
    const wanted = new URLSearchParams(values);
    for (const input of this.inputs) {
      if (["checkbox", "radio"].includes(input.type)) input.checked = wanted.getAll(input.name).includes(input.value);
      else if (input.multiple) for (const option of input.options) option.selected = wanted.getAll(input.name).includes(option.value);
      else if (wanted.has(input.name)) input.value = wanted.get(input.name);
    }
  }

  // Text that never reached the server (crash, no connection) is offered, never put back silently.
  offer() {
    let kept;
    try { kept = JSON.parse(localStorage.getItem(this.key)); } catch { return; }
    if (!kept || kept.values === this.saved) return this.keep(null);
    const made = (tag, more) => Object.assign(document.createElement(tag), more);
    const box = made("p", { className: "kept" });
    const button = (textContent, act) => made("button", { type: "button", className: "btn btn-second btn-small", textContent, onclick: () => { box.remove(); act(); } });
    box.append((kept.choice ? words.choice : words.kept).replace("{time}", new Date(kept.at).toLocaleString(document.documentElement.lang.replace(/^en$/, "en-GB"), { dateStyle: "medium", timeStyle: "short", hourCycle: "h23", timeZone: words.zone })), button(words.restore, () => {
      // If somebody wrote since, both answers are shown. It may have arrived, or not: then it is no change.
      this.version.value = kept.version;
      this.pending = kept.before ?? null;
      this.fill(kept.values);
      this.save();
    }), button(words.discard, () => this.keep(null)));
    this.place().append(box);
  }
}

const start = (root) => {
  for (const form of root.querySelectorAll("form[data-autosave]")) {
    if (savers.some((saver) => saver.form === form)) continue;
    const scopes = form.querySelectorAll("[data-field]");
    for (const scope of scopes.length ? scopes : [form]) if (!scope.disabled) savers.push(new Saver(form, scope));
  }
};
const flush = () => savers.forEach((saver) => saver.save());
start(document);
document.addEventListener("htmx:load", (event) => start(event.target));
for (const way of ["online", "focus", "visibilitychange"]) addEventListener(way, flush);
document.addEventListener("stm:send", flush);
addEventListener("pagehide", () => savers.forEach((saver) => saver.leave()));
// The same person in another tab: take over what was saved there; while something is written here, remember whose it is.
channel.addEventListener("message", ({ data }) => {
  for (const saver of savers) {
    if (saver.key !== data.key) continue;
    if (!saver.dirty && !saver.busy) {
      saver.fill(data.values);
      saver.stored(saver.read(), data.version);
    } else if (data.version - (saver.heard ?? saver.version.value) === 1) saver.heard = data.version;
  }
});
