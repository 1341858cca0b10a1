/* What the product and traffic tables do in the browser: take in new rows without moving what is read, sort, and draw their
   cells. Values come written in the reader's words; numbers are only compared here, never computed or formatted. */
(function () {
  "use strict";

  const { createElement, useState, useEffect } = window.React;

  // ------------------------------------------------------------------------------------------------------------ taking rows in

  /** Whether somebody points into the grid's rows or has the focus there: then no row may move under their hand. */
  function isInUse(id) {
    const rows = document.querySelector(`#${CSS.escape(id)} .ag-body`);
    return Boolean(rows) && (rows.matches(":hover") || rows.contains(document.activeElement));
  }

  /** What changes: rows to add, to update and to remove, so that those that stay keep their place, focus and selection. */
  function difference(rows, api) {
    const fresh = new Map(rows.map((row) => [row.id, row]));
    const remove = [], update = [];
    api.forEachNode((node) => {
      const row = fresh.get(node.id);
      fresh.delete(node.id);
      if (!row) remove.push(node.data);
      else if (JSON.stringify(row) !== JSON.stringify(node.data)) update.push(row);
    });
    return { add: [...fresh.values()], update, remove };
  }

  /** The grid's own interface; nothing as long as it is not ready, which asking for it says by an error. */
  function apiOf(id) {
    try {
      return window.dash_ag_grid?.getApi(id);
    } catch {
      return undefined;
    }
  }

  /** The rows that grids still to be ready will show, by grid: the latest that came. */
  const awaited = new Map();

  /** Show these rows, as soon as the grid is there. */
  function fill(rows, id) {
    if (!rows) return;
    const grid = apiOf(id);
    if (grid) {
      put(rows, id, grid);
      return;
    }
    if (!awaited.has(id)) {
      window.dash_ag_grid.getApiAsync(id).then((ready) => put(awaited.get(id), id, ready), () => {}).finally(() => awaited.delete(id));
    }
    awaited.set(id, rows);
  }

  /** Bring the grid to these rows. Rows in use get their new values at once and their new place later. That there are none has
      to be told as well: a grid takes itself to be loading until then. */
  function put(rows, id, grid) {
    const changes = difference(rows, grid);
    const still = changes.add.length === 0 && changes.remove.length === 0
      && changes.update.every((row) => grid.getRowNode(row.id).data.pinned === row.pinned);
    if (still && isInUse(id)) changes.update.forEach((row) => grid.getRowNode(row.id).updateData(row));
    else if (still && rows.length && changes.update.length === 0) grid.refreshClientSideRowModel("sort");
    else grid.applyTransaction(changes);
    offerActions(rows, grid);
  }

  /** The column of what can be done stands there only while something can be. */
  function offerActions(rows, grid) {
    const column = grid.getColumn("actions"), offered = rows.some((row) => row.pinnable || row.pinned);
    if (column && column.isVisible() !== offered) grid.setColumnsVisible([column], offered);
  }

  /** Show only the rows that have these letters in them. */
  function search(text, options) {
    return { ...options, quickFilterText: text || "" };
  }

  // ------------------------------------------------------------------------------------------------------------------ functions

  /** Channels whose parts are shown, by row id. They stay open over refreshes. */
  const open = new Set();

  Object.assign((window.dashAgGridFunctions = window.dashAgGridFunctions || {}), {
    /** Our tokens as the grid's theme: it follows light and dark by itself. */
    gridTheme: (base) => base.withParams({
      accentColor: "var(--accent)",
      backgroundColor: "var(--card)",
      borderColor: "var(--line)",
      browserColorScheme: "inherit",
      cellHorizontalPadding: 6,
      columnBorder: false,
      fontFamily: "inherit",
      fontSize: 13,
      foregroundColor: "var(--ink)",
      headerBackgroundColor: "var(--card)",
      headerFontSize: 11.5,
      headerFontWeight: 600,
      headerTextColor: "var(--muted)",
      iconSize: 12,
      pinnedColumnBorder: false,
      rowHoverColor: "color-mix(in srgb, var(--bg), transparent 30%)",
      spacing: 6,
      textColor: "var(--ink)",
      tooltipBackgroundColor: "var(--card)",
      tooltipTextColor: "var(--ink)",
      wrapperBorder: false,
      wrapperBorderRadius: 0,
    }),

    /** A value as the server wrote it for the reader. */
    written: (params) => params.data.written[params.column.getColId()],

    /** Numbers by size, texts by the reader's alphabet; what has no value comes last whichever way is sorted. */
    emptyLast: (a, b, nodeA, nodeB, descending) => {
      const none = (value) => value === null || value === undefined;
      if (none(a) || none(b)) return none(a) && none(b) ? 0 : none(a) === Boolean(descending) ? -1 : 1;
      return typeof a === "string" ? a.localeCompare(b) : a - b;
    },

    byTitle: (a, b, nodeA, nodeB) => nodeA.data.title.localeCompare(nodeB.data.title),
    byName: (a, b, nodeA, nodeB) => nodeA.data.name.localeCompare(nodeB.data.name),

    /** The pinned products stand on top, however the others are sorted; not sorted at all, they have their usual order. */
    pinnedFirst: ({ nodes, api }) => {
      if (!api.getColumnState().some((column) => column.sort)) nodes.sort((a, b) => a.data.place - b.data.place);
      const pinned = nodes.filter((node) => node.data.pinned);
      const others = nodes.filter((node) => !node.data.pinned);
      nodes.splice(0, nodes.length, ...pinned, ...others);
    },

    /** Each channel is followed by its parts, both in the order sorted. */
    partsBelow: ({ nodes }) => {
      const heads = nodes.filter((node) => node.data.parent === null);
      const parts = Map.groupBy(nodes.filter((node) => node.data.parent !== null), (node) => node.data.parent);
      nodes.splice(0, nodes.length, ...heads.flatMap((head) => [head, ...(parts.get(head.id) || [])]));
    },

    isShown: (node) => node.data.parent === null || open.has(node.data.parent),

    /** Keys in a cell with buttons or links: Tab goes through them, Enter goes in, Escape goes back to the cell. True: not the grid's. */
    buttonKeys: ({ event }) => {
      const cell = event.target.closest(".ag-cell");
      const buttons = cell ? [...cell.querySelectorAll("button, a[href]")] : [];
      const at = buttons.indexOf(event.target);
      if (buttons.length === 0) return false;
      if (event.key === "Tab") return event.shiftKey ? at > 0 : at < buttons.length - 1;
      if (event.key === "Enter" || event.key === " ") {
        if (at < 0 && buttons.length === 1 && buttons[0].matches("a")) {
          event.preventDefault();
          buttons[0].click();
        } else if (at < 0) {
          event.preventDefault();
          buttons[0].focus();
        }
        return true;
      }
      if (event.key === "Escape" && at >= 0) cell.focus();
      return false;
    },
  });

  // ---------------------------------------------------------------------------------------------------------------------- cells

  const box = (className, ...children) => createElement("span", { className }, ...children);

  /** The product's picture, or its first letter where there is none. */
  function Picture({ row }) {
    const [broken, setBroken] = useState(null);
    if (row.image && broken !== row.image) {
      return createElement("img", { className: "product-picture", src: row.image, alt: "", loading: "lazy", onError: () => setBroken(row.image) });
    }
    return createElement("span", { className: `product-picture letter tone-${row.tone}`, "aria-hidden": "true" }, row.letter);
  }

  /** Picture, title and facts; the title leads to the product's page (assets/product.js). A row of totals has its words alone. */
  function ProductCell({ data }) {
    if (data.total) return box("product-total", data.title);
    const facts = data.facts.map((fact) => createElement("span", { key: fact.kind, className: fact.kind }, fact.text));
    const link = { className: "product-title", title: data.title, href: window.livedashProduct.address(data.id), "data-product": data.id };
    const all = { className: "product-facts", title: data.facts.map((fact) => fact.text).join(" · ") };
    return box("product-cell", createElement(Picture, { row: data }),
      box(data.pinned ? "product-words pinned" : "product-words", createElement("a", link, data.title), createElement("span", all, ...facts)));
  }

  /** Pin; or, for the pinned one, Script and Unpin. A button that was pressed waits for the log to say so. */
  function ProductActions({ data, words, pressed }) {
    if (data.total) return null;
    return createElement(Actions, { data, words, pressed });
  }

  function Actions({ data, words, pressed }) {
    const [asked, setAsked] = useState(false);
    useEffect(() => setAsked(false), [data.pinned]);
    useEffect(() => {
      const timer = asked && setTimeout(() => setAsked(false), 6000);
      return () => clearTimeout(timer);
    }, [asked]);
    const act = (what) => {
      if (asked) return;
      if (what !== "script") setAsked(true);
      window.dash_clientside.set_props(pressed, { data: { act: what, product: data.id, at: Date.now() } });
    };
    const button = (what, kind) => createElement("button", {
      key: what, type: "button", className: `btn ${kind}`, onClick: () => act(what),
      "aria-label": words[`${what}Of`].replace("{product}", data.title),
      "aria-disabled": asked && what !== "script" ? "true" : undefined,
      "aria-haspopup": what === "script" ? "dialog" : undefined,
    }, words[what]);
    const buttons = data.pinned ? [button("script", "btn-quiet")] : [];
    if (data.pinnable) buttons.push(data.pinned ? button("unpin", "btn-quiet") : button("pin", "btn-primary"));
    return box("product-actions", ...buttons);
  }

  /** A channel by its name, and a button that opens its parts. */
  function ChannelCell({ data, api, words }) {
    const [isOpen, setOpen] = useState(open.has(data.id));
    const toggle = () => {
      open[isOpen ? "delete" : "add"](data.id);
      setOpen(!isOpen);
      api.onFilterChanged();
    };
    const opener = createElement("button", {
      type: "button", className: "channel-opener", "aria-expanded": String(isOpen), onClick: toggle,
      "aria-label": words.parts.replace("{channel}", data.name),
    });
    return box(data.parent === null ? "channel-cell" : "channel-cell part", data.parts ? opener : null,
      createElement("span", { className: "clip", title: data.name }, data.name),
      data.paid ? createElement("span", { className: "badge outline" }, words.paid) : null);
  }

  Object.assign((window.dashAgGridComponentFunctions = window.dashAgGridComponentFunctions || {}), { ProductCell, ProductActions, ChannelCell });
  window.dash_clientside = Object.assign({}, window.dash_clientside, { grids: { fill, search, apiOf } });
})();
