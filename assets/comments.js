/* The list of comments: it follows the newest one until its reader scrolls up; then it holds still and counts what is new.
   Whatever viewers wrote is set as text, never as markup. */
(function () {
  "use strict";

  const NEAR_END = 24;

  /** What each list shows: its items by id, of which choice they are, and what waits while it is read. */
  const lists = new WeakMap();

  const isAtEnd = (list) => list.scrollHeight - list.scrollTop - list.clientHeight < NEAR_END;
  const toEnd = (list) => { list.scrollTop = list.scrollHeight; };

  /** Text in whatever direction its writer writes, without turning what stands around it. */
  function said(className, text) {
    return Object.assign(document.createElement("bdi"), { className, textContent: text });
  }

  function draw(item, words) {
    const line = Object.assign(document.createElement("li"), { className: item.entry ? "comment entry" : "comment" });
    line.append(said("name", item.name));
    if (item.question) {
      const mark = Object.assign(said("question", "?"), { title: words.question });
      mark.setAttribute("role", "img");
      mark.setAttribute("aria-label", words.question);
      line.append(mark);
    }
    if (item.entry) line.title = words.entry;
    line.append(said("text", item.text));
    return line;
  }

  /** Make the list show these items in this order; lines that stay are not touched. */
  function put(list, state, data) {
    const fresh = new Map(data.items.map((item) => [item.id, item]));
    state.lines.forEach(({ line, as }, id) => {
      if (JSON.stringify(fresh.get(id)) === as) return;
      line.remove();
      state.lines.delete(id);
    });
    let place = list.firstChild;
    fresh.forEach((item, id) => {
      if (!state.lines.has(id)) state.lines.set(id, { line: draw(item, data.words), as: JSON.stringify(item) });
      const { line } = state.lines.get(id);
      if (line === place) place = place.nextSibling;
      else list.insertBefore(line, place);
    });
    state.waiting = null;
    toEnd(list);
  }

  function attend(list, newId) {
    const state = { lines: new Map(), of: null, waiting: null };
    lists.set(list, state);
    list.addEventListener("scroll", () => {
      if (!state.waiting || !isAtEnd(list)) return;
      put(list, state, state.waiting);
      window.dash_clientside.set_props(newId, { hidden: true });
    });
    // A card that was hidden (another tab) or grew comes back to the newest.
    new ResizeObserver(() => { if (!state.waiting) toEnd(list); }).observe(list);
    return state;
  }

  /** Take in what has come, or count it while the reader is further up. Pressing the count goes to the newest. */
  function take(data, clicks, listId, newId) {
    const nothing = window.dash_clientside.no_update;
    const list = document.getElementById(listId);
    if (!data) return [nothing, nothing];
    const state = lists.get(list) || attend(list, newId);
    const pressed = window.dash_clientside.callback_context.triggered_id === newId;
    const another = JSON.stringify(data.of) !== state.of;
    const reading = list.clientHeight > 0 && !isAtEnd(list);
    state.of = JSON.stringify(data.of);
    if (pressed || another || !reading) {
      put(list, state, data);
      if (pressed) list.focus();
      return [nothing, true];
    }
    state.waiting = data;
    const count = data.items.filter((item) => !state.lines.has(item.id)).length;
    const all = count === data.items.length;
    return [data.words.new.replace("{n}", all ? `${count}+` : count), count === 0];
  }

  window.livedashComments = { draw, isAtEnd, toEnd };
  window.dash_clientside = Object.assign({}, window.dash_clientside, { comments: { take } });
})();
