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

  /** Fill every countdown that is on the page. They are drawn without a text of their own, so no refresh takes it away. */
  function count() {
    const now = window.livedashClock.asOf() ?? window.livedashClock.now();
    for (const place of document.querySelectorAll(".giveaway-left")) {
      const rest = Number(place.dataset.until) - now;
      const said = rest > 0 ? place.dataset.said.replace("{left}", left(rest)) : place.dataset.over;
      if (place.textContent !== said) place.textContent = said;
    }
  }

  function bringUpToDate() {
    count();
    mark();
  }
  setInterval(bringUpToDate, 500);
  document.addEventListener("livedash:drawn", bringUpToDate);

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
    giveaways: { ask, begin, send, find, made, wrong },
  });
})();
