/* The comments of the Broadcast tab: older ones are loaded as one scrolls up, new ones wait while one reads, and during a replay
   only what had been said by then is seen. Whatever viewers wrote is set as text, never as markup. */
(function () {
  "use strict";

  const NEAR = 60;
  const AHEAD_MS = 20_000; // how much of what comes next is asked for at a time during a replay
  const { draw, isAtEnd, toEnd } = window.livedashComments;

  /** The one list: what is loaded (by id, oldest first), of what, the page before it, and what its reader does. */
  const talk = { list: null, names: null, of: null, items: new Map(), before: null, lines: new Map(), asked: null,
    follows: false, words: {}, at: null, until: null, seen: 0, answered: new Set() };

  const button = (className, text, label) => {
    const made = Object.assign(document.createElement("button"), { type: "button", className, textContent: text });
    if (label) made.setAttribute("aria-label", label);
    return made;
  };

  function line(item) {
    const { words } = talk;
    const made = draw(item, words);
    made.dataset.key = item.id;
    const play = button("btn btn-link plays time", item.at, words.play.replace("{time}", item.at));
    play.dataset.ms = item.ts;
    made.prepend(play);
    const name = made.querySelector(".name");
    if (item.user) {
      const only = button("btn btn-link viewer", "", words.viewer.replace("{viewer}", item.name));
      only.dataset.user = item.user;
      name.replaceWith(only);
      only.append(name);
    }
    if (item.mood) made.dataset.mood = item.mood;
    if (item.question) {
      const done = item.answered || talk.answered.has(item.id);
      const mark = done
        ? Object.assign(document.createElement("span"), { className: "answered small", textContent: `✓ ${words.answered}` })
        : button("btn btn-quiet answers", "✓", words.answer);
      mark.title = done ? "" : words.answer;
      Object.assign(mark.dataset, { id: item.id, ts: item.ts });
      made.append(mark);
    }
    return made;
  }

  const asText = (item) => JSON.stringify([item, talk.answered.has(item.id)]);

  /** What is to be seen now, oldest first. */
  function visible() {
    const all = [...talk.items.values()];
    return talk.follows && talk.at !== null ? all.filter((item) => item.ts <= talk.at) : all;
  }

  /** Make the list show these items; lines that stay are not touched, and what is read does not move. */
  function put(items) {
    const { list, lines } = talk;
    const anchor = [...list.children].find((child) => child.offsetTop + child.offsetHeight > list.scrollTop);
    const above = anchor ? anchor.offsetTop - list.scrollTop : 0;
    const wanted = new Map(items.map((item) => [item.id, asText(item)]));
    lines.forEach(({ made, as }, id) => {
      if (wanted.get(id) === as) return;
      made.remove();
      lines.delete(id);
    });
    let place = list.firstChild;
    for (const item of items) {
      if (!lines.has(item.id)) lines.set(item.id, { made: line(item), as: wanted.get(item.id) });
      const { made } = lines.get(item.id);
      if (made === place) place = place.nextSibling;
      else list.insertBefore(made, place);
    }
    if (anchor?.isConnected) list.scrollTop = anchor.offsetTop - above;
  }

  /** Show what there is: at the end it follows, further up it holds still and counts. forced: go to the end. */
  function render(forced) {
    const { list } = talk;
    const reading = !forced && list.clientHeight > 0 && !isAtEnd(list);
    const items = visible();
    const place = reading ? items.findIndex((item) => item.id === list.lastElementChild?.dataset.key) : -1;
    const holds = place >= 0;
    put(holds ? items.slice(0, place + 1) : items);
    if (!holds) toEnd(list);
    const waiting = holds ? items.length - 1 - place : 0;
    const fresh = document.getElementById(talk.names.fresh);
    fresh.hidden = waiting === 0;
    if (waiting) fresh.textContent = talk.words.new.replace("{n}", waiting);
    talk.seen = items.length;
  }

  /** A search may come back before it has found enough to scroll in: it looks on. */
  function lookOn() {
    if (talk.list.clientHeight > 0 && talk.list.scrollHeight <= talk.list.clientHeight) askOlder();
  }

  const isHolding = () => !document.getElementById(talk.names.fresh).hidden;

  function askOlder() {
    if (!talk.before || talk.asked === talk.before || talk.list.scrollTop > NEAR) return;
    talk.asked = talk.before;
    window.dash_clientside.set_props(talk.names.ask, { data: { before: talk.before, of: talk.of } });
  }

  function attend(listId, newId, askId, untilId, viewerId, answerId) {
    const list = document.getElementById(listId);
    Object.assign(talk, { list, of: null, lines: new Map(), items: new Map(), names: { fresh: newId, ask: askId, until: untilId } });
    list.addEventListener("scroll", () => {
      askOlder();
      if (isAtEnd(list) && isHolding()) render(true);
    });
    list.addEventListener("click", (event) => {
      const viewer = event.target.closest(".viewer");
      if (viewer) window.dash_clientside.set_props(viewerId, { data: viewer.dataset.user });
      const answers = event.target.closest(".answers");
      if (!answers) return;
      answers.disabled = true;
      window.dash_clientside.set_props(answerId, { data: { id: answers.dataset.id, ts: Number(answers.dataset.ts) } });
    });
    let height = list.clientHeight;
    new ResizeObserver(() => {
      if (height === 0) toEnd(list); // a list that was hidden (another tab) comes back at its end
      height = list.clientHeight;
    }).observe(list);
    follow(window.livedashReplay.moment());
  }

  /** Take in the latest page: it goes on from what is loaded where the two meet, and begins anew where they do not. */
  function take(page, pressed, listId, ...ids) {
    const nothing = window.dash_clientside.no_update;
    if (!page) return nothing; // not asked yet
    if (!talk.list?.isConnected || talk.list.id !== listId) attend(listId, ...ids);
    if (window.dash_clientside.callback_context.triggered_id === ids[0]) {
      render(true);
      talk.list.focus();
      return nothing;
    }
    const of = JSON.stringify(page.of);
    const meets = of === talk.of && page.items.some((item) => talk.items.has(item.id));
    const first = page.items.length ? page.items[0].ts : 0;
    const ids_ = new Set(page.items.map((item) => item.id));
    const kept = meets ? [...talk.items.values()].filter((item) => item.ts <= first && !ids_.has(item.id)) : [];
    if (!meets || !kept.length) Object.assign(talk, { before: page.before, asked: null });
    Object.assign(talk, { of, words: page.words, follows: page.follows });
    talk.items = new Map([...kept, ...page.items].map((item) => [item.id, item]));
    render(!meets);
    lookOn();
    return nothing;
  }

  /** Take in an older page, above what is loaded. */
  function takeOlder(page) {
    const nothing = window.dash_clientside.no_update;
    if (!page || JSON.stringify(page.of) !== talk.of || talk.asked === null) return nothing;
    const loaded = [...talk.items.values()];
    talk.items = new Map([...page.items, ...loaded].map((item) => [item.id, item]));
    Object.assign(talk, { before: page.before, asked: null });
    put(isHolding() ? [...page.items, ...loaded.filter((item) => talk.lines.has(item.id))] : visible());
    lookOn();
    return nothing;
  }

  function answered(id) {
    if (!id) return;
    talk.answered.add(id);
    put(visible().filter((item) => talk.lines.has(item.id)));
  }

  /** During a replay the list is asked for up to a little after the moment, and shown up to the moment. */
  function follow(at) {
    const back = talk.at !== null && at !== null && at < talk.at;
    talk.at = at;
    const until = at === null ? null : (Math.floor(at / AHEAD_MS) + 1) * AHEAD_MS;
    if (until !== talk.until) {
      talk.until = until;
      window.dash_clientside.set_props(talk.names.until, { data: until });
    }
    if (back || visible().length !== talk.seen) render(back);
  }

  document.addEventListener("livedash:moment", (event) => {
    if (talk.list?.isConnected && talk.list.checkVisibility()) follow(event.detail.at);
  });

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    talk: { take, takeOlder, answered, everybody: () => null },
  });
})();
