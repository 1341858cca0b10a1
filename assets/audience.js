/* The audience card: turning from one breakdown to the next, round and round. */
(function () {
  "use strict";

  /** Clicks taken in so far. Of two that come at once Dash tells the second only, so they are counted and not heard. */
  let taken = { before: 0, after: 0 };

  function turn(before, after, shown, turns) {
    const clicks = { before: before || 0, after: after || 0 };
    const step = clicks.after - taken.after - (clicks.before - taken.before);
    const isNew = clicks.before + clicks.after === 0;
    taken = clicks;
    if (isNew || step === 0) return window.dash_clientside.no_update;
    const place = Math.max(0, turns.indexOf(shown)) + step;
    return turns[((place % turns.length) + turns.length) % turns.length];
  }

  window.dash_clientside = Object.assign({}, window.dash_clientside, { audience: { turn } });
})();
