/* Times as the room's clock shows them, midnights and the nights on which clocks change included. It holds no state of a page. */
(function () {
  "use strict";

  const formats = new Map();

  /** 20:03:41 in an IANA time zone, for epoch ms; with the day before it where the LIVE is of several. language: of the page. */
  function written(ms, zone, several) {
    const { lang } = document.documentElement;
    const key = `${lang} ${zone} ${several}`;
    if (!formats.has(key)) {
      const options = { timeZone: zone, hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" };
      if (several) Object.assign(options, { month: "short", day: "numeric" });
      formats.set(key, new Intl.DateTimeFormat(lang, options));
    }
    const parts = formats.get(key).formatToParts(ms);
    // "Nov 24, 20:03:41" is written without its comma, as the server writes it.
    return parts.map(({ type, value }) => (type === "literal" ? value.replace(",", "") : value)).join("");
  }

  window.livedashClock = { written };
})();
