/* Draws what a refresh says of a tab (layouts/drawn.py) into elements that are there, and renews only what differs, so that
   focus, selection and scroll stay. Texts are set as text, never as markup. */
(function () {
  "use strict";

  /** What was drawn last, by element: value by property, and the kids of its children. */
  const drawn = new WeakMap();

  const isSpoken = (name) => name.startsWith("aria-") || name.startsWith("data-");
  const attributeOf = (property) => (property === "className" ? "class" : property.toLowerCase());

  function setStyle(node, before, style) {
    for (const name of Object.keys(before || {})) if (!(name in style)) node.style.removeProperty(name);
    for (const [name, value] of Object.entries(style)) if (value !== before?.[name]) node.style.setProperty(name, value);
  }

  function set(node, name, value, before) {
    if (name === "key") return;
    if (name === "style") setStyle(node, before, value || {});
    else if (value === null || value === undefined || (value === false && !isSpoken(name))) node.removeAttribute(name);
    else node.setAttribute(name, value === true && !isSpoken(name) ? "" : value);
  }

  const isText = (tree) => typeof tree === "string";

  function grow(tree) {
    if (isText(tree)) return { tree, node: document.createTextNode(tree), kids: [] };
    const [tag, attributes, ...children] = tree;
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) set(node, name, value);
    const kids = children.map(grow);
    node.append(...kids.map((kid) => kid.node));
    return { tree, node, kids };
  }

  /** What shows the tree: what there is, brought up to date, or something new in its place. */
  function renew(known, tree) {
    const { node, tree: before } = known;
    if (isText(before) !== isText(tree) || (!isText(tree) && before[0] !== tree[0])) {
      const made = grow(tree);
      node.replaceWith(made.node);
      return made;
    }
    if (isText(tree)) {
      if (before !== tree) node.data = tree;
    } else {
      for (const name of Object.keys(before[1])) if (!(name in tree[1])) set(node, name, null, before[1][name]);
      for (const [name, value] of Object.entries(tree[1])) {
        if (name === "style" || value !== before[1][name]) set(node, name, value, before[1][name]);
      }
      known.kids = fill(node, known.kids, tree.slice(2));
    }
    known.tree = tree;
    return known;
  }

  /** What tells one of several from its neighbours: its key, else its place. */
  const nameOf = (tree, place) => (isText(tree) || tree[1].key === undefined ? `place ${place}` : `key ${tree[1].key}`);

  function renewAll(parent, kids, trees) {
    const known = new Map(kids.map((kid, place) => [nameOf(kid.tree, place), kid]));
    const out = trees.map((tree, place) => {
      const name = nameOf(tree, place);
      const kid = known.get(name);
      known.delete(name);
      return kid ? renew(kid, tree) : grow(tree);
    });
    const stays = new Set(out.map((kid) => kid.node));
    for (const { node } of kids) if (!stays.has(node)) node.remove();
    let next = parent.firstChild;
    for (const { node } of out) {
      if (node === next) next = next.nextSibling;
      else parent.insertBefore(node, next);
    }
    return out;
  }

  const holds = (node, kids) => kids.length === node.childNodes.length && kids.every((kid, place) => kid.node === node.childNodes[place]);

  /** Draw what is in an element. What somebody else has put there goes, once there is something new to draw. */
  function fill(node, kids, trees) {
    if (kids && holds(node, kids)) return renewAll(node, kids, trees);
    if (kids && JSON.stringify(kids.map((kid) => kid.tree)) === JSON.stringify(trees)) return kids;
    const made = trees.map(grow);
    node.replaceChildren(...made.map((kid) => kid.node));
    return made;
  }

  /** Draw values by property into elements by id; an element that is not there (any more) is passed over. What had the focus
      has it still, if it only moved. */
  function all(said) {
    const held = document.activeElement;
    for (const [id, values] of Object.entries(said || {})) {
      const node = document.getElementById(id);
      if (!node) continue;
      const state = drawn.get(node) || { values: {}, kids: null };
      drawn.set(node, state);
      for (const [property, value] of Object.entries(values)) {
        if (property === "children") state.kids = fill(node, state.kids, value);
        else if (property === "style" || value !== state.values[property]) {
          set(node, attributeOf(property), value, state.values[property]);
        }
        state.values[property] = value;
      }
    }
    if (held?.isConnected && held !== document.activeElement) held.focus({ preventScroll: true });
    document.dispatchEvent(new CustomEvent("livedash:drawn"));
  }

  window.dash_clientside = Object.assign({}, window.dash_clientside, { draw: { all } });
})();
