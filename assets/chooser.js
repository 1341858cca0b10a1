/* The customise dialog: choosing, searching, and putting in order by drag, by keys and by buttons. What it offers comes from
   layouts/parts/chooser.py; what was chosen leaves through dash_clientside.set_props, and only when it is applied. */
(function () {
  "use strict";

  /** An element with properties, attributes and children; text goes in as text, never as markup. */
  function make(tag, properties, attributes, ...children) {
    const element = Object.assign(document.createElement(tag), properties);
    Object.entries(attributes || {}).forEach(([name, value]) => element.setAttribute(name, value));
    element.append(...children);
    return element;
  }

  function fill(phrase, values) {
    return phrase.replace(/\{(\w+)\}/g, (all, name) => (name in values ? values[name] : all));
  }

  /** One open dialog: what is chosen in it so far, and how it looks. */
  class Chooser {
    constructor(dialog, options, kept) {
      this.dialog = dialog;
      this.options = options;
      this.labels = new Map(options.groups.flatMap((group) => group.choices.map((choice) => [choice.key, choice.label])));
      this.chosen = (Array.isArray(kept) ? kept : options.default).filter((key) => this.labels.has(key));
      this.list = dialog.querySelector(".chooser-chosen");
      this.message = dialog.querySelector(".chooser-message");
      this.offer();
      this.list.replaceChildren(...this.chosen.map((key) => this.item(key)));
      this.settle();
      this.say("");
    }

    say(text, refused) {
      this.message.textContent = text;
      this.message.classList.toggle("chooser-refused", Boolean(refused));
    }

    /** The left side: a search, and every group with its choices. */
    offer() {
      const words = this.options.words;
      const search = make("input", { type: "search", className: "form-control chooser-search", placeholder: words.search }, { "aria-label": words.search });
      const nothing = make("p", { className: "chooser-nothing", textContent: words.nothing, hidden: true });
      const groups = this.options.groups.map((group) =>
        make("fieldset", {}, {}, make("legend", { textContent: group.label }), ...group.choices.map((choice) => this.choice(choice))));
      search.addEventListener("input", () => {
        const wanted = search.value.trim().toLowerCase();
        groups.forEach((group) => {
          const choices = [...group.querySelectorAll(".chooser-choice")];
          choices.forEach((choice) => { choice.hidden = !choice.textContent.toLowerCase().includes(wanted); });
          group.hidden = choices.every((choice) => choice.hidden);
        });
        nothing.hidden = !groups.every((group) => group.hidden);
      });
      const pane = make("div", { className: "chooser-options" }, {}, ...groups, nothing);
      this.dialog.querySelector(".chooser-left").replaceChildren(search, pane);
    }

    choice(choice) {
      const box = make("input", { type: "checkbox", value: choice.key, checked: this.chosen.includes(choice.key) });
      box.addEventListener("change", () => (box.checked ? this.add(choice.key, box) : this.remove(choice.key)));
      return make("label", { className: "chooser-choice" }, {}, box,
        make("span", { className: "chooser-label", textContent: choice.label }),
        make("span", { className: "chooser-help", textContent: choice.help }));
    }

    add(key, box) {
      if (this.chosen.length >= this.options.most) {
        box.checked = false;
        this.say(this.options.words.full, true);
        return;
      }
      this.list.append(this.item(key));
      this.settle();
      this.say(fill(this.options.words.added, { name: this.labels.get(key), place: this.chosen.length }));
    }

    remove(key) {
      const item = this.itemOf(key);
      const next = item.nextElementSibling || item.previousElementSibling;
      const focused = item.contains(document.activeElement);
      item.remove();
      this.box(key).checked = false;
      if (focused) (next ? next.querySelector(".chooser-remove") : this.dialog.querySelector(".chooser-search")).focus();
      this.settle();
      this.say(fill(this.options.words.removed, { name: this.labels.get(key) }));
    }

    /** Put an item where another stands; its focused button keeps the focus. */
    move(item, target) {
      if (!target || target === item) return;
      const focused = document.activeElement;
      const after = item.compareDocumentPosition(target) & Node.DOCUMENT_POSITION_FOLLOWING;
      target[after ? "after" : "before"](item);
      if (item.contains(focused)) focused.focus();
      item.scrollIntoView({ block: "nearest" });
      this.settle();
      const place = this.chosen.indexOf(item.dataset.key) + 1;
      this.say(fill(this.options.words.moved, { name: this.labels.get(item.dataset.key), place, count: this.chosen.length }));
    }

    /** One line of the right side. */
    item(key) {
      const name = this.labels.get(key);
      const button = (what, sign, act) => {
        const made = make("button", { type: "button", className: `chooser-${what}`, title: fill(this.options.words[what], { name }) },
          { "aria-label": fill(this.options.words[what], { name }) }, sign);
        made.addEventListener("click", act);
        return made;
      };
      const item = make("li", { draggable: true }, { "data-key": key },
        make("span", { className: "chooser-grip", textContent: "⋮" }, { "aria-hidden": "true" }),
        make("span", { className: "chooser-name", textContent: name }),
        button("up", "↑", () => this.move(item, item.previousElementSibling)),
        button("down", "↓", () => this.move(item, item.nextElementSibling)),
        button("remove", "×", () => this.remove(key)));
      item.addEventListener("keydown", (event) => {
        const target = { ArrowUp: item.previousElementSibling, ArrowDown: item.nextElementSibling }[event.key];
        if (!event.altKey || target === undefined) return;
        event.preventDefault();
        this.move(item, target);
      });
      item.addEventListener("dragstart", (event) => {
        event.dataTransfer.effectAllowed = "move";
        event.dataTransfer.setData("text/plain", key);
        this.dragged = item;
        item.classList.add("chooser-dragged");
      });
      item.addEventListener("dragover", (event) => {
        if (!this.dragged) return;
        event.preventDefault();
        this.move(this.dragged, item);
      });
      item.addEventListener("drop", (event) => event.preventDefault());
      item.addEventListener("dragend", () => {
        item.classList.remove("chooser-dragged");
        this.dragged = null;
      });
      return item;
    }

    itemOf(key) {
      return [...this.list.children].find((item) => item.dataset.key === key);
    }

    box(key) {
      return [...this.dialog.querySelectorAll(".chooser-choice input")].find((box) => box.value === key);
    }

    /** After any change: what the list says is what is chosen. */
    settle() {
      const { words, most } = this.options;
      this.chosen = [...this.list.children].map((item) => item.dataset.key);
      [...this.list.children].forEach((item, place) => {
        this.enable(item.querySelector(".chooser-up"), place > 0);
        this.enable(item.querySelector(".chooser-down"), place < this.chosen.length - 1);
      });
      this.dialog.querySelector(".chooser-count").textContent = fill(words.count, { count: this.chosen.length, most });
    }

    /** aria-disabled rather than disabled: a button that was just used must not lose the focus. */
    enable(button, can) {
      button.setAttribute("aria-disabled", String(!can));
    }

    reset() {
      this.chosen = [...this.options.default];
      this.list.replaceChildren(...this.chosen.map((key) => this.item(key)));
      this.dialog.querySelectorAll(".chooser-choice input").forEach((box) => { box.checked = this.chosen.includes(box.value); });
      this.settle();
      this.say(this.options.words.reset);
    }

    apply() {
      const usual = JSON.stringify(this.chosen) === JSON.stringify(this.options.default);
      window.dash_clientside.set_props(this.options.chosen, { data: usual ? null : this.chosen });
      this.dialog.close();
    }
  }

  /** Open the dialog with this id, with what there is to choose and what was chosen before. */
  function open(clicks, id, options, kept) {
    const dialog = document.getElementById(id);
    const chooser = new Chooser(dialog, options, kept);
    dialog.querySelector(".chooser-reset").onclick = () => chooser.reset();
    dialog.querySelector(".chooser-apply").onclick = () => chooser.apply();
    dialog.showModal();
    dialog.querySelector(".chooser-search").focus();
  }

  window.dash_clientside = Object.assign({}, window.dash_clientside, { chooser: { open } });
})();
