/* The picture of a LIVE: set once and never restarted by a refresh, with the time of the LIVE that it shows. Chromium plays a
   running HLS playlist from its live edge, counts the time from there and cannot seek in it until it has ended; to go back in
   it, the same playlist is asked for as it stands, closed. */
(function () {
  "use strict";

  const HLS = "application/vnd.apple.mpegurl";
  const BEHIND_EDGE = 3; // segments before the end at which a player joins a running stream
  const TRY_AGAIN_MS = 10_000; // between two tries to load a picture that cannot be played
  const AT_MOST_EVERY_MS = 1000;
  const LOOK_AGAIN_MS = 10_000;
  const CLOSE_TO_NOW_MS = 15_000; // nearer to the end of a running stream than this there is only now

  /** What each video element plays: its source, whether at the live edge, where it joined there, what it is to seek, whether it
      plays, and whether it does so only until its first picture is there. */
  const playing = new Map();

  const twoDigits = (number) => String(Math.floor(number)).padStart(2, "0");
  const written = (seconds) => [seconds / 3600, (seconds / 60) % 60, seconds % 60].map(twoDigits).join(":");

  // --------------------------------------------------------------------------------------------- the clock and the picture

  const ties = (source) => [[0, source.startsAt ?? source.liveFrom ?? 0], ...source.jumps];

  /** The moment (epoch ms) that the picture shows at these seconds. */
  function momentAt(source, seconds) {
    const [from, ms] = ties(source).findLast(([from]) => from <= seconds + 0.001) || ties(source)[0];
    return ms + (seconds - from) * 1000;
  }

  /** The seconds of the picture that show this moment; of one that was cut out, those that come after it. */
  function secondsOf(source, moment) {
    const all = ties(source);
    const place = Math.max(0, all.findLastIndex(([, ms]) => ms <= moment));
    const [from, ms] = all[place];
    const until = place + 1 < all.length ? all[place + 1][0] : Infinity;
    return Math.max(0, Math.min(from + (moment - ms) / 1000, until));
  }

  /** Where in the playlist a player joins, in seconds, and when its first picture was; null for a list of lists. */
  async function joinedAt(source) {
    const text = await (await fetch(source.src)).text();
    const lengths = [...text.matchAll(/#EXTINF:([\d.]+)/g)].map((match) => Number(match[1]));
    if (lengths.length === 0) return null;
    return lengths.slice(0, -BEHIND_EDGE).reduce((sum, length) => sum + length, 0);
  }

  /** The moment that is seen, null while there is no telling. */
  function momentOf(video) {
    const state = playing.get(video);
    if (!state?.source?.src || !video.readyState) return null;
    if (state.edge && state.before === null) return null;
    return momentAt(state.source, video.currentTime + (state.edge ? state.before : 0));
  }

  function tellTime(video, clock) {
    const { source, edge } = playing.get(video);
    const moment = momentOf(video);
    clock.hidden = moment === null;
    if (moment === null) return;
    const since = (ms) => written(Math.max(0, (ms - (source.liveFrom ?? source.startsAt)) / 1000));
    const whole = !edge && Number.isFinite(video.duration) ? ` / ${since(momentAt(source, video.duration))}` : "";
    clock.textContent = since(moment) + whole;
  }

  // -------------------------------------------------------------------------------------------------------------- loading

  /** Load the picture from its beginning; at the edge of a running stream that is now. */
  async function load(video, { play, edge }) {
    const state = playing.get(video);
    const { source } = state;
    Object.assign(state, { edge, before: null });
    video.src = edge || !source.soFar ? source.src : `${source.soFar}=${Date.now()}`;
    if (play) video.play().catch(() => {}); // a browser that forbids it leaves the play button
    if (edge) state.before = await joinedAt(source).catch(() => null);
  }

  /** Load the picture; one that nobody sees, or of which another moment is wanted, does not start by itself. */
  function begin(video) {
    const { source, wanted } = playing.get(video);
    const edge = source.growing && !wanted;
    load(video, { play: edge && !video.closest("main > [hidden]"), edge });
  }

  const isStuck = (video) => Boolean(video.error) || video.readyState < video.HAVE_FUTURE_DATA;

  /** A recording that is waited for in vain has broken, though Chromium does not say so. (Now itself may have to be waited for.) */
  function waitFor(video, failed) {
    const state = playing.get(video);
    clearTimeout(state.waits);
    if (state.edge || !video.readyState) return;
    state.waits = setTimeout(() => {
      if (video.isConnected && isStuck(video) && (video.seeking || !video.paused)) mend(video, failed);
    }, TRY_AGAIN_MS);
  }

  /** Load a picture that broke once more: at once the first time, as Chromium now and then breaks a stream by a seek while it
      loads, and then plays it well; from then on every while, and the page says so. */
  function mend(video, failed) {
    const state = playing.get(video);
    const moment = state.edge ? null : momentOf(video);
    if (moment !== null) state.wanted ??= { moment, play: state.plays };
    state.failed = !video.readyState || state.tried || Date.now() - state.mended < TRY_AGAIN_MS;
    failed.hidden = !state.failed;
    clearTimeout(state.again);
    state.again = setTimeout(() => { if (video.isConnected && isStuck(video)) tryAgain(video); }, state.failed ? TRY_AGAIN_MS : 0);
  }

  function tryAgain(video) {
    Object.assign(playing.get(video), { mended: Date.now(), tried: true });
    begin(video);
  }

  function attend(video, clock, failed, now) {
    const state = {
      source: null, edge: false, before: null, wanted: null, failed: false, again: 0, waits: 0, mended: 0, tried: false,
      touched: false, plays: false, blinks: false,
    };
    playing.set(video, state);
    const tell = () => tellTime(video, clock);
    video.addEventListener("timeupdate", tell);
    video.addEventListener("loadedmetadata", () => {
      state.failed = false;
      if (state.wanted) settle(video);
      now.hidden = !state.source.growing;
      tell();
    });
    video.addEventListener("playing", () => { state.tried = false; });
    for (const name of ["loadeddata", "playing"]) video.addEventListener(name, () => { failed.hidden = true; });
    for (const name of ["play", "seeking"]) video.addEventListener(name, () => { state.touched = true; });
    // A browser shows its own controls over a picture that stands still.
    const still = (is) => video.closest(".screen").classList.toggle("still", is);
    still(true);
    video.addEventListener("play", () => { state.plays = !state.blinks; still(false); });
    video.addEventListener("pause", () => { state.plays = state.blinks = false; still(true); });
    for (const name of ["waiting", "seeking", "progress"]) video.addEventListener(name, () => waitFor(video, failed));
    video.addEventListener("error", () => { if (video.getAttribute("src")) mend(video, failed); });
    video.addEventListener("ended", () => {
      if (state.source.growing) goToNow(0, video.id); // what was seen so far ends where now begins
      else if (state.edge) load(video, { play: false, edge: false }); // what was watched live can be sought once loaded anew
    });
    return state;
  }

  /** Go to what was wanted, now that the picture can be sought. */
  function settle(video) {
    const state = playing.get(video);
    const { moment, play } = state.wanted;
    Object.assign(state, { wanted: null, touched: true, plays: play });
    video.currentTime = secondsOf(state.source, moment);
    // A stream that has never played shows nothing: so it plays until its first picture is there.
    state.blinks = Boolean(!play && video.paused && video.muted && !video.played.length && video.requestVideoFrameCallback);
    if (state.blinks) video.requestVideoFrameCallback(() => { if (state.blinks) video.pause(); });
    if (play || state.blinks) video.play().catch(() => {});
    else video.pause();
  }

  /** Whether the picture plays, or will as soon as it has come to what is wanted of it. */
  function isPlaying(video) {
    const state = playing.get(video);
    return state?.wanted ? state.wanted.play : !video.paused && !state?.blinks;
  }

  function play(video) {
    const state = playing.get(video);
    Object.assign(state, { plays: true, blinks: false });
    if (state.wanted) state.wanted.play = true;
    video.play().catch(() => {});
  }

  function pause(video) {
    const state = playing.get(video);
    if (state.wanted) state.wanted.play = false;
    video.pause();
  }

  /** Show the moment (epoch ms), and go on playing from there or stand still. */
  function seek(video, moment, play) {
    const state = playing.get(video);
    const { source } = state;
    if (source.growing && (moment > Date.now() - CLOSE_TO_NOW_MS || !source.soFar)) return goToNow(0, video.id);
    state.wanted = { moment, play };
    const reaches = Number.isFinite(video.duration) && secondsOf(source, moment) < video.duration;
    if (state.failed) {
      if (Date.now() - state.mended > AT_MOST_EVERY_MS) tryAgain(video); // else it is being loaded, and comes to what is wanted last
    } else if (source.growing && (state.edge || !reaches)) load(video, { play: false, edge: false });
    else if (video.readyState > 0) settle(video);
    return undefined;
  }

  // -------------------------------------------------------------------------------------------------------------- callbacks

  /** What was known at the last look for a picture, and when that was, by what asks for it. */
  const looks = new Map();

  /** Look again for the picture if something it hangs on is new, or the last look is some time ago. The page looks by itself
      when it opens, at once with everything else. */
  function lookAgain(known, lookId) {
    const last = looks.get(lookId), now = { known: JSON.stringify(known), at: Date.now() };
    if (last && last.known === now.known && now.at - last.at < LOOK_AGAIN_MS) return;
    looks.set(lookId, now);
    if (last) window.dash_clientside.set_props(lookId, { data: { known, at: now.at } });
  }

  /** Show this source; the same one again changes nothing but what can be done with it. */
  function show(source, videoId, clockId, failedId, nowId) {
    const [video, clock, failed, now] = [videoId, clockId, failedId, nowId].map((id) => document.getElementById(id));
    for (const other of playing.keys()) if (!other.isConnected) playing.delete(other);
    const state = playing.get(video) || attend(video, clock, failed, now);
    const cannot = Boolean(source && source.src) && source.kind === "stream" && !video.canPlayType(HLS);
    const before = state.source && state.source.src;
    state.source = source;
    if (!source || !source.src || cannot) {
      video.removeAttribute("src");
      if (before) video.load();
      clock.hidden = failed.hidden = true;
      return [true, true, !cannot];
    }
    if (before !== source.src) begin(video);
    return [false, !source.growing, true];
  }

  function goToNow(clicks, videoId) {
    const video = document.getElementById(videoId);
    const state = playing.get(video);
    state.wanted = null;
    state.touched = false;
    const edges = video.seekable;
    if (state.source.growing || edges.length === 0) load(video, { play: true, edge: state.source.growing });
    else {
      video.currentTime = edges.end(edges.length - 1);
      video.play().catch(() => {});
    }
  }

  /** The screens for assets/replay.js. */
  window.livedashScreens = {
    all: () => [...playing.keys()].filter((video) => video.isConnected),
    stateOf: (video) => playing.get(video),
    isPlaying,
    play,
    pause,
    goToNow,
    momentOf,
    seek,
    written,
  };

  window.dash_clientside = Object.assign({}, window.dash_clientside, { broadcast: { lookAgain, show, goToNow } });
})();
