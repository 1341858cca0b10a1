"""Reads rooms' logs into their stores: takes what is new, drops what came before, numbers the rest, commits.
One ingester serves a data directory; it alone writes the stores, and never touches a log."""
from __future__ import annotations

import json
import logging
import os
import threading
import time
import traceback
import zlib
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pandas as pd

from livedash.log.account import MOST_QUARANTINED, Note, Quarantined
from livedash.log.follow import Followed, Taken, Unreadable, log_files, portions, recognise
from livedash.log.parse import Block, Names, Reject, hashes, parse
from livedash.log.vocabulary import PROFILE_FIELDS, TYPES
from livedash.places import is_room_id
from livedash.rollup.keys import KeyTable, Numbering
from livedash.rollup.lock import only_one
from livedash.rollup.store import MANIFEST, DamagedStore, Memory, Store, set_aside
from livedash.rollup.tables import EVENT, KEY, LINE, NAME_KINDS, PROFILE, Delta

BATCH = 65_536
"""Rows that are de-duplicated and committed together while catching up."""
IDLE = 60.0
"""Seconds after which a quiet room's tables are let go from memory."""
RETRY = 2.0
"""Seconds before a room that could not be read or written is opened again, for that means reading its whole store."""
RETRY_BUG = 60.0
"""The same where a bug was met: it will most likely be met again."""
MOST_OPEN = 24
"""Rooms whose tables are open at once: each holds ten files, and a process may hold about a thousand."""
ENTERED = TYPES.index("giveaway_entered")

log = logging.getLogger(__name__)


Signature = dict[str, tuple[int, int, int]]
"""Size, time and inode of each file: while these stand still, nothing is new."""


@dataclass(slots=True)
class _Pending:
    """A parsed block and the file it came from."""

    source: Followed
    block: Block


