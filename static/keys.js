// "/" goes to the search and "?" opens the list of shortcuts: Streamlit's own shortcuts take letters and digits only.
// Nothing happens while somebody types. No data is read.
// Ctrl+Enter inside a day: Streamlit keeps the day to itself until its calendar is shut, so it is shut first, then the key goes on.
(() => {
  const typing = (e) =>
    e.isContentEditable || e.tagName === "TEXTAREA" || e.tagName === "SELECT" ||
    (e.tagName === "INPUT" && !["radio", "checkbox", "button"].includes(e.type));
  const find = (selector) => document.querySelector(selector);
  const search = () => {
    const field = find(".st-key-q input");
    if (field) { field.focus(); field.select(); }
    return Boolean(field);
  };
  const soon = (left) => { if (!search() && left) { setTimeout(soon, 100, left - 1); } };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) { return; }
    if (event.key === "/") {
      event.preventDefault();
      if (!search()) {
        find('[data-testid="stSidebarNavLink"]')?.click();  // the first page: the queue
        soon(50);
      }
    } else if (event.key === "?") {
      event.preventDefault();
      find(".st-key-shortcuts button")?.click();
    }
  });
  const tell = (element, key, ctrlKey) =>
    element.dispatchEvent(new KeyboardEvent("keydown", { key, code: key, ctrlKey, bubbles: true, cancelable: true }));
  window.addEventListener("keydown", (event) => {
    const day = event.isTrusted && event.key === "Enter" && (event.ctrlKey || event.metaKey) &&
      document.activeElement?.closest('[data-testid="stDateInput"]');
    if (!day) { return; }
    event.preventDefault();
    event.stopImmediatePropagation();
    tell(document.activeElement, "Escape", false);
    setTimeout(() => {
      document.activeElement?.blur();
      setTimeout(() => tell(document.body, "Enter", true), 200);
    }, 50);
  }, true);
})();
