// Shows the steps of [data-walk] one at a time: back, next, by itself (8 s each, never on its own), or all at once.
// Without this script, and in print, all steps stand one below the other. The address keeps the step: #step-3.
const SECONDS = 8;

for (const walk of document.querySelectorAll("[data-walk]")) {
  const steps = [...walk.querySelectorAll(".walk-steps > li")];
  const bar = walk.querySelector("[data-walk-bar]");
  const button = (name) => walk.querySelector(`[data-walk-${name}]`);
  const play = button("play");
  let here = 0;
  let timer = null;

  const show = (n, { keep = true } = {}) => {
    here = Math.max(0, Math.min(steps.length - 1, n));
    walk.classList.add("is-one");
    steps.forEach((step, place) => step.classList.toggle("is-here", place === here));
    button("back").disabled = here === 0;
    button("next").disabled = here === steps.length - 1;
    button("count").textContent = walk.dataset.said.replace("{n}", here + 1).replace("{all}", steps.length);
    if (keep) history.replaceState(null, "", `#step-${here + 1}`);
  };
  const stop = () => {
    clearInterval(timer);
    timer = null;
    play.textContent = play.dataset.play;
  };
  const run = () => {
    if (here === steps.length - 1) show(0);
    play.textContent = play.dataset.pause;
    timer = setInterval(() => (here < steps.length - 1 ? show(here + 1) : stop()), SECONDS * 1000);
  };

  button("back").addEventListener("click", () => { stop(); show(here - 1); });
  button("next").addEventListener("click", () => { stop(); show(here + 1); });
  play.addEventListener("click", () => (timer ? stop() : run()));
  button("all").addEventListener("click", () => {
    stop();
    walk.classList.remove("is-one");
    button("count").textContent = "";
  });
  bar.hidden = false;
  show(Number(location.hash.match(/^#step-(\d+)$/)?.[1] ?? 1) - 1, { keep: false });
}
