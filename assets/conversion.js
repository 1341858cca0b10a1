/* The conversion card: the funnel of events or that of people. */
(function () {
  "use strict";

  /** What to hide: the events, the people. */
  function choose(mode) {
    return [mode !== "events", mode !== "people"];
  }

  window.dash_clientside = Object.assign({}, window.dash_clientside, { conversion: { choose } });
})();
