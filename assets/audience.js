/* The audience card: turning from one breakdown to the next, round and round. */
(function () {
  "use strict";

  function turn(before, after, shown, turns, previousId) {
    const step = window.dash_clientside.callback_context.triggered_id === previousId ? -1 : 1;
    const place = Math.max(0, turns.indexOf(shown));
    return turns[(place + step + turns.length) % turns.length];
  }

  window.dash_clientside = Object.assign({}, window.dash_clientside, { audience: { turn } });
})();
