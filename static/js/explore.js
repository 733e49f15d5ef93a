// "Explore interactively": the link is the figure's data; a click loads the chart library, once, and draws it
// below the picture. Without a script the link opens the data. The library's address stands in the script tag.
const source = document.querySelector("script[data-plotly]")?.dataset.plotly;
let loading;

const library = () => (loading ??= new Promise((resolve, reject) => {
  const script = Object.assign(document.createElement("script"), { src: source, onload: resolve, onerror: reject });
  document.head.append(script);
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
    await window.Plotly.newPlot(place, figure.data, figure.layout, { responsive: true, displaylogo: false, ...figure.config });
    place.focus();
  } catch {
    location.href = link.href;
  }
  link.removeAttribute("aria-busy");
});
