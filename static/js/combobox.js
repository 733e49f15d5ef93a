// A long list one types into: enhances select[data-combobox] (one or several choices). The select stays in the
// form and keeps the values. Words come from the template: data-results "{n} found", data-remove "Remove {label}".
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const make = (tag, values) => Object.assign(document.createElement(tag), values);

function enhance(select) {
  const id = select.id;
  const box = make("div", { className: "combo" });
  const picked = make("div", { className: "combo-picked" });
  const input = make("input", { type: "text", id, role: "combobox", autocomplete: "off", ariaExpanded: "false", ariaAutoComplete: "list" });
  const list = make("ul", { className: "combo-list", id: `${id}-list`, role: "listbox", hidden: true });
  const news = make("span", { className: "vh" });
  const label = document.querySelector(`label[for="${CSS.escape(id)}"]`);
  news.setAttribute("role", "status");
  input.setAttribute("aria-controls", list.id);
  for (const name of ["aria-describedby", "aria-invalid"]) if (select.hasAttribute(name)) input.setAttribute(name, select.getAttribute(name));
  if (label) list.ariaLabel = label.textContent.trim();
  select.id = `${id}-values`; // label and error summary now lead to what one types into
  let found = [];
  let at = -1;

  const options = () => [...select.options].filter((option) => option.value);
  const close = () => {
    list.hidden = true;
    input.ariaExpanded = "false";
    input.removeAttribute("aria-activedescendant");
    at = -1;
  };
  const rest = () => { if (!select.multiple) input.value = select.value ? select.selectedOptions[0].text : ""; };
  const pills = () => {
    if (!select.multiple) return;
    picked.replaceChildren(...options().filter((option) => option.selected).map((option) => {
      const pill = make("button", { type: "button", textContent: `${option.text} ×` });
      pill.ariaLabel = (select.dataset.remove ?? "{label}").replace("{label}", option.text);
      pill.addEventListener("click", () => { option.selected = false; told(); input.focus(); });
      return pill;
    }));
  };
  const told = () => {
    pills();
    select.dispatchEvent(new Event("input", { bubbles: true }));
    select.dispatchEvent(new Event("change", { bubbles: true }));
  };
  const choose = (option) => {
    option.selected = true;
    input.value = "";
    rest();
    told();
    close();
  };
  const mark = (step) => {
    if (!found.length) return;
    at = (at + step + found.length) % found.length;
    [...list.children].forEach((item, index) => {
      item.classList.toggle("at", index === at);
      item.ariaSelected = String(index === at);
    });
    list.children[at].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", list.children[at].id);
  };
  const open = (text) => {
    const wanted = plain(text).split(/\s+/).filter(Boolean);
    const fits = options().filter((option) => !(select.multiple && option.selected) && wanted.every((word) => plain(option.text).includes(word)));
    found = fits.slice(0, 60);
    list.replaceChildren(...found.map((option, index) => {
      const item = make("li", { id: `${id}-at-${index}`, role: "option", textContent: option.text, ariaSelected: "false" });
      item.addEventListener("mousedown", (event) => { event.preventDefault(); choose(option); });
      return item;
    }));
    at = -1;
    list.hidden = !found.length;
    input.ariaExpanded = String(!list.hidden);
    news.textContent = (select.dataset.results ?? "{n}").replace("{n}", fits.length);
  };

  input.addEventListener("input", () => open(input.value));
  input.addEventListener("click", () => list.hidden && open(""));
  input.addEventListener("blur", () => {
    if (!input.value && !select.multiple && select.value && select.querySelector("option[value='']")) { select.value = ""; told(); }
    close();
    select.multiple ? (input.value = "") : rest();
  });
  input.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      if (list.hidden) open("");
      mark(at < 0 && step < 0 ? 0 : step);
    } else if (event.key === "Enter" && at >= 0) {
      event.preventDefault();
      choose(found[at]);
    } else if (event.key === "Escape" && !list.hidden) {
      event.stopPropagation();
      close();
      rest();
    }
  });
  select.addEventListener("refresh", pills); // another script chose something
  box.append(picked, input, list, news);
  select.before(box);
  select.hidden = true;
  rest();
  pills();
}

const start = (root) => root.querySelectorAll("select[data-combobox]:not([hidden])").forEach(enhance);
start(document);
document.addEventListener("htmx:load", (event) => start(event.target));
