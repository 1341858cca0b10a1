/* Copying a text, on plain http in one's own network too. It says nothing: whoever copies says so. */
(function () {
  "use strict";

  /** Copy the text. beside: an element of the open dialog or page, where the way of old may put what it copies from. */
  async function copy(text, beside) {
    // Without a secure origin a browser has no clipboard but the old one.
    if (navigator.clipboard) {
      await navigator.clipboard.writeText(text);
      return;
    }
    const had = document.activeElement;
    const area = Object.assign(document.createElement("textarea"), { value: text, className: "visually-hidden" });
    beside.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
    had?.focus({ preventScroll: true });
  }

  window.livedashClipboard = { copy };
})();
