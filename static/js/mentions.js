// Names people in a comment: each [data-mention] becomes a button that writes "@name" into the text; typing "@"
// unfolds the list.
for (const list of document.querySelectorAll("[data-mentions]")) {
  const area = document.getElementById(list.dataset.mentions);
  for (const place of list.querySelectorAll("[data-mention]")) {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "btn btn-quiet btn-small", textContent: place.textContent });
    button.addEventListener("click", () => {
      const at = area.selectionStart;
      const start = area.value[at - 1] === "@" ? at - 1 : at;
      area.setRangeText(`@${place.dataset.mention} `, start, at, "end");
      area.focus();
    });
    place.replaceWith(button);
  }
  area.addEventListener("input", (event) => {
    if (event.data === "@") list.closest("details").open = true;
  });
}
