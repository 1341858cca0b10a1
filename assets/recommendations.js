/* The recommendations card: how many notices have come since the reader opened the room or last marked them as seen. */
(function () {
  "use strict";

  function count(latest, clicks, seen, id, some) {
    const nothing = window.dash_clientside.no_update;
    if (!latest) return [nothing, nothing, nothing];
    const newest = Math.max(0, ...latest.times);
    const pressed = window.dash_clientside.callback_context.triggered_id === id;
    const first = !seen || seen.room !== latest.room;
    const until = pressed || first ? newest : seen.until;
    const fresh = latest.times.filter((time) => time > until).length;
    return [some.replace("{n}", fresh), fresh === 0, pressed || first ? { room: latest.room, until } : nothing];
  }

  window.dash_clientside = Object.assign({}, window.dash_clientside, { recommendations: { count } });
})();
