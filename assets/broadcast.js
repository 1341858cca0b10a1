/* The picture of a LIVE: set once and never restarted by a refresh, with the time of the LIVE that it shows. Chromium plays a
   running HLS playlist from its live edge, counts the time from there and cannot seek in it until it has ended. */
(function () {
  "use strict";

  const HLS = "application/vnd.apple.mpegurl";
  const BEHIND_EDGE = 3; // segments before the end at which a player joins a running stream
  const TRY_AGAIN_MS = 10_000;
  const LOOK_AGAIN_MS = 10_000;

  /** What each video element plays: its source, and the seconds of the playlist before the picture it joined at. */
  const playing = new WeakMap();

  const twoDigits = (number) => String(Math.floor(number)).padStart(2, "0");
  const written = (seconds) => [seconds / 3600, (seconds / 60) % 60, seconds % 60].map(twoDigits).join(":");

  /** Where in the playlist a player joins, in seconds, and when its first picture was; null for a list of lists. */
  async function joinedAt(source) {
    const text = await (await fetch(source.src)).text();
    const lengths = [...text.matchAll(/#EXTINF:([\d.]+)/g)].map((match) => Number(match[1]));
    if (lengths.length === 0) return null;
    const clock = text.match(/#EXT-X-PROGRAM-DATE-TIME:(\S+)/);
    const before = lengths.slice(0, -BEHIND_EDGE).reduce((sum, length) => sum + length, 0);
    return { before, startsAt: clock ? Date.parse(clock[1]) : source.startsAt };
  }

  function tellTime(video, clock) {
    const state = playing.get(video);
    const live = state.source.growing && video.seekable.length === 0;
    const startsAt = live ? state.joined && state.joined.startsAt : state.source.startsAt;
    clock.hidden = live ? !state.joined : !video.readyState;
    if (clock.hidden) return;
    const ahead = startsAt && state.source.liveFrom ? (startsAt - state.source.liveFrom) / 1000 : 0;
    const seen = Math.max(0, ahead + video.currentTime + (live ? state.joined.before : 0));
    const whole = !live && Number.isFinite(video.duration) ? ` / ${written(ahead + video.duration)}` : "";
    clock.textContent = written(seen) + whole;
  }

  /** Load the picture from its beginning, which of a running stream is now. */
  async function load(video, play) {
    const state = playing.get(video);
    state.joined = null;
    video.src = state.source.src;
    if (play) video.play().catch(() => {}); // a browser that forbids it leaves the play button
    if (state.source.kind === "stream" && state.source.growing) state.joined = await joinedAt(state.source).catch(() => null);
  }

  function attend(video, clock, failed) {
    const state = { source: null, joined: null, failedAt: 0 };
    playing.set(video, state);
    video.addEventListener("timeupdate", () => tellTime(video, clock));
    video.addEventListener("loadedmetadata", () => tellTime(video, clock));
    video.addEventListener("playing", () => { failed.hidden = true; });
    video.addEventListener("error", () => {
      if (!video.getAttribute("src")) return;
      state.failedAt = Date.now();
      failed.hidden = false;
    });
    // What was watched live can be sought once it is loaded anew.
    video.addEventListener("ended", () => { if (!state.source.growing && video.seekable.length === 0) load(video, false); });
    return state;
  }

  /** Whether to look again for the picture: something it hangs on is new, or the last look is some time ago. */
  function worthALook(known, last) {
    const same = last && JSON.stringify(last.known) === JSON.stringify(known);
    return same && Date.now() - last.at < LOOK_AGAIN_MS ? window.dash_clientside.no_update : { known, at: Date.now() };
  }

  /** Show this source; the same one again changes nothing but what can be done with it. */
  function show(source, videoId, clockId, failedId) {
    const [video, clock, failed] = [videoId, clockId, failedId].map((id) => document.getElementById(id));
    const state = playing.get(video) || attend(video, clock, failed);
    const cannot = Boolean(source && source.src) && source.kind === "stream" && !video.canPlayType(HLS);
    const before = state.source && state.source.src;
    state.source = source;
    if (!source || !source.src || cannot) {
      video.removeAttribute("src");
      if (before) video.load();
      clock.hidden = failed.hidden = true;
      return [true, true, !cannot];
    }
    const tryAgain = !failed.hidden && Date.now() - state.failedAt > TRY_AGAIN_MS;
    if (before !== source.src || tryAgain) load(video, source.growing);
    return [false, !source.growing, true];
  }

  function goToNow(clicks, videoId) {
    const video = document.getElementById(videoId);
    const edges = video.seekable;
    if (edges.length === 0) load(video, true);
    else {
      video.currentTime = edges.end(edges.length - 1);
      video.play().catch(() => {});
    }
  }

  window.dash_clientside = Object.assign({}, window.dash_clientside, { broadcast: { worthALook, show, goToNow } });
})();
