// Code lists are too long to stand in a page: select[data-code-source] fetches what fits the text typed into its
// combobox (combobox.js) and adds it to its options. With data-code-name it also offers codes that the words of that
// field bring to mind.
const enhance = (select) => {
  const input = select.previousElementSibling?.querySelector("[role=combobox]");
  if (!input) return;
  let timer;
  let asked = "";

  const ask = async (text) => {
    const reply = await fetch(`${select.dataset.codeSource}&q=${encodeURIComponent(text)}`);
    return reply.ok && !reply.redirected ? reply.json() : { results: [], suggestions: [] };
  };
  const add = ({ key, text }) => {
    if (![...select.options].some((option) => option.value === key)) select.add(new Option(text, key));
  };
  input.addEventListener("input", () => {
    const text = input.value.trim();
    clearTimeout(timer);
    if (text.length < 2 || text === asked) return;
    timer = setTimeout(async () => {
      const { results } = await ask(text);
      asked = text;
      results.forEach(add);
      if (input.value.trim() === text) input.dispatchEvent(new Event("input")); // the list opens again, now filled
    }, 200);
  });

  const name = select.dataset.codeName && document.getElementById(select.dataset.codeName);
  if (!name) return;
  const box = Object.assign(document.createElement("p"), { className: "row tight small" });
  select.after(box);
  name.addEventListener("change", async () => {
    const { results, suggestions } = await ask(name.value.trim());
    const offers = [...results, ...suggestions].slice(0, 5);
    box.replaceChildren(...offers.map((code) => {
      const button = Object.assign(document.createElement("button"), { type: "button", className: "btn btn-second btn-small", textContent: `+ ${code.text}` });
      button.addEventListener("click", () => {
        add(code);
        [...select.options].find((option) => option.value === code.key).selected = true;
        select.dispatchEvent(new Event("refresh"));
        button.remove();
        input.focus();
        input.blur();
      });
      return button;
    }));
    if (offers.length) box.prepend(select.dataset.suggested);
  });
};
document.querySelectorAll("select[data-code-source]").forEach(enhance);
