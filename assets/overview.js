/* The tiles of the overview: a tile opens to how its figure is computed, beside itself, and stays open over refreshes. */
(function () {
  "use strict";

  const WIDTH = 372, ROOM = 340, EDGE = 8;

  /** Put the dialog below the tile, or above it where there is not enough room. */
  function placeBeside(dialog, tile) {
    const box = tile.getBoundingClientRect();
    const above = box.bottom + ROOM > window.innerHeight && box.top > window.innerHeight - box.bottom;
    const left = Math.max(EDGE, Math.min(box.left, window.innerWidth - WIDTH - EDGE));
    Object.assign(dialog.style, {
      margin: "0",
      left: `${left}px`,
      right: "auto",
      top: above ? "auto" : `${box.bottom + EDGE}px`,
      bottom: above ? `${window.innerHeight - box.top + EDGE}px` : "auto",
    });
  }

  /** Open the explanation of the tile that was pressed; its key is what is asked for. The last inputs are the ids. */
  function explain(...inputs) {
    const [dialogId, bodyId, openedId] = inputs.slice(-3);
    const tile = document.getElementById(window.dash_clientside.callback_context.triggered_id);
    const dialog = document.getElementById(dialogId);
    if (!tile || !tile.dataset.key) return window.dash_clientside.no_update;
    placeBeside(dialog, tile);
    dialog.onclose = () => {
      window.dash_clientside.set_props(openedId, { data: null });
      window.dash_clientside.set_props(bodyId, { children: null });
    };
    dialog.showModal();
    return tile.dataset.key;
  }

  /** Ask the server only while a tile is open: for what, and as the room is now. */
  function ask(view, key) {
    return key ? { view, key } : window.dash_clientside.no_update;
  }

  window.dash_clientside = Object.assign({}, window.dash_clientside, { overview: { explain, ask } });
})();
