/* The products card: a pressed button becomes an order to the server or opens the talking points, which can be copied. */
(function () {
  "use strict";

  /** What was pressed in a row: pinning goes to the server; a script opens its dialog and is asked for. */
  function act(pressed, dialogId, bodyId) {
    const { no_update: nothing, set_props: set } = window.dash_clientside;
    if (pressed.act !== "script") return [pressed, nothing];
    set(bodyId, { children: null });
    document.getElementById(dialogId).showModal();
    return [nothing, pressed];
  }

  /** Without a secure origin (a dashboard in one's own network) a browser has no clipboard but this old one. */
  function copyAsBefore(text, beside) {
    const area = Object.assign(document.createElement("textarea"), { value: text, className: "visually-hidden" });
    beside.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }

  /** Copy the sentences, without what they rest on, and say so. */
  async function copy(clicks, done, bodyId) {
    const body = document.getElementById(bodyId);
    const text = [...body.querySelectorAll(".script-sentence")].map((sentence) => sentence.textContent).join("\n");
    if (!text) return "";
    if (navigator.clipboard) await navigator.clipboard.writeText(text);
    else copyAsBefore(text, body);
    return done;
  }

  window.dash_clientside = Object.assign({}, window.dash_clientside, { products: { act, copy } });
})();
