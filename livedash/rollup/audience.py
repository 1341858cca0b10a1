"""What is known of the people: per user the latest word on gender, age, follower status and country, else an aggregate.
Groups are named here as METRICS.md names them; nobody is guessed at."""
from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from livedash.log.vocabulary import PROFILE_FIELDS
from livedash.rollup.growing import Growing

GENDERS = {"f": "female", "female": "female", "woman": "female", "m": "male", "male": "male", "man": "male"}
FOLLOWERS = {
    "new": "new", "new_follower": "new", "existing": "existing", "existing_follower": "existing",
    "follower": "existing", "yes": "existing",
    "none": "none", "non_follower": "none", "not_following": "none", "no": "none",
}  # fmt: skip
FOLLOWING = ("new", "existing")
CROWD = 5
"""Persons among whom one cannot be found out."""
AGES = ("13-17", "18-24", "25-34", "35-44", "45-54", "55+")


def group_name(field: str, label: str) -> str:
    """A profile's value as the name of its group."""
    plain = label.strip().lower().replace(" ", "_").replace("-", "_")
    if field == "gender":
        return GENDERS.get(plain, "unknown")
    if field == "follower":
        return FOLLOWERS.get(plain, "unknown")
    if field == "age":
        return label.strip() if label.strip() in AGES else "unknown"
    return label.strip().upper() if len(label.strip()) == 2 else label.strip()


class People:
    """Per user: whether they entered, whether they paid, and a code per profile field (-1 unknown)."""

    def __init__(self) -> None:
        self._who = {"viewers": Growing(bool, fill=0), "customers": Growing(bool, fill=0)}
        self._codes = {name: Growing(np.int32, fill=-1) for name in PROFILE_FIELDS}
        self._said = {name: Growing(np.int64, fill=np.iinfo(np.int64).min) for name in PROFILE_FIELDS}
        self.profiles = 0

    @property
    def nbytes(self) -> int:
        return sum(c.nbytes for table in (self._who, self._codes, self._said) for c in table.values())

    def came(self, who: str, users: np.ndarray) -> None:
        """Users (codes, -1 nobody) who are "viewers" or "customers"."""
        users = users[users >= 0]
        if len(users):
            self._who[who].resize(int(users.max()) + 1)
            self._who[who].rows[users] = True

    def learn(self, profiles: np.ndarray, names: Mapping[str, list[str]]) -> None:
        """PROFILE rows, and the labels behind each field's codes; of what is said at the same time, the label that is
        last in the alphabet wins."""
        profiles = profiles[profiles["user"] >= 0]
        self.profiles += len(profiles)
        for name in PROFILE_FIELDS:
            rows = profiles[profiles[name] >= 0]
            if len(rows):
                rank = np.argsort(sorted(range(len(names[name])), key=names[name].__getitem__))
                rows = rows[np.lexsort((rank[rows[name]], rows["ts"]))]
                users = rows["user"]
                codes, said = self._codes[name], self._said[name]
                codes.resize(int(users.max()) + 1)
                said.resize(codes.size)
                newer = (rows["ts"] > said.rows[users]) | (
                    (rows["ts"] == said.rows[users]) & (rank[rows[name]] > rank[codes.rows[users]])
                )
                codes.rows[users[newer]] = rows[name][newer]
                said.rows[users[newer]] = rows["ts"][newer]

    def breakdown(
        self, dimension: str, who: str, names: Callable[[str], list[str]], arrived: np.ndarray | None = None
    ) -> dict[str, int]:
        """Persons per group. names(field) lists the labels behind a field's codes. arrived: only those of these users
        (codes, in the order in which they came) who came in whole crowds; see crowds()."""
        everybody = self._known(dimension, np.flatnonzero(self._who[who].rows), names)
        codes = everybody
        if arrived is not None:
            codes = self._known(dimension, arrived, names)
            codes = codes[: crowds(len(codes), len(everybody))]
        out: dict[str, int] = {}
        field = "gender" if dimension == "gender_of_followers" else dimension
        labels = names(field)
        for code, count in enumerate(np.bincount(codes, minlength=len(labels)).tolist()):
            if count:
                group = group_name(field, labels[code])
                out[group] = out.get(group, 0) + count
        return out


    def _known(self, dimension: str, chosen: np.ndarray, names: Callable[[str], list[str]]) -> np.ndarray:
        """The codes that these users have in the dimension, of those who have one, in their order."""
        field = "gender" if dimension == "gender_of_followers" else dimension
        if dimension == "gender_of_followers":
            status = _at(self._codes["follower"].rows, chosen)
            following = [group_name("follower", label) in FOLLOWING for label in names("follower")]
            chosen = chosen[np.array([*following, False], bool)[status]]
        codes = _at(self._codes[field].rows, chosen)
        return codes[codes >= 0]


def crowds(then: int, now: int) -> int:
    """How many of the first `then` persons may be told, of whom there are `now` in the end: as many as make whole
    CROWDs, and so few that the others are one too. Of any two moments, and of now, the same persons or at least CROWD
    others are told: who came in between cannot be found out by subtraction."""
    if then >= now:
        return now
    return max(0, min(then, now - CROWD) // CROWD * CROWD)


def _at(codes: np.ndarray, users: np.ndarray) -> np.ndarray:
    """Codes of users, -1 for those beyond the column."""
    out = np.full(len(users), -1, np.int64)
    inside = users < len(codes)
    out[inside] = codes[users[inside]]
    return out


def from_snapshots(records: list[dict[str, Any]], dimension: str, who: str) -> dict[str, int]:
    """Persons per group by the latest audience_snapshot line of each group."""
    field = "gender" if dimension == "gender_of_followers" else dimension
    out: dict[str, tuple[int, int]] = {}
    for line in records:
        if line.get("dimension") == dimension and line.get("who", "viewers") == who:
            count = line.get("count")
            if isinstance(count, int) and isinstance(line.get("group"), str):
                out[group_name(field, line["group"])] = (line["ts"], count)
    return {group: count for group, (_, count) in out.items()}
