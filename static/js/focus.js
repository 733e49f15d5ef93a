// An error summary or a choice between two answers takes the focus, also when it arrives later.
const focus = (root) => root.querySelector?.("[data-focus]")?.focus();
focus(document);
document.addEventListener("htmx:afterSettle", (event) => focus(event.target));
