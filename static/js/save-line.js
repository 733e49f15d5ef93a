// Writes [data-save-line]: the state of everything autosave.js holds, the worst one first, in one sentence. Keeps the
// page, and a form sent as a whole, until what is on its way has arrived.
const line = document.querySelector("[data-save-line]");
const words = line?.dataset ?? {};
const ORDER = ["conflict", "signedOut", "closed", "refused", "stale", "failed", "offline", "slow", "saving", "saved"];
const COLOUR = { slow: "offline", signedOut: "failed", closed: "failed", refused: "failed", stale: "failed" };
const time = (at) => new Date(at).toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: words.zone });
let saidAt = 0;
let sayLater;
// The heading of what has to be looked at.
let place;
let savers = [];

line?.querySelector("[data-save-show]")?.addEventListener("click", () => place?.focus());

// Where nothing may be kept on the device, the sentences say so.
const sentence = (state) => {
  let off = true;
  try { off = words.keep === "off" || localStorage.getItem("stm-keep") === "off"; } catch {}
  return (off && words[`${state}Page`]) || words[state] || "";
};

document.addEventListener("stm:save", ({ detail }) => {
  savers = detail;
  const state = ORDER.find((name) => savers.some((saver) => saver.state === name));
  if (!line || !state) return;
  const text = sentence(state).replace("{time}", time(Math.max(...savers.map((saver) => saver.at))));
  line.dataset.state = COLOUR[state] ?? state;
  line.querySelector("[data-save-text]").textContent = text;
  line.querySelector("[data-sign-in]")?.toggleAttribute("hidden", state !== "signedOut");
  place = savers.find((saver) => saver.state === state && ["conflict", "closed"].includes(state))?.heading;
  line.querySelector("[data-save-show]").toggleAttribute("hidden", !place);
  // Read out at most once in five seconds.
  clearTimeout(sayLater);
  // No longer "Saved".
  const live = line.querySelector("[data-save-live]");
  if (state === "saving") return live.replaceChildren();
  sayLater = setTimeout(() => {
    saidAt = Date.now();
    live.textContent = text;
  }, Math.max(0, saidAt + 5000 - Date.now()));
});

addEventListener("beforeunload", (event) => {
  if (savers.some((saver) => saver.dirty && !["", "saving", "saved"].includes(saver.state))) event.preventDefault();
});
// Sending the whole form waits for the fields that are on their way: their versions are old until then.
document.addEventListener("submit", async (event) => {
  const own = savers.filter((saver) => saver.form === event.target);
  const waiting = () => own.some((saver) => saver.busy || (saver.dirty && ["", "saving", "slow", "saved"].includes(saver.state)));
  if (!waiting()) return;
  event.preventDefault();
  own.forEach((saver) => saver.save());
  for (let turn = 0; waiting() && turn < 200; turn++) await new Promise((done) => setTimeout(done, 50));
  // Where a field was not saved, the page stays: it says why, and the text is in it.
  if (own.every((saver) => ["", "saved"].includes(saver.state))) event.target.requestSubmit(event.submitter);
});