class RoomIngest:
    """Brings one room's store up to its log. unreadable: files that could not be read at the last look, and why."""

    def __init__(self, folder: Path, store: Store | Memory) -> None:
        """folder: the room's log; what the store holds is loaded. Raises DamagedStore, OSError."""
        self.folder = folder
        self.store = store
        self.signature: Signature = {}
        self.unreadable: dict[str, str] = {}
        self._forget()
        self._load()

    def _forget(self) -> None:
        self._seen = KeyTable()
        self._users, self._orders = Numbering(), Numbering()
        self._names: dict[str, Names] = {kind: Names() for kind in NAME_KINDS}
        self._names["type"].update({name: code for code, name in enumerate(TYPES)})
        self._named: list[list[Any]] = []
        self._pending: list[_Pending] = []
        self._rejected: list[Quarantined] = []

    def _load(self) -> None:
        kept = self.store.load()
        keys = kept.table("keys")
        self._seen = KeyTable(len(keys))
        self._seen.setdefault(np.ascontiguousarray(keys["key"]), keys["content"])
        for numbering, table in ((self._users, "users"), (self._orders, "orders")):
            numbering.codes(kept.table(table))
        for kind, name in kept.text("names"):
            self._names[kind][tuple(name) if isinstance(name, list) else name]

    def refresh(self, now_ms: int | None = None, strict: bool = False) -> bool:
        """Read what is new and commit it; True if the store changed.

        strict: an unreadable file raises Unreadable instead of being tried again later. Raises OSError when the store
        cannot be written; the state in memory is then ahead of the disk, and the room must be opened anew.
        """
        present = log_files(self.folder)
        signature = _signature(present)
        manifest = self.store.manifest
        if signature == self.signature and manifest.revision:
            return False
        before = [(f.name, f.position, f.account.unfinished_bytes) for f in manifest.followed]
        try:
            gone = recognise(manifest.followed, self.folder, present)
        except FileNotFoundError:
            return False  # renamed while we looked; the next look finds it
        if gone and log_files(self.folder).keys() != present.keys():
            return False  # a rotation was under way while we looked: nothing is gone before it is over
        if gone:
            self._start_over(gone)
            manifest = self.store.manifest
            recognise(manifest.followed, self.folder, present)
        self.unreadable = {}
        for one in manifest.followed:
            if self.signature.get(one.name) != signature[one.name] or gone:
                self._read(one, now_ms or int(time.time() * 1000), strict)
        self._flush()
        changed = bool(gone) or before != [(f.name, f.position, f.account.unfinished_bytes) for f in manifest.followed]
        if changed or not manifest.revision:
            self.store.commit()
        self.signature = {name: said for name, said in signature.items() if name not in self.unreadable}
        return changed

    def _start_over(self, gone: list[Followed]) -> None:
        now = int(time.time() * 1000)
        notes = [
            Note(
                now, "bytes-gone",
                f"{one.name} no longer holds the {one.position:,} bytes read from it (deleted, cut or rewritten); "
                "the room was read again from what there is.",
            )
            for one in gone
        ]  # fmt: skip
        for note in notes:
            log.warning("%s: %s", self.folder.name, note.sentence)
        self._forget()
        self.store.start_over(notes)

    def _read(self, one: Followed, now_ms: int, strict: bool) -> None:
        try:
            for taken in portions(self.folder, one):
                self._take(one, taken, now_ms)
        except Unreadable as error:
            if strict:
                raise
            self.unreadable[one.name] = error.strerror or str(error)

    def _take(self, one: Followed, taken: Taken, now_ms: int) -> None:
        account = one.account
        if taken.long_line:
            self._reject(one, taken.offset, account.lines + 1, [taken.long_line])
            account.lines += 1
        if not taken.block:
            return
        block = parse(taken.block, now_ms)
        self._reject(one, taken.offset, account.lines + 1, block.rejects)
        account.lines += block.read
        account.blank += block.blank
        block.rejects = []  # a file of nothing but bad lines must not fill the memory
        if len(block):
            self._pending.append(_Pending(one, block))
        if sum(len(p.block) for p in self._pending) >= BATCH:
            self._flush()
            self.store.commit()

    def _reject(self, one: Followed, offset: int, first_line: int, rejects: list[Reject]) -> None:
        one.account.rejected += len(rejects)
        room_left = MOST_QUARANTINED - self.store.manifest.quarantined
        for bad in rejects[: max(0, room_left)]:
            head = bad.head.decode("utf-8", "replace")
            self._rejected.append(
                Quarantined(one.name, first_line + bad.line, offset + bad.offset, bad.reason, bad.sentence, head)
            )
            self.store.manifest.quarantined += 1

    def _flush(self) -> None:
        """De-duplicate and number what is pending, and append it to the store."""
        pending, self._pending = self._pending, []
        delta = self._delta(pending) if pending else Delta()
        delta.texts["quarantine"], self._rejected = msgspec.to_builtins(self._rejected), []
        if delta:
            self.store.append(delta)

    def _delta(self, pending: list[_Pending]) -> Delta:
        blocks = [p.block for p in pending]
        key = np.concatenate([b.key for b in blocks])
        content = (np.concatenate([b.content for b in blocks]) >> np.uint64(32)).astype(np.uint32)
        fresh, conflict = self._unseen(key, content)
        events = np.empty(len(key), EVENT)
        for name in ("ts", "value"):
            events[name] = np.concatenate([getattr(b, name) for b in blocks])
        for name in ("type", "product", "channel"):
            events[name] = np.concatenate([self._global(name, b)[getattr(b, name)] for b in blocks])
        keep = np.flatnonzero(fresh)
        users, new_users = self._users.codes(np.concatenate([b.user for b in blocks])[keep])
        events["user"] = -1
        events["user"][keep] = users
        self._count(pending, fresh, conflict, events["type"])
        delta = Delta(tables={"users": new_users})
        self._details(delta, pending, fresh, events, key)
        delta.tables["events"] = events[keep]
        kept = np.empty(len(keep), KEY)
        kept["key"], kept["content"] = key[keep], content[keep]
        delta.tables["keys"] = kept
        delta.texts["names"], self._named = self._named, []
        return delta

    def _unseen(self, key: np.ndarray, content: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Which rows are the first of their key, and which of the others say something else than the first did."""
        inverse, distinct = pd.factorize(key)
        first = np.empty(len(distinct), np.int64)
        first[inverse[::-1]] = np.arange(len(key))[::-1]
        held, new = self._seen.setdefault(np.asarray(distinct, np.uint64), content[first])
        fresh = np.zeros(len(key), bool)
        fresh[first[new]] = True
        return fresh, ~fresh & (held[inverse] != content)

    def _global(self, kind: str, block: Block) -> np.ndarray:
        """The room's codes for a block's own; one place more, so that -1 stays -1."""
        names = getattr(block, kind + "s")
        return np.array([self._code(kind, name) for name in names] + [-1], np.int32)

    def _code(self, kind: str, name: Any) -> int:
        known = self._names[kind]
        if name not in known:
            self._named.append([kind, name])
        return known[name]

    def _count(self, pending: list[_Pending], fresh: np.ndarray, conflict: np.ndarray, types: np.ndarray) -> None:
        names = list(self._names["type"])
        at = 0
        for p in pending:
            here = slice(at, at + len(p.block))
            at = here.stop
            account = p.source.account
            good = int(fresh[here].sum())
            account.accepted += good
            account.duplicates += len(p.block) - good
            account.conflicts += int(conflict[here].sum())
            for code, count in enumerate(np.bincount(types[here][fresh[here]]).tolist()):
                if count:
                    account.types[names[code]] = account.types.get(names[code], 0) + count

    def _details(
        self, delta: Delta, pending: list[_Pending], fresh: np.ndarray, events: np.ndarray, key: np.ndarray
    ) -> None:
        """The rows that hold more than columns: money, profiles, entries, comments, records."""
        lines: list[tuple[Any, ...]] = []
        orders: list[str] = []
        own: list[int] = []
        profiles: list[tuple[int, ...]] = []
        texts: dict[str, list[Any]] = defaultdict(list)
        at = 0
        for p in pending:
            for row, order, sku, amount, quantity, currency in p.block.lines:
                if fresh[at + row]:
                    e = events[at + row]
                    orders.append(order or "")
                    own.append(at + row)
                    lines.append((
                        e["ts"], -1 if amount is None else amount, quantity, 0, self._code("sku", sku) if sku else -1,
                        e["user"], e["product"], e["type"], e["channel"],
                        self._code("currency", currency) if currency else -1,
                    ))  # fmt: skip
            for row, values in p.block.profiles:
                if fresh[at + row]:
                    codes = (self._code(f, v) if v else -1 for f, v in zip(PROFILE_FIELDS, values, strict=True))
                    profiles.append((events["ts"][at + row], events["user"][at + row], *codes))
            for row, ref in p.block.entries:
                events["value"][at + row] = self._code("giveaway", ref) if fresh[at + row] else 0
            for name in ("comments", "records"):
                for row, fields in getattr(p.block, name):
                    if fresh[at + row]:
                        texts[name].append({**fields, "ts": int(events["ts"][at + row])})
            at += len(p.block)
        if lines:
            table = np.array(lines, LINE)
            # A line without an order id is an order of its own, known by its event.
            ids = np.where([not o for o in orders], key[own], hashes(orders))
            table["order"], delta.tables["orders"] = self._orders.codes(ids)
            delta.tables["lines"] = table
        if profiles:
            delta.tables["profiles"] = np.array(profiles, PROFILE)
        delta.texts.update(texts)


class Ingester:
    """Keeps every room of a data directory up to date, one look after the other."""

    def __init__(self, rooms_dir: Path, cache_dir: Path) -> None:
        self.rooms_dir, self.cache_dir = rooms_dir, cache_dir
        self.trouble: dict[str, str] = {}
        self._rooms: dict[str, tuple[RoomIngest, float]] = {}
        self._idle: dict[str, Signature] = {}
        self._again: dict[str, float] = {}

    def run(self, stop: threading.Event, every: float = 0.25) -> None:
        """Look again and again until `stop` is set. Raises Problem("ingester-running") if another one does."""
        with only_one(self.cache_dir / "ingester.lock"):
            while not stop.is_set():
                self.refresh()
                self._beat()
                stop.wait(every)
            for room, _ in self._rooms.values():
                room.store.close()

    def refresh(self) -> None:
        """One look at every room."""
        try:
            names = room_ids(self.rooms_dir)
        except OSError as error:
            for name in self._rooms:
                self._say(name, _why(error))
            return
        for name in self._rooms.keys() - set(names):
            self._let_go(name)
            self._say(name, "")
        for name in names:
            if time.monotonic() < self._again.get(name, 0.0):
                continue
            try:
                room = self._refresh(name)
                files = room.unreadable if room else {}
                self._say(name, "; ".join(f"{file}: {why}" for file, why in files.items()))
            except OSError as error:
                self._break_off(name, RETRY)
                self._say(name, _why(error))
            except Exception as bug:  # of one room: the others go on
                self._break_off(name, RETRY_BUG)
                self._say(name, f"a bug in livedash; reference {_reference(bug)} stands in the log", bug)

    def _break_off(self, name: str, again_s: float) -> None:
        """Let go of a room whose state in memory may be ahead of its store; it is opened anew, though not at once."""
        room, _ = self._rooms.pop(name, (None, 0.0))
        if room:
            room.store.close()
        self._again[name] = time.monotonic() + again_s

    def _say(self, name: str, trouble: str, bug: Exception | None = None) -> None:
        if not trouble:
            self.trouble.pop(name, None)
        elif trouble != self.trouble.get(name):
            log.error("%s: reading the log stopped: %s", name, trouble, exc_info=bug)
            self.trouble[name] = trouble

    def _refresh(self, name: str) -> RoomIngest | None:
        """One look at a room; None where it is not even opened, since nothing was new for long."""
        folder, home = self.rooms_dir / name, self.cache_dir / "rooms" / name
        if name in self._rooms and not (home / MANIFEST).exists():
            self._let_go(name)  # whoever deletes the cache means it to be made again
        if name not in self._rooms:
            if self._idle.get(name) == _signature(log_files(folder)) and (home / MANIFEST).exists():
                return None
            while len(self._rooms) >= MOST_OPEN:
                self._let_go(min(self._rooms, key=lambda other: self._rooms[other][1]))
            self._rooms[name] = (open_room(folder, home), time.monotonic())
        room, since = self._rooms[name]
        if room.refresh():
            self._rooms[name] = (room, time.monotonic())
        elif time.monotonic() - since > IDLE:
            self._let_go(name)
        return room

    def _let_go(self, name: str) -> None:
        """Forget a room's tables until its files change again."""
        room, _ = self._rooms.pop(name)
        self._idle[name] = room.signature
        room.store.close()

    def _beat(self) -> None:
        """Say that someone is reading, and what stands in the way; when even that fails, silence says it."""
        path = self.cache_dir / "heartbeat.json"
        try:
            aside = path.with_suffix(".new")
            aside.write_text(json.dumps({"at": int(time.time() * 1000), "pid": os.getpid(), "trouble": self.trouble}))
            os.replace(aside, path)
        except OSError:
            log.debug("the heartbeat could not be written", exc_info=True)


def _why(error: OSError) -> str:
    return f"{error.strerror or error} ({error.filename or 'data/cache'})"


def _reference(bug: Exception) -> str:
    """What a bug is called in the log: the same for the same bug at the same place, so that it is told once."""
    frames = traceback.extract_tb(bug.__traceback__)
    return f"{zlib.crc32(repr((type(bug).__name__, [(frame.name, frame.lineno) for frame in frames])).encode()):08x}"


def _signature(present: dict[str, os.stat_result]) -> Signature:
    return {name: (s.st_size, s.st_mtime_ns, s.st_ino) for name, s in present.items()}


def room_ids(rooms_dir: Path) -> list[str]:
    """The rooms there are: folders with a proper name. A hidden one is a room only if it has a log: others are those of
    other programs."""
    return sorted(e.name for e in _folders(rooms_dir) if is_room_id(e.name) and (e.name[0] != "." or _has_log(e)))


def misnamed(rooms_dir: Path) -> list[str]:
    """Folders with a log whose name cannot be that of a room."""
    return sorted(e.name for e in _folders(rooms_dir) if not is_room_id(e.name) and _has_log(e))


def _folders(rooms_dir: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(rooms_dir) as entries:
            return [entry for entry in entries if entry.is_dir()]
    except FileNotFoundError:
        return []


def _has_log(folder: os.DirEntry[str]) -> bool:
    try:
        return bool(log_files(Path(folder.path)))
    except OSError:
        return False


def open_room(folder: Path, store_folder: Path) -> RoomIngest:
    """A room with its store; a damaged store is set aside and the room read again. Raises OSError."""
    try:
        return _loaded(folder, store_folder)
    except DamagedStore as damage:
        aside = set_aside(store_folder)
        log.warning("%s: %s; it was set aside as %s and the log is read again", folder.name, damage, aside.name)
        return _loaded(folder, store_folder)


def _loaded(folder: Path, store_folder: Path) -> RoomIngest:
    """The room with what its store holds; where that cannot be loaded, no file of the store stays open."""
    store = Store(store_folder)
    try:
        return RoomIngest(folder, store)
    except BaseException:
        store.close()
        raise
