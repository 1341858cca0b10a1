/* The Products tab in the browser: which product's page is open stands in the address, with what the table is filtered by; the
   rows of the table come here, with their totals below them. No figure is computed. */
(function () {
  "use strict";

  const NOTHING = () => window.dash_clientside.no_update;
  const PARAMETERS = ["product", "metric", "only", "find"];
  const OF_A_PRODUCT = ["product", "metric"];
  const current = () => new URLSearchParams(window.location.search);
  const ask = (changes) => window.livedashAddress.ask(changes); // of trends.js, which comes later

  // -------------------------------------------------------------------------------------------------------------- the address

  /** The address of a product's page (null: of the table), at the stretch of time that is seen. */
  function address(id) {
    const wanted = current();
    OF_A_PRODUCT.forEach((name) => wanted.delete(name));
    wanted.delete("t");
    if (id !== null) wanted.set("product", id);
    const room = window.location.pathname.split("/").slice(0, 3).join("/");
    return `${room}/products${wanted.size ? `?${wanted}` : ""}`.replaceAll("%3A", ":").replaceAll("%2C", ",");
  }

  function go(id) {
    const to = new URL(address(id), window.location.origin);
    window.dash_clientside.set_props("shell-address", { pathname: to.pathname, search: to.search, hash: "", href: to.href });
  }

  /** What the address asks the tab for, once that is another thing than before. */
  function asked(search, had) {
    const wanted = new URLSearchParams(search);
    const found = Object.fromEntries(PARAMETERS.filter((name) => wanted.get(name)).map((name) => [name, wanted.get(name)]));
    return had && JSON.stringify(found) === JSON.stringify(had) ? NOTHING() : found;
  }

  let left = null;

  /** Which of the two is seen, the table or a page. The keyboard goes on from what has come. */
  function place(asks, had, headId, gridId) {
    const id = asks?.product || null;
    if (had !== undefined && had !== null && id !== (had.of ?? null)) {
      requestAnimationFrame(() => {
        window.scrollTo(0, 0);
        window.dispatchEvent(new Event("resize"));
        if (id) document.getElementById(headId)?.focus({ preventScroll: true });
        else back(had.of, gridId);
      });
    }
    left = id;
    return [Boolean(id), !id, { of: id }];
  }

  /** Back on the table, the row that one came from is in sight and has the focus. */
  function back(id, gridId) {
    const grid = window.dash_clientside.grids.apiOf(gridId);
    const node = grid?.getRowNode(id);
    if (!node || node.rowIndex === null) return;
    grid.ensureNodeVisible(node);
    grid.setFocusedCell(node.rowIndex, "product");
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-product]");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    go(link.dataset.product || null);
  });

  // --------------------------------------------------------------------------------------------------------------- the table

  /** The times of the stretch, unless somebody types there. */
  function times(span, ...ids) {
    const isTyping = ids.includes(document.activeElement?.id);
    return isTyping || !span ? [NOTHING(), NOTHING()] : span;
  }

  /** What the chips and the search show for an address; what somebody types in is left alone. */
  function shown(asks, searchId) {
    const isTyping = document.activeElement === document.getElementById(searchId);
    return [(asks?.only || "").split(",").filter(Boolean), isTyping ? NOTHING() : asks?.find || ""];
  }

  /** What is chosen goes to the address. */
  function choose(chips, text) {
    if (left) return;
    ask({ only: chips?.length ? chips.join(",") : null, find: text?.trim() ? text.trim() : null });
  }

  /** The rows, and the totals below them. */
  function fill(rows, totals, id) {
    const grid = window.dash_clientside.grids.apiOf(id);
    const total = (api) => {
      const wanted = totals ? [totals] : [];
      const had = api.getPinnedBottomRow(0)?.data;
      if (JSON.stringify(had ? [had] : []) !== JSON.stringify(wanted)) api.setGridOption("pinnedBottomRowData", wanted);
    };
    if (grid) total(grid);
    else window.dash_ag_grid.getApiAsync(id).then(total, () => {});
    window.dash_clientside.grids.fill(rows, id);
  }

  // ---------------------------------------------------------------------------------------------------------------- the page

  function metric(key) {
    if (key && left && key !== current().get("metric")) ask({ metric: key });
  }

  /** The metric that the address asks for, where there is one of that name; else the one that stands. */
  function chosen(asks, options, had) {
    const wanted = asks?.metric;
    return wanted && wanted !== had && options.some((option) => option.value === wanted) ? wanted : NOTHING();
  }

  /** A button that acts on a product tells the store of all that is pressed. */
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-act][data-into]");
    if (!button || button.getAttribute("aria-disabled") === "true") return;
    window.dash_clientside.set_props(button.dataset.into, { data: { act: button.dataset.act, product: button.dataset.of, at: Date.now() } });
  });

  window.livedashProduct = { address };
  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    product: { asked, place, times, shown, choose, fill, metric, chosen },
  });
})();
