/* Pinning: a pressed button becomes an order to the server or opens the talking points; what was done can be taken back
   as long as the bar counts down, which no refresh touches; the talking points can be copied. */
(function () {
  "use strict";

  // --------------------------------------------------------------------------------------------------------------- pressing

  /** What was pressed beside a product: pinning goes to the server; a script opens its dialog and is asked for. */
  function press(pressed, dialogId, bodyId) {
    const { no_update: nothing, set_props: set } = window.dash_clientside;
    if (!pressed) return [nothing, nothing];
    if (pressed.act !== "script") return [pressed, nothing];
    set(bodyId, { children: null });
    document.getElementById(dialogId).showModal();
    return [nothing, pressed];
  }

  // ------------------------------------------------------------------------------------------------------------ taking back

  const SHOWN_WITHOUT_UNDO = 4;
  let timer = null, before = null, bar = null, button = null;

  function hide() {
    clearInterval(timer);
    timer = null;
    if (bar.contains(document.activeElement) && before && before.isConnected) before.focus();
    bar.hidden = true;
  }

  const isRestedOn = () => bar.matches(":hover") || bar.contains(document.activeElement);

  /** Show what was done and, if it can be taken back, count down the seconds in which it can: not while somebody rests
      on the bar, who may need longer to decide. */
  function offer(done, barId, saidId, buttonId) {
    if (!done) return;
    bar = document.getElementById(barId);
    button = document.getElementById(buttonId);
    const undoable = done.lines.length > 0;
    let left = undoable ? Number(button.dataset.seconds) : SHOWN_WITHOUT_UNDO;
    const write = () => { button.textContent = button.dataset.left.replace("{n}", left); };
    clearInterval(timer);
    if (!bar.contains(document.activeElement)) before = document.activeElement;
    if (!undoable && bar.contains(document.activeElement) && before && before.isConnected) before.focus();
    document.getElementById(saidId).textContent = done.said;
    button.hidden = !undoable;
    bar.hidden = false;
    write();
    timer = setInterval(() => {
      if (undoable && isRestedOn()) return;
      left -= 1;
      if (left <= 0) hide();
      else write();
    }, 1000);
  }

  function takeBack(clicks, done) {
    const nothing = window.dash_clientside.no_update;
    return clicks && done && done.lines.length ? done.lines : nothing;
  }

  /** Ctrl Z takes back what the bar offers to, unless somebody is writing. */
  document.addEventListener("keydown", (event) => {
    const isUndo = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === "z";
    if (!isUndo || !bar || bar.hidden || button.hidden || !bar.isConnected) return;
    if (event.target.closest("input:not([type=checkbox]):not([type=radio]), textarea, [contenteditable]")) return;
    event.preventDefault();
    button.click();
  });

  // ----------------------------------------------------------------------------------------------------------------- script

  /** Copy the sentences, without what they rest on and without those that are flagged, and say so. */
  async function copy(clicks, done, bodyId) {
    const body = document.getElementById(bodyId);
    const text = [...body.querySelectorAll(".script-sentence")].map((sentence) => sentence.textContent).join("\n");
    if (!text) return "";
    await window.livedashClipboard.copy(text, body);
    return done;
  }

  // ------------------------------------------------------------------------------------------------------------------- name

  /** Keep the name in a cookie, for the server to write beside what is done. */
  function saveName(clicks, submits, name, dialogId) {
    const kept = encodeURIComponent((name || "").trim());
    document.cookie = `livedash-name=${kept}; path=/; max-age=31536000; SameSite=Lax`;
    document.getElementById(dialogId).close();
    return window.dash_clientside.no_update;
  }

  window.dash_clientside = Object.assign({}, window.dash_clientside, { pinning: { press, offer, takeBack, copy, saveName } });
})();
