// "Explore interactively": the link is the figure's data; a click loads the chart library, once, and draws it
// below the picture. Without a script the link opens the data. Where the library and its style sheet are stands in
// this file's own script tag (data-plotly, data-plotly-css).
const source = document.querySelector("script[data-plotly]")?.dataset;
let loading;

const library = () => (loading ??= new Promise((resolve, reject) => {
  const make = (tag, values) => document.head.append(Object.assign(document.createElement(tag), values));
  // This id and class keep the library from writing styles of its own, which the content policy forbids.
  make("link", { rel: "stylesheet", href: source.plotlyCss, id: "plotly.js-style-global", className: "no-inline-styles" });
  // The few style attributes it sets become properties: the same effect, and the policy allows those.
  const set = Element.prototype.setAttribute;
  Element.prototype.setAttribute = function setAttribute(name, value) {
    if (name === "style") this.style.cssText = value;
    else set.call(this, name, value);
  };
  make("script", { src: source.plotly, onload: resolve, onerror: reject });
}));

document.addEventListener("click", async (event) => {
  const link = event.target.closest("[data-explore]");
  if (!link || !source || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  const place = document.getElementById(link.dataset.explore);
  if (place.childElementCount) return place.focus();
  link.ariaBusy = "true";
  try {
    const [reply] = await Promise.all([fetch(link.href, { headers: { Accept: "application/json" } }), library()]);
    const figure = await reply.json();
    place.tabIndex = -1;
    await window.Plotly.newPlot(place, figure.data, figure.layout, { responsive: true, displayModeBar: false, ...figure.config });
    place.focus();
  } catch {
    location.href = link.href;
  }
  link.removeAttribute("aria-busy");
});
