/* The performance trend: whether the reader has zoomed, and the way back. */
(function () {
  "use strict";

  /** Whether to hide the way back: where the time axis shows all there is. */
  function zoomed(moved, figure, id) {
    return plotOf(id)?.layout?.xaxis?.autorange !== false;
  }

  function unzoom(clicks, id) {
    window.Plotly.relayout(plotOf(id), { "xaxis.autorange": true });
  }

  function plotOf(id) {
    return document.querySelector(`#${id} .js-plotly-plot`);
  }

  window.dash_clientside = Object.assign({}, window.dash_clientside, { trend: { zoomed, unzoom } });
})();
