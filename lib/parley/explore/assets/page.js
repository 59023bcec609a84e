// A page that Python writes and that says which of its parts was chosen, by mouse or by key.
const PART = "[data-key]";

function render({ model, el }) {
  el.classList.add("parley-page");
  el.dataset.lmSuppressShortcuts = "true"; // Enter chooses here; it does not open a cell

  const draw = () => {
    const kept = document.activeElement?.closest?.(PART)?.dataset.key;
    el.innerHTML = model.get("content"); // every word of the corpus in it was escaped in Python
    const again = kept && [...el.querySelectorAll(PART)].find((part) => part.dataset.key === kept);
    if (again) again.focus();
  };
  const choose = (event) => {
    const part = event.target.closest?.(PART);
    if (!part) return;
    event.preventDefault();
    event.stopPropagation();
    el.querySelectorAll(".chosen").forEach((one) => one.classList.remove("chosen"));
    part.classList.add("chosen");
    const count = (model.get("chosen").count || 0) + 1;
    model.set("chosen", { key: part.dataset.key, count });
    model.save_changes();
  };
  el.addEventListener("click", choose);
  el.addEventListener("keydown", (event) => {
    const native = event.target.closest?.("button"); // a button makes a click of its own
    if (!native && (event.key === "Enter" || event.key === " ")) choose(event);
  });
  model.on("change:content", draw);
  draw();
}

export default { render };
