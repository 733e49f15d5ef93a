// "169 of 1,500 characters" below a text with a limit: [data-count-for] = id of the field, data-count = the words.
// data-most of the field is the limit. Nothing cuts what is pasted: the site says that it is too long.
for (const place of document.querySelectorAll("[data-count-for]")) {
  const area = document.getElementById(place.dataset.countFor);
  const number = new Intl.NumberFormat(document.documentElement.lang);
  const write = () => {
    place.textContent = place.dataset.count.replace("{n}", number.format(area.value.length)).replace("{m}", number.format(area.dataset.most));
  };
  area.addEventListener("input", write);
  write();
}
