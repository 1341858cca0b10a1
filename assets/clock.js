/* Times as the room's clock shows them, midnights and the nights on which clocks change included; and what time it is on the
   server, whose clock counts. It holds no other state of a page. */
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

  /** What the server said last: when that was, how far its clock is ahead of ours, and the moment that is shown instead of now. */
  const server = { now: null, ahead: 0, asOf: null };

  /** Take in what the server says of now. What it says again is of then, and tells nothing of its clock. Returns how far that is
      ahead of ours (ms). */
  function hear(fresh) {
    if (fresh.now !== server.now) Object.assign(server, { now: fresh.now, ahead: fresh.now - Date.now() });
    server.asOf = fresh.asOf ?? null;
    return server.ahead;
  }

  /** Now, by the server's clock (epoch ms). */
  const now = () => Date.now() + server.ahead;

  /** The moment that the time machine shows, null where what is shown is of now. */
  const asOf = () => server.asOf;

  window.livedashClock = { written, hear, now, asOf };
})();
