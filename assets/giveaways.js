/* The Giveaways tab in the browser: countdowns by the server's clock, the search in the form, and one mark for each form that
   is filled in, so that sending it twice makes one giveaway. Texts are set as text, never as markup. */
(function () {
  "use strict";

  const nothing = () => window.dash_clientside.no_update;

  // --------------------------------------------------------------------------------------------------------------- countdowns

  function left(ms) {
    const seconds = Math.ceil(ms / 1000);
    const two = (n) => String(n).padStart(2, "0");
    const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
    return hours ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
  }

  /** Fill every countdown that is on the page. React gives them no text of its own, so it takes none away. */
  function count() {
    const now = window.livedashClock.asOf() ?? window.livedashClock.now();
    for (const place of document.querySelectorAll(".giveaway-left")) {
      const rest = Number(place.dataset.until) - now;
      const said = rest > 0 ? place.dataset.said.replace("{left}", left(rest)) : place.dataset.over;
      if (place.textContent !== said) place.textContent = said;
    }
  }

  // ------------------------------------------------------------------------------------------------------------------ the list

  /** Make one element like another, and touch only what differs: whatever has the focus or is selected stays what it is. */
  function become(shown, wanted) {
    const ours = "aria-pressed"; // is set here and not by the server
    for (const { name } of [...shown.attributes]) if (name !== ours && !wanted.hasAttribute(name)) shown.removeAttribute(name);
    for (const { name, value } of wanted.attributes) if (shown.getAttribute(name) !== value) shown.setAttribute(name, value);
    if (!shown.dataset.until) fill(shown, wanted); // a countdown fills itself
  }

  /** The same for what they hold. What has another key is another thing, and takes the place of the first. */
  function fill(shown, wanted) {
    const [now, then] = [[...shown.childNodes], [...wanted.childNodes]];
    then.forEach((child, place) => {
      const has = now[place];
      if (!has) shown.append(child.cloneNode(true));
      else if (has.nodeName !== child.nodeName || has.dataset?.key !== child.dataset?.key) has.replaceWith(child.cloneNode(true));
      else if (child.nodeType === Node.ELEMENT_NODE) become(has, child);
      else if (has.data !== child.data) has.data = child.data;
    });
    now.slice(then.length).forEach((child) => child.remove());
  }

  /** Bring the cards into the order of the source first, so that each becomes itself and not its neighbour. */
  function arrange(shown, wanted) {
    const [list, source] = [shown.querySelector("ol"), wanted.querySelector("ol")];
    if (!list || !source) return;
    const cards = new Map([...list.children].map((card) => [card.dataset.key, card]));
    [...source.children].forEach((card, place) => {
      const had = cards.get(card.dataset.key) || card.cloneNode(true);
      if (list.children[place] !== had) list.insertBefore(had, list.children[place] || null);
    });
  }

  let places = null;

  /** What the server says becomes what is seen, once it has been drawn. */
  function draw(children, source, list) {
    places = [source, list];
    requestAnimationFrame(() => setTimeout(take));
  }

  function take() {
    const [source, list] = (places || []).map((id) => document.getElementById(id));
    if (!source || !list || source.querySelector(":scope > .loading")) return;
    arrange(list, source);
    fill(list, source);
    count();
    mark();
  }

  setInterval(() => {
    take();
    count();
    mark();
  }, 500);

  // -------------------------------------------------------------------------------------------------------- what a giveaway did

  /** What to ask: anew for another giveaway, stretch or language, when one begins or ends, and with each minute of the data. */
  function ask(view, chosen, standing, fresh, asked) {
    if (!view) return nothing();
    const minute = Math.floor((view.as_of ?? fresh?.last ?? 0) / 60_000);
    const of = JSON.stringify([view.room, view.window, view.language, view.as_of, chosen, standing, minute]);
    return asked && asked.of === of ? nothing() : { view, id: chosen, of };
  }

  /** The button of the giveaway that is told of says so. */
  function mark() {
    const told = document.querySelector(".giveaway-did[data-of]")?.dataset.of;
    for (const button of document.querySelectorAll(".giveaway-asks")) {
      button.setAttribute("aria-pressed", String(button.dataset.id === told));
    }
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest(".giveaway-asks");
    if (!button) return;
    window.dash_clientside.set_props(button.dataset.into, { data: button.dataset.id });
    document.querySelector(".giveaway-did[data-of]")?.closest(".card").scrollIntoView({ block: "nearest" });
  });

  // ------------------------------------------------------------------------------------------------------------------ the form

  /** A mark for a form that is opened, and nothing wrong with it or said of it yet. (crypto.randomUUID is missing where a page comes by plain http.) */
  function begin() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    return [[...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join(""), "", null, ""];
  }

  let sendings = 0;

  /** The mark goes out with each sending; the number tells one sending from the next. */
  function send(clicks, token) {
    if (!clicks || !token) return nothing();
    sendings += 1;
    return `${token} ${sendings}`;
  }

  /** The products whose name or id holds every word that is searched for. Who searches for another product than is chosen
      means the first that is found; where none is, what is chosen stays. */
  function find(text, products, chosen, id) {
    const words = (text || "").toLowerCase().split(/\s+/).filter(Boolean);
    const holds = (one) => words.every((word) => `${one.label} ${one.search}`.toLowerCase().includes(word));
    const all = products || [], matching = all.filter(holds);
    const found = matching.length ? matching : all.filter((one) => one.value === chosen);
    if (words.length && matching.length && !matching.some((one) => one.value === chosen)) {
      window.dash_clientside.set_props(id, { value: matching[0].value });
    }
    return found.map(({ value, label }) => ({ value, label }));
  }

  /** It is there: the form closes. */
  function made(id, dialog) {
    if (id) document.getElementById(dialog)?.close();
  }

  /** The field that is wrong says so, and the keyboard goes on from it. */
  function wrong(field) {
    document.querySelectorAll(".giveaway-form [aria-invalid]").forEach((place) => place.removeAttribute("aria-invalid"));
    const place = field && document.getElementById(field);
    if (!place) return;
    place.setAttribute("aria-invalid", "true");
    (place.matches("input, select") ? place : place.querySelector("input"))?.focus();
  }

  // ---------------------------------------------------------------------------------------------------------------- what is ended

  document.addEventListener("click", (event) => {
    const button = event.target.closest(".giveaway-ends");
    if (!button) return;
    const { id, name, into, dialog, nameInto } = button.dataset;
    window.dash_clientside.set_props(into, { data: id });
    document.getElementById(nameInto).textContent = name;
    document.getElementById(dialog).showModal();
  });

  // Enter in a field of the form sends it, as in any form.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.target.matches(".giveaway-form input:not([type=search])")) return;
    event.preventDefault();
    event.target.closest("dialog").querySelector(".dialog-foot .btn-primary").click();
  });

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    giveaways: { draw, ask, begin, send, find, made, wrong },
  });
})();
