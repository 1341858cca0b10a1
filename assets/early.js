/* Runs before the first paint: the theme that was chosen, or the system's, is put on the page and told to the server. */
(function () {
  "use strict";
  const KEY = "livedash-theme";
  const system = window.matchMedia("(prefers-color-scheme: dark)");

  function choice() {
    try {
      return localStorage.getItem(KEY) || "system";
    } catch {
      return "system";
    }
  }

  /** Paint the page in the chosen theme; returns the theme it comes to. */
  function paint() {
    const chosen = choice();
    const theme = chosen === "system" ? (system.matches ? "dark" : "light") : chosen;
    document.documentElement.dataset.bsTheme = theme;
    document.documentElement.dataset.agThemeMode = theme;
    document.cookie = `${KEY}=${chosen}-${theme}; path=/; max-age=31536000; SameSite=Lax`;
    return theme;
  }

  function choose(chosen) {
    try {
      localStorage.setItem(KEY, chosen);
    } catch {
      // A browser that keeps nothing still changes for this visit.
    }
    return paint();
  }

  window.livedashTheme = { choice, choose, paint };
  system.addEventListener("change", () => {
    const theme = paint();
    if (window.dash_clientside) window.dash_clientside.set_props("shell-theme", { data: theme });
  });
  paint();
})();
