/* The recommendations card: it draws the advice, remembers in this browser what was dismissed and what was seen, counts on the
   tab what was not, and says how many notices have come since. Texts are set as text, never as markup. */
(function () {
  "use strict";

  const KEPT = "livedash-advice";
  const MOST_ROOMS = 40;
  const MOST_IDS = 200;
  const WAIT_MS = 5_000; // a press that brought nothing may be made again after this

  /** What is drawn: the data, a line per piece of advice by its id, and where everything is. */
  const pane = { data: null, list: null, lines: new Map(), names: null, watch: null };

  // ------------------------------------------------------------------------------------------------- what the browser keeps

  function kept() {
    try {
      const found = JSON.parse(window.localStorage.getItem(KEPT));
      return found && typeof found === "object" && !Array.isArray(found) ? found : {};
    } catch {
      return {};
    }
  }

  const idsOf = (all, room, what) => (Array.isArray(all[room]?.[what]) ? all[room][what] : []);

  /** Remember ids of a room as "dismissed" or "seen"; whether any of them is new. */
  function keep(room, what, ids) {
    const known = new Set(idsOf(kept(), room, what));
    const fresh = ids.filter((id) => !known.has(id));
    if (!fresh.length) return false;
    store(room, what, [...known, ...fresh].slice(-MOST_IDS));
    return true;
  }

  function store(room, what, ids) {
    const all = kept();
    const mine = { ...all[room], [what]: ids };
    delete all[room]; // the latest room stands last
    const rooms = Object.entries({ ...all, [room]: mine }).slice(-MOST_ROOMS);
    try {
      window.localStorage.setItem(KEPT, JSON.stringify(Object.fromEntries(rooms)));
    } catch {
      /* a browser that keeps nothing shows it again */
    }
  }

  // -------------------------------------------------------------------------------------------------------------- the advice

  function element(tag, className, text) {
    return Object.assign(document.createElement(tag), { className, textContent: text ?? "" });
  }

  function control(action) {
    const style = action.first ? "btn btn-primary" : "btn btn-quiet";
    if (action.do === "go") return Object.assign(element("a", `${style} soft`, action.label), { href: action.href });
    const button = Object.assign(element("button", style, action.label), { type: "button" });
    button.addEventListener("click", () => press(action, button));
    return button;
  }

  function press(action, button) {
    const { set_props: set } = window.dash_clientside;
    if (action.do === "look") return look(action);
    button.disabled = true;
    setTimeout(() => { button.disabled = false; }, WAIT_MS);
    const at = Date.now();
    if (action.do === "answer") return set(pane.names.answer, { data: { comments: action.comments, at } });
    return set(pane.names.pressed, { data: { act: action.do, product: action.product, at } });
  }

  /** Go to another card of the page, with what is to be seen in it chosen. */
  function look({ at, choose }) {
    if (choose) window.dash_clientside.set_props(choose.id, { value: choose.value });
    const card = document.getElementById(at);
    if (!card) return;
    card.tabIndex = -1;
    card.scrollIntoView({ block: "nearest" });
    card.focus({ preventScroll: true });
  }

  function line(item) {
    const made = element("li", `notice ${item.sign}`);
    made.dataset.id = item.id;
    const title = element("p", "notice-title");
    const sign = Object.assign(element("span", `sign ${item.sign}`), { title: item.kind });
    sign.setAttribute("role", "img");
    sign.setAttribute("aria-label", item.kind);
    title.append(sign, " ", element("bdi", "advice-title"));
    made.append(title, element("div", "advice-why"), element("div", "advice-acts"));
    return made;
  }

  /** Bring a line up to date. Buttons stay as long as they are the same, so the focus does. */
  function update(made, item, before) {
    made.querySelector(".advice-title").textContent = item.title;
    const why = made.querySelector(".advice-why");
    item.reasons.forEach((reason, place) => {
      const paragraph = why.children[place] ?? why.appendChild(element("p", "notice-reason"));
      if (paragraph.textContent !== reason) paragraph.textContent = reason;
    });
    while (why.children.length > item.reasons.length) why.lastChild.remove();
    const acts = made.querySelector(".advice-acts");
    const same = before && JSON.stringify([before.actions, before.title]) === JSON.stringify([item.actions, item.title]);
    if (same) return;
    const dismiss = acts.querySelector(".dismisses") ?? dismisser(item.id);
    dismiss.textContent = pane.data.words.dismiss;
    dismiss.setAttribute("aria-label", pane.data.words.dismissOf.replace("{advice}", item.title));
    if (!before || JSON.stringify(before.actions) !== JSON.stringify(item.actions)) {
      const held = acts.contains(document.activeElement) && document.activeElement !== dismiss;
      [...acts.children].filter((child) => child !== dismiss).forEach((child) => child.remove());
      acts.prepend(...item.actions.map(control));
      if (held) acts.firstChild?.focus({ preventScroll: true });
    }
    if (!dismiss.isConnected) acts.append(dismiss);
  }

  function dismisser(id) {
    const button = Object.assign(element("button", "btn btn-link dismisses"), { type: "button" });
    button.addEventListener("click", () => dismiss(id));
    return button;
  }

  /** Take a piece of advice away until it is asked for; the keyboard goes on with the next one. */
  function dismiss(id) {
    const { line: gone } = pane.lines.get(id);
    const next = gone.nextElementSibling ?? gone.previousElementSibling;
    keep(pane.data.room, "dismissed", [id]);
    draw();
    const to = next?.isConnected ? next.querySelector(".dismisses") : document.getElementById(pane.names.calm);
    to?.focus({ preventScroll: true });
    looked();
  }

  /** Show again what was dismissed and still stands; the keyboard goes on with the first of it. */
  function restore() {
    const { data, lines } = pane;
    const gone = idsOf(kept(), data.room, "dismissed");
    const back = data.items.map((item) => item.id).filter((id) => gone.includes(id));
    store(data.room, "dismissed", gone.filter((id) => !back.includes(id)));
    draw();
    lines.get(back[0])?.line.querySelector(".dismisses").focus({ preventScroll: true });
    looked();
  }

  const looked = () => window.dash_clientside.set_props(pane.names.looked, { data: Date.now() });

  function draw() {
    const { data, list, lines } = pane;
    const gone = new Set(idsOf(kept(), data.room, "dismissed"));
    const items = data.items.filter((item) => !gone.has(item.id));
    const ids = new Set(items.map((item) => item.id));
    lines.forEach(({ line: old }, id) => {
      if (ids.has(id)) return;
      pane.watch.unobserve(old);
      old.remove();
      lines.delete(id);
    });
    let place = list.firstChild;
    for (const item of items) {
      const known = lines.get(item.id);
      const shown = known?.line ?? line(item);
      update(shown, item, known?.item);
      lines.set(item.id, { line: shown, item });
      if (shown === place) place = place.nextSibling;
      else list.insertBefore(shown, place);
      if (!known) pane.watch.observe(shown);
    }
    list.hidden = !items.length;
    const calm = document.getElementById(pane.names.calm);
    const said = items.length ? data.note : data.calm;
    if (calm.textContent !== said) calm.textContent = said;
    calm.hidden = !said;
    const again = document.getElementById(pane.names.again);
    const some = again.dataset.some.replace("{n}", data.items.length - items.length);
    if (again.textContent !== some) again.textContent = some;
    again.hidden = data.items.length === items.length;
    hideTold();
  }

  /** A notice that says what a piece of advice says is not told twice. */
  function hideTold() {
    const told = new Set([...pane.lines.values()].flatMap(({ item }) => item.tells));
    document.querySelectorAll(`[id='${pane.names.notices}'] [data-notice]`).forEach((notice) => {
      const hide = told.has(notice.dataset.notice);
      if (notice.hidden !== hide) notice.hidden = hide;
    });
  }

  /** What has been on the screen has been seen. */
  function watched(entries) {
    const ids = entries.filter((entry) => entry.isIntersecting).map((entry) => entry.target.dataset.id);
    if (ids.length && document.visibilityState === "visible" && keep(pane.data.room, "seen", ids)) looked();
  }

  function attend(list, names) {
    pane.watch?.disconnect();
    Object.assign(pane, { list, names, lines: new Map(), watch: new IntersectionObserver(watched, { threshold: 0.5 }) });
    document.getElementById(names.calm).tabIndex = -1;
    document.getElementById(names.again).addEventListener("click", restore);
    new MutationObserver(hideTold).observe(document.getElementById(names.notices), {
      childList: true, subtree: true, attributeFilter: ["data-notice"],
    });
  }

  document.addEventListener("visibilitychange", () => {
    // What came while the page was in the background is looked at when it is in front again.
    pane.lines.forEach(({ line: shown }) => { pane.watch.unobserve(shown); pane.watch.observe(shown); });
  });

  function advise(data, list, calm, again, notices, lookedId, pressed, answer) {
    if (!data) return;
    const element = document.getElementById(list);
    pane.data = data;
    if (pane.list !== element) attend(element, { calm, again, notices, looked: lookedId, pressed, answer });
    draw();
  }

  /** How many pieces of advice that stand have neither been seen nor dismissed. */
  function unseen(open, looked_, some) {
    if (!open) return ["", true, ""];
    const all = kept();
    const known = new Set([...idsOf(all, open.room, "seen"), ...idsOf(all, open.room, "dismissed")]);
    const count = open.ids.filter((id) => !known.has(id)).length;
    return [count ? String(count) : "", count === 0, some.replace("{n}", count)];
  }

  // ------------------------------------------------------------------------------------------------------------- the notices

  /** How many notices have come since the reader opened the room or last marked them as seen. */
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

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    recommendations: { advise, unseen, count, order: (pressed) => pressed ?? window.dash_clientside.no_update },
  });
})();
