/* The Violations tab: the dialog in which an appeal is written, looked over and submitted with its evidence, how an appeal was
   decided, and the card that the address names. What is typed and what strangers wrote is set as text, never as markup. */
(function () {
  "use strict";

  const DIALOG = "violations-appeal";
  const TRIES = 20; // how often the page asks for news of what was just done
  const at = (name) => document.getElementById(`${DIALOG}-${name}`);
  const make = (kind, more = {}, ...children) => {
    const made = Object.assign(document.createElement(kind), more);
    made.append(...children);
    return made;
  };
  const fill = (phrase, values) => phrase.replace(/\{(\w+)\}/g, (all, name) => (name in values ? values[name] : all));

  let words = null;

  /** The appeal that is written: of which violation, where it goes, its files; and what is kept of others. */
  const appeal = { ref: null, to: null, files: [], sending: false };
  const files = new Map();

  // --------------------------------------------------------------------------------------------------------- what is written

  const draftKey = () => `livedash-appeal ${appeal.to} ${appeal.ref}`;
  const reason = () => at("reason").querySelector("input:checked")?.value ?? "";

  function keep() {
    if (appeal.ref === null) return;
    try {
      sessionStorage.setItem(draftKey(), JSON.stringify({ reason: reason(), text: at("text").value }));
    } catch {
      // A browser that keeps nothing: the draft lasts as long as the page.
    }
  }

  function draft() {
    try {
      return JSON.parse(sessionStorage.getItem(draftKey())) ?? {};
    } catch {
      return {};
    }
  }

  function count() {
    at("count").textContent = fill(words.count, { n: at("text").value.length, most: words.longest.toLocaleString() });
  }

  function trouble(said) {
    at("trouble").textContent = said || "";
    at("trouble").hidden = !said;
  }

  // ------------------------------------------------------------------------------------------------------------------- files

  const ending = (name) => (name.match(/\.[^.]+$/) || [""])[0].toLowerCase();
  const size = ({ size: bytes }) =>
    bytes < 1048576 ? fill(words.small, { n: Math.ceil(bytes / 1024) }) : fill(words.size, { n: (bytes / 1048576).toFixed(1) });

  function wrong(file) {
    const said = { file: file.name, most: words.largest };
    if (!words.endings.includes(ending(file.name))) {
      return fill(words.kind, { ...said, kinds: words.endings.map((one) => one.slice(1)).join(", ") });
    }
    return file.size > words.largest * 1048576 ? fill(words.large, said) : "";
  }

  function add(chosen) {
    const said = [...chosen].map(wrong).find(Boolean);
    const fine = [...chosen].filter((file) => !wrong(file));
    const all = [...appeal.files, ...fine];
    trouble(said || (all.length > words.most ? fill(words.many, { n: all.length, most: words.most }) : ""));
    appeal.files = all.slice(0, words.most);
    listFiles();
  }

  function listFiles() {
    files.set(draftKey(), appeal.files);
    at("files").replaceChildren(
      ...appeal.files.map((file, place) => {
        const away = make("button", { type: "button", className: "btn btn-link cross", textContent: "×" });
        away.setAttribute("aria-label", fill(words.remove, { file: file.name }));
        away.addEventListener("click", () => {
          appeal.files = appeal.files.filter((_, other) => other !== place);
          listFiles();
          at("pick").querySelector("input").focus();
        });
        return make("li", {}, make("bdi", { textContent: file.name }), ` ${size(file)} `, away);
      }),
    );
  }

  /** A file field of our own: Dash has one only for files that travel inside a callback. */
  function filePicker() {
    const field = make("input", { type: "file", multiple: true, accept: words.endings.join(","), className: "visually-hidden" });
    field.addEventListener("change", () => {
      add(field.files);
      field.value = "";
    });
    return make("label", { className: "btn btn-quiet" }, words.pick, field);
  }

  // ------------------------------------------------------------------------------------------------------------------- steps

  function step(isPreview) {
    at("write").hidden = isPreview;
    at("preview").hidden = !isPreview;
    at("on").hidden = isPreview;
    at("back").hidden = !isPreview;
    at("submit").hidden = !isPreview;
  }

  function busy(isBusy) {
    appeal.sending = isBusy;
    const button = at("submit");
    button.dataset.said ??= button.textContent;
    button.disabled = isBusy;
    at("back").disabled = isBusy;
    button.textContent = isBusy ? words.sending : button.dataset.said;
  }

  function open(button) {
    if (!words) return; // the page is still coming
    furnish();
    const { ref, to, about, until, untilSaid } = button.dataset;
    Object.assign(appeal, { ref, to, sending: false });
    appeal.files = files.get(draftKey()) ?? [];
    const before = draft();
    at("about").textContent = about;
    const isLate = until && Number(until) < window.livedashClock.now();
    at("until").textContent = until ? (isLate ? `${untilSaid} ${words.late}` : untilSaid) : "";
    at("text").value = before.text ?? "";
    const chosen = before.reason in words.reasons ? before.reason : Object.keys(words.reasons)[0];
    window.dash_clientside.set_props(`${DIALOG}-reason`, { value: chosen });
    trouble("");
    busy(false);
    step(false);
    count();
    listFiles();
    document.getElementById(DIALOG).showModal();
    at("text").focus();
  }

  function preview() {
    const text = at("text").value.trim();
    trouble(text ? "" : words.empty);
    if (!text) return at("text").focus();
    const shown = appeal.files.map((file) => make("li", {}, make("bdi", { textContent: file.name }), ` ${size(file)}`));
    at("preview").replaceChildren(
      make("p", { className: "strong", textContent: words.reasons[reason()] }),
      make("blockquote", { className: "violation-said", textContent: text }),
      shown.length ? make("ul", { className: "evidence" }, ...shown) : make("p", { className: "muted", textContent: words.noFiles }),
      make("p", { className: "muted small", textContent: words.check }),
    );
    step(true);
    at("preview").focus();
    return undefined;
  }

  function back() {
    trouble("");
    step(false);
    at("text").focus();
  }

  /** Everything goes at once; what fails leaves all that was typed where it is. */
  async function submit() {
    if (appeal.sending) return;
    busy(true);
    trouble("");
    const body = new FormData();
    body.append("violation", appeal.ref);
    body.append("reason", reason());
    body.append("text", at("text").value);
    body.append("as_of", window.livedashClock.asOf() ?? ""); // the time machine may have been switched on meanwhile
    appeal.files.forEach((file) => body.append("evidence", file, file.name));
    const { ref } = appeal;
    const said = await answered(appeal.to, body);
    busy(false);
    if (!said.ok) {
      trouble(said.text);
      return;
    }
    sessionStorage.removeItem(draftKey());
    files.delete(draftKey());
    document.getElementById(DIALOG).close();
    tell(said.text);
    follow(ref);
  }

  async function answered(to, body) {
    try {
      const response = await fetch(to, { method: "POST", body });
      const text = await response.text();
      try {
        return { ok: response.ok, text: JSON.parse(text).said };
      } catch {
        return { ok: false, text: text.trim() || words.away };
      }
    } catch {
      return { ok: false, text: words.away };
    }
  }

  // --------------------------------------------------------------------------------------------------- what comes afterwards

  const cards = () => [...document.querySelectorAll(".violation-card")];
  const cardOf = (ref) => cards().find((card) => card.dataset.ref === ref);
  const said = () => document.getElementById("violations-cards-said");

  function tell(text) {
    said().textContent = text;
  }

  /** Ask for news until the card tells what was done: the page of a LIVE that is over asks for none by itself. */
  function follow(ref) {
    const was = cardOf(ref)?.dataset.state;
    let tries = 0;
    const look = () => {
      const card = cardOf(ref);
      if (card && card.dataset.state === was && tries < TRIES) {
        tries += 1;
        if (!window.dash_clientside.shell.busy()) window.dash_clientside.set_props("shell-asked", { data: -Date.now() });
        window.setTimeout(look, Math.min(3000, 300 + 150 * tries));
      } else if (card && document.activeElement === document.body) {
        card.focus({ preventScroll: true }); // the button that was pressed is gone
      }
    };
    window.setTimeout(look, 200);
  }

  function decide(button) {
    const { ref, outcome } = button.dataset;
    button.disabled = true;
    window.setTimeout(() => (button.disabled = false), 2000);
    window.dash_clientside.set_props("violations-cards-order", { data: { ref, outcome, asked: Date.now() } });
    tell(said().dataset.recorded);
    follow(ref);
  }

  /** Copy the appeal, and open the console where its address is known. */
  async function copy(button) {
    const { text, console: address } = button.dataset;
    const opened = address ? window.open(address, "_blank", "noopener,noreferrer") : null;
    await window.livedashClipboard.copy(text, button.parentElement);
    tell(said().dataset.copied);
    button.dataset.label ??= button.textContent;
    button.textContent = `✓ ${said().dataset.copied}`;
    window.setTimeout(() => (button.textContent = button.dataset.label), 2000);
    return opened;
  }

  // -------------------------------------------------------------------------------------------- deadlines, and the address

  function left(span) {
    const ms = Number(span.dataset.until) - window.livedashClock.now();
    const [phrase, unit] = ms > 172_800_000 ? ["days", 86_400_000] : ms > 7_200_000 ? ["hours", 3_600_000] : ["minutes", 60_000];
    span.textContent = ms > 0 ? span.dataset[phrase].replace("{n}", Math.floor(ms / unit)) : span.dataset.over;
    span.classList.toggle("soon", ms < 172_800_000);
  }

  const count_down = () => document.querySelectorAll(".until-left").forEach(left);
  window.setInterval(count_down, 20_000);

  let revealed = null;

  /** Bring the card that the address names into sight, once. Where the choice of states hides it, all are shown. */
  function reveal() {
    const wanted = new URLSearchParams(window.location.search).get("violation");
    if (!wanted || !window.location.pathname.endsWith("/violations") || revealed === window.location.href) return;
    const all = cards();
    const card = all.find(({ dataset }) => dataset.ref === wanted || JSON.parse(dataset.ids).includes(wanted));
    if (card) {
      revealed = window.location.href;
      card.scrollIntoView({ block: "start" });
      card.focus({ preventScroll: true });
      return;
    }
    const filter = document.querySelector("#violations-cards-filter input:checked");
    if (filter && filter.value !== "all") window.dash_clientside.set_props("violations-cards-filter", { value: "all" });
  }

  // A card that has come to say other things may have other controls; the keyboard stays on the card.
  let held = null;
  const CONTROLS = ["appeals", "decides", "copies-appeal", "plays", "soft"];

  function hold(element) {
    const card = element.closest?.(".violation-card");
    if (!card) return (held = null);
    const name = CONTROLS.find((one) => element.classList.contains(one));
    const place = [...card.querySelectorAll(`.${name}`)].indexOf(element);
    return (held = { ref: card.dataset.ref, name, place, outcome: element.dataset.outcome });
  }

  function holdOn() {
    if (!held || document.activeElement !== document.body) return;
    const card = cardOf(held.ref);
    const alike = held.name ? [...(card?.querySelectorAll(`.${held.name}`) ?? [])] : [];
    // A button that says another outcome in the place of the one before is not what the hand is on.
    const control = held.outcome ? alike.find(({ dataset }) => dataset.outcome === held.outcome) : alike[held.place];
    (control || card)?.focus({ preventScroll: true });
  }

  document.addEventListener("focusin", (event) => hold(event.target));

  function shown() {
    requestAnimationFrame(() => {
      holdOn();
      count_down();
      reveal();
    });
    return window.dash_clientside.no_update;
  }

  // ------------------------------------------------------------------------------------------------------------------ hands

  const BUTTONS = { on: preview, back, submit };

  function phrases(said) {
    words = said;
    return window.dash_clientside.no_update;
  }

  /** Make the dialog work: its page may have come anew since. */
  function furnish() {
    if (at("pick").firstChild) return;
    at("pick").replaceChildren(filePicker());
    for (const [name, act] of Object.entries(BUTTONS)) at(name).onclick = act;
    at("write").oninput = () => {
      count();
      keep();
    };
  }

  document.addEventListener("click", (event) => {
    const pressed = (name) => event.target.closest(`.${name}`);
    if (pressed("appeals")) open(pressed("appeals"));
    if (pressed("decides")) decide(pressed("decides"));
    if (pressed("copies-appeal")) copy(pressed("copies-appeal"));
  });

  window.dash_clientside = Object.assign({}, window.dash_clientside, { violations: { phrases, shown } });
})();
