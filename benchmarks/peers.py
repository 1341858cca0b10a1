"""The same answers by other means: each peer holds the events in memory and computes every panel anew from them.
They are spared what livedash does besides: they check no line, keep nothing on disk, de-duplicate no new lines."""
from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any, Protocol

import duckdb
import orjson
import pandas as pd
import polars as pl

from livedash.log.vocabulary import TYPES

STEPS = ("view", "product_impression", "product_click", "add_to_cart", "order_paid")
PROFILE = ("gender", "age", "follower", "country")
COUNTED = (
    "impression", "view", "leave", "product_impression", "product_click", "add_to_cart", "comment", "share", "follow",
)  # fmt: skip
TEXTS = (
    "event_id", "type", "user_id", "source", "product_id", "sku_id", "price", "order_id", "text", "title",
    *PROFILE,
)  # fmt: skip
FIVE_MINUTES = 300_000
SPARKS, POINTS = 40, 240
LONG = 60_000
OPEN = 2**62

Answers = dict[str, Any]
"""Panel to its figures: plain ints, and dicts of them. Two makers agree when these are equal."""


class Peer(Protocol):
    """Something that takes lines in and computes the panels from all of them."""

    name: str

    def load(self, log: Path) -> None: ...
    def append(self, lines: list[bytes]) -> None: ...
    def answers(self) -> Answers: ...


class Polars:
    """Polars in memory, low-cardinality columns as categories."""

    name = f"polars {pl.__version__}"
    schema = pl.Schema({
        **dict.fromkeys(TEXTS, pl.String), "ts": pl.Int64, "paid": pl.Boolean, "quantity": pl.Int64, "count": pl.Int64,
    })  # fmt: skip

    def _read(self, source: Any) -> pl.DataFrame:
        few = pl.col("type", "source", "product_id", *PROFILE).cast(pl.Categorical)
        price = pl.col("price").cast(pl.Decimal(18, 4)).cast(pl.Float64) * 10_000
        frame = pl.read_ndjson(source, schema=self.schema)
        return frame.with_columns(few, amount=price.round().cast(pl.Int64) * pl.col("quantity"))

    def load(self, log: Path) -> None:
        self.events = self._read(log).unique(["event_id", "type"], keep="first")

    def append(self, lines: list[bytes]) -> None:
        self.events = self.events.vstack(self._read(b"".join(lines)))

    def answers(self) -> Answers:
        events = self.events
        [(start, last)] = events.select(start=pl.col("ts").min(), last=pl.col("ts").max()).rows()
        end = last + 1
        same_user = pl.col("user_id").shift(-1) == pl.col("user_id")
        people = events.filter(pl.col("type").is_in(["view", "leave"]) & pl.col("user_id").is_not_null())
        stays = (
            people.select("user_id", "ts", leave=pl.col("type") == "leave")
            .sort("user_id", "ts", "leave")
            .with_columns(until=pl.when(same_user).then(pl.col("ts").shift(-1)).otherwise(OPEN))
            .filter(~pl.col("leave"))
        )

        def stretch(a: int, b: int) -> Answers:
            inside = events if (a, b) == (start, end) else events.filter(pl.col("ts").is_between(a, b, closed="left"))
            stayed = stays.filter((pl.col("ts") < b) & (pl.col("until") > a))
            spent = pl.min_horizontal("until", pl.lit(b)) - pl.max_horizontal("ts", pl.lit(a))
            long = (pl.col("ts") >= a) & (pl.min_horizontal("until", pl.lit(b)) - pl.col("ts") > LONG)
            paid = pl.col("type") == "order_paid"
            counts = dict(inside.group_by("type").len().iter_rows())
            row = inside.select(
                viewers=pl.col("user_id").filter(pl.col("type") == "view").n_unique(),
                customers=pl.col("user_id").filter(paid).n_unique(),
                orders=pl.col("order_id").filter(paid).n_unique(),
                created_orders=pl.col("order_id").filter(pl.col("type") == "order_created").n_unique(),
                sku_orders=pl.struct("order_id", "sku_id").filter(paid).n_unique(),
                items=pl.col("quantity").filter(paid).sum(),
                gmv=pl.col("amount").filter(paid).sum(),
                refunds=pl.col("amount").filter(pl.col("type") == "order_refunded").sum(),
                likes=pl.col("count").filter(pl.col("type") == "like").sum(),
            ).row(0, named=True)
            viewing = stayed.select(viewing_ms=spent.sum(), long_views=long.sum()).row(0, named=True)
            return {**{kind: counts.get(kind, 0) for kind in COUNTED}, **row, **viewing}

        paid = pl.col("type") == "order_paid"

        def course(points: int) -> tuple[pl.DataFrame, ...]:
            step = (pl.col("ts") - start) // -(-(end - start) // points)
            return (
                events.group_by(step, "type").agg(pl.len(), pl.col("amount").sum(), pl.col("count").last()),
                events.filter(pl.col("type") == "view").group_by(step).agg(pl.col("user_id").n_unique()),
                events.filter(paid).group_by(step).agg(pl.col("user_id", "order_id").n_unique()),
            )

        by_channel = events.filter(pl.col("source").is_not_null()).group_by("source", "paid").agg(
            impressions=(pl.col("type") == "impression").sum(),
            views=(pl.col("type") == "view").sum(),
            viewers=pl.col("user_id").filter(pl.col("type") == "view").n_unique(),
            product_clicks=(pl.col("type") == "product_click").sum(),
            orders=pl.col("order_id").filter(paid).n_unique(),
            gmv=pl.col("amount").filter(paid).sum(),
        )  # fmt: skip
        by_product = events.filter(pl.col("product_id").is_not_null()).group_by("product_id").agg(
            product_impressions=(pl.col("type") == "product_impression").sum(),
            product_clicks=(pl.col("type") == "product_click").sum(),
            add_to_cart=(pl.col("type") == "add_to_cart").sum(),
            orders=pl.col("order_id").filter(paid).n_unique(),
            items=pl.col("quantity").filter(paid).sum(),
            gmv=pl.col("amount").filter(paid).sum(),
            customers=pl.col("user_id").filter(paid).n_unique(),
        )  # fmt: skip
        rare = events.filter(pl.col("type").is_in(["pin", "unpin", "violation", "giveaway_started", "product_listed"]))
        said = events.filter(pl.col("type") == "comment").top_k(100, by="ts")
        course(SPARKS), course(POINTS), rare.sort("ts"), said
        return {
            "whole": stretch(start, end),
            "recent": stretch(end - FIVE_MINUTES, end),
            "before": stretch(end - 2 * FIVE_MINUTES, end - FIVE_MINUTES),
            "channels": {(row[0], row[1]): row[2:] for row in by_channel.iter_rows()},
            "products": {row[0]: row[1:] for row in by_product.iter_rows()},
            "user_funnel": self._funnel(),
            "audience": self._audience(),
        }

    def _funnel(self) -> list[int]:
        reached, users = None, []
        for step in STEPS:
            did = self.events.filter((pl.col("type") == step) & pl.col("user_id").is_not_null()).select("user_id", "ts")
            if reached is not None:
                did = did.join(reached, on="user_id").filter(pl.col("ts") >= pl.col("at"))
            reached = did.group_by("user_id").agg(at=pl.col("ts").min())
            users.append(reached.height)
        return users

    def _audience(self) -> Answers:
        viewers = self.events.filter(pl.col("type") == "view").select("user_id").unique()
        profiles = self.events.filter(pl.col("type") == "profile").join(viewers, on="user_id", how="semi")
        return {by: dict(profiles.group_by(by).len().iter_rows()) for by in PROFILE}


COLUMNS = {
    **dict.fromkeys(TEXTS, "VARCHAR"), "ts": "BIGINT", "paid": "BOOLEAN", "quantity": "BIGINT", "count": "BIGINT",
}  # fmt: skip


class DuckDB:
    """DuckDB with one table in memory."""

    name = f"DuckDB {duckdb.__version__}"
    def __init__(self) -> None:
        self.db = duckdb.connect()

    def _read(self, log: Path, distinct: str = "") -> str:
        return f"""SELECT {distinct} *, CAST(CAST(price AS DECIMAL(18, 4)) * 10000 AS BIGINT) * quantity AS amount
            FROM read_json('{log}', format = 'newline_delimited', columns = {COLUMNS})"""

    def load(self, log: Path) -> None:
        self.db.execute(f"CREATE TABLE events AS {self._read(log, 'DISTINCT')}")

    def append(self, lines: list[bytes]) -> None:
        with tempfile.TemporaryDirectory() as folder:
            part = Path(folder) / "new.ndjson"
            part.write_bytes(b"".join(lines))
            self.db.execute(f"INSERT INTO events {self._read(part)}")

    def _rows(self, sql: str) -> list[tuple[Any, ...]]:
        return self.db.execute(sql).fetchall()

    def answers(self) -> Answers:
        [(start, end)] = self._rows("SELECT min(ts), max(ts) + 1 FROM events")
        self.db.execute(f"""CREATE OR REPLACE TEMP TABLE stays AS SELECT * FROM (
            SELECT ts, type, coalesce(lead(ts) OVER (PARTITION BY user_id ORDER BY ts, type = 'leave'), {OPEN}) AS until
            FROM events WHERE type IN ('view', 'leave') AND user_id IS NOT NULL) WHERE type = 'view'""")
        counted = ", ".join(f"count(*) FILTER (type = '{kind}') AS {kind}" for kind in COUNTED)
        kinds = "count(*) FILTER (type = 'product_click'), count(DISTINCT order_id) FILTER (type = 'order_paid')"
        money = "coalesce(sum(amount) FILTER (type = 'order_paid'), 0)::BIGINT"

        def stretch(a: int, b: int) -> Answers:
            sql = f"""SELECT {counted},
                count(DISTINCT user_id) FILTER (type = 'view') AS viewers,
                count(DISTINCT user_id) FILTER (type = 'order_paid') AS customers,
                count(DISTINCT order_id) FILTER (type = 'order_paid') AS orders,
                count(DISTINCT order_id) FILTER (type = 'order_created') AS created_orders,
                count(DISTINCT (order_id, sku_id)) FILTER (type = 'order_paid') AS sku_orders,
                sum(quantity) FILTER (type = 'order_paid')::BIGINT AS items,
                {money} AS gmv,
                coalesce(sum(amount) FILTER (type = 'order_refunded'), 0)::BIGINT AS refunds,
                coalesce(sum(count) FILTER (type = 'like'), 0)::BIGINT AS likes
                FROM events WHERE ts >= {a} AND ts < {b}"""
            row = self.db.execute(sql)
            totals = dict(zip([d[0] for d in row.description], row.fetchone() or (), strict=True))
            [(spent, long)] = self._rows(f"""SELECT sum(least(until, {b}) - greatest(ts, {a}))::BIGINT,
                count(*) FILTER (ts >= {a} AND least(until, {b}) - ts > {LONG})
                FROM stays WHERE ts < {b} AND until > {a}""")
            return {**totals, "viewing_ms": spent, "long_views": long}

        for points in (SPARKS, POINTS):
            step = -(-(end - start) // points)
            self._rows(f"""SELECT (ts - {start}) // {step}, type, count(*), sum(amount), last(count)
                FROM events GROUP BY ALL""")
            self._rows(f"""SELECT (ts - {start}) // {step}, count(DISTINCT user_id) FILTER (type = 'view'),
                count(DISTINCT user_id) FILTER (type = 'order_paid'),
                count(DISTINCT order_id) FILTER (type = 'order_paid')
                FROM events WHERE type IN ('view', 'order_paid') GROUP BY ALL""")
        self._rows("SELECT ts, user_id, text FROM events WHERE type = 'comment' ORDER BY ts DESC LIMIT 100")
        self._rows("SELECT * FROM events WHERE type IN ('pin','unpin','violation','giveaway_started') ORDER BY ts")
        channels = self._rows(f"""SELECT source, paid, count(*) FILTER (type = 'impression'),
            count(*) FILTER (type = 'view'), count(DISTINCT user_id) FILTER (type = 'view'), {kinds}, {money}
            FROM events WHERE source IS NOT NULL GROUP BY ALL""")
        products = self._rows(f"""SELECT product_id, count(*) FILTER (type = 'product_impression'),
            count(*) FILTER (type = 'product_click'), count(*) FILTER (type = 'add_to_cart'),
            count(DISTINCT order_id) FILTER (type = 'order_paid'),
            coalesce(sum(quantity) FILTER (type = 'order_paid'), 0)::BIGINT, {money},
            count(DISTINCT user_id) FILTER (type = 'order_paid')
            FROM events WHERE product_id IS NOT NULL GROUP BY ALL""")
        return {
            "whole": stretch(start, end),
            "recent": stretch(end - FIVE_MINUTES, end),
            "before": stretch(end - 2 * FIVE_MINUTES, end - FIVE_MINUTES),
            "channels": {row[:2]: row[2:] for row in channels},
            "products": {row[0]: row[1:] for row in products},
            "user_funnel": self._funnel(),
            "audience": {
                by: dict(self._rows(f"""SELECT {by}, count(*) FROM events WHERE type = 'profile' AND user_id IN
                    (SELECT user_id FROM events WHERE type = 'view') GROUP BY 1"""))
                for by in PROFILE
            },
        }

    def _funnel(self) -> list[int]:
        parts = [f"""s0 AS (SELECT user_id, min(ts) AS at FROM events WHERE type = '{STEPS[0]}'
            AND user_id IS NOT NULL GROUP BY 1)"""]
        for i, step in enumerate(STEPS[1:], 1):
            parts.append(f"""s{i} AS (SELECT e.user_id, min(e.ts) AS at FROM events e JOIN s{i - 1} s
                ON e.user_id = s.user_id AND e.ts >= s.at WHERE e.type = '{step}' GROUP BY 1)""")
        counts = ", ".join(f"(SELECT count(*) FROM s{i})" for i in range(len(STEPS)))
        return list(self._rows(f"WITH {', '.join(parts)} SELECT {counts}")[0])


class Pandas:
    """Plain pandas, the event types as categories."""

    name = f"pandas {pd.__version__}"
    kinds = pd.CategoricalDtype(list(TYPES))

    def _read(self, lines: list[bytes]) -> pd.DataFrame:
        decoded = [orjson.loads(line) for line in lines]
        columns = {name: [event.get(name) for event in decoded] for name in (*TEXTS, "ts", "paid", "quantity", "count")}
        frame = pd.DataFrame(columns).astype({"type": self.kinds})
        priced = frame["price"].notna()
        amount = pd.Series(0, frame.index, dtype="int64")
        cents = frame.loc[priced, "price"].astype("float64").mul(10_000).round().astype("int64")
        frame["amount"] = amount.where(~priced, cents * frame.loc[priced, "quantity"].fillna(1).astype("int64"))
        frame["amount"] = frame["amount"].astype("int64")
        return frame

    def load(self, log: Path) -> None:
        with log.open("rb") as file:
            self.events = self._read(list(file)).drop_duplicates(["event_id", "type"])

    def append(self, lines: list[bytes]) -> None:
        self.events = pd.concat([self.events, self._read(lines)], ignore_index=True)

    def answers(self) -> Answers:
        events = self.events
        start, end = int(events["ts"].min()), int(events["ts"].max()) + 1
        kind = events["type"]
        kinds = (*COUNTED, "like", "order_created", "order_paid", "order_refunded", "profile")
        of = {name: events[kind == name] for name in kinds}
        people = pd.concat([of["view"], of["leave"]])[["user_id", "ts", "type"]].dropna(subset="user_id")
        people["leave"] = people["type"] == "leave"
        people = people.sort_values(["user_id", "ts", "leave"])
        people["until"] = people["ts"].groupby(people["user_id"]).shift(-1).fillna(OPEN).astype("int64")
        stays = people[~people["leave"]]

        def stretch(a: int, b: int) -> Answers:
            inside = {name: rows[(rows["ts"] >= a) & (rows["ts"] < b)] for name, rows in of.items()}
            paid = inside["order_paid"]
            stayed = stays[(stays["ts"] < b) & (stays["until"] > a)]
            spent = stayed["until"].clip(upper=b) - stayed["ts"].clip(lower=a)
            return {
                **{name: len(inside[name]) for name in COUNTED},
                "viewers": inside["view"]["user_id"].nunique(),
                "customers": paid["user_id"].nunique(),
                "orders": paid["order_id"].nunique(),
                "created_orders": inside["order_created"]["order_id"].nunique(),
                "sku_orders": len(paid[["order_id", "sku_id"]].drop_duplicates()),
                "items": int(paid["quantity"].sum()),
                "gmv": int(paid["amount"].sum()),
                "refunds": int(inside["order_refunded"]["amount"].sum()),
                "likes": int(inside["like"]["count"].sum()),
                "viewing_ms": int(spent.sum()),
                "long_views": int(((stayed["ts"] >= a) & (stayed["until"].clip(upper=b) - stayed["ts"] > LONG)).sum()),
            }

        for points in (SPARKS, POINTS):
            step = -(-(end - start) // points)
            steps = (events["ts"] - start) // step
            events.groupby([steps, "type"]).agg({"ts": "size", "amount": "sum", "count": "last"})
            of["view"].groupby((of["view"]["ts"] - start) // step)["user_id"].nunique()
            paid = of["order_paid"]
            paid.groupby((paid["ts"] - start) // step)[["user_id", "order_id"]].nunique()
        of["comment"].nlargest(100, "ts")
        events[kind.isin(["pin", "unpin", "violation", "giveaway_started"])].sort_values("ts")
        return {
            "whole": stretch(start, end),
            "recent": stretch(end - FIVE_MINUTES, end),
            "before": stretch(end - 2 * FIVE_MINUTES, end - FIVE_MINUTES),
            "channels": self._grouped(["source", "paid"], of, (
                ("impression", None), ("view", None), ("view", "user_id"), ("product_click", None),
                ("order_paid", "order_id"), ("order_paid", "amount"),
            )),
            "products": self._grouped(["product_id"], of, (
                ("product_impression", None), ("product_click", None), ("add_to_cart", None),
                ("order_paid", "order_id"), ("order_paid", "quantity"), ("order_paid", "amount"),
                ("order_paid", "user_id"),
            )),
            "user_funnel": self._funnel(of),
            "audience": self._audience(of),
        }  # fmt: skip

    def _grouped(
        self, by: list[str], of: dict[str, pd.DataFrame], wanted: tuple[tuple[str, str | None], ...]
    ) -> Answers:
        columns = []
        for name, column in wanted:
            groups = of[name].groupby(by)
            if column is None:
                columns.append(groups.size())
            elif column in ("amount", "quantity"):
                columns.append(groups[column].sum())
            else:
                columns.append(groups[column].nunique())
        table = pd.concat(columns, axis=1).fillna(0).astype("int64")
        return {key: tuple(map(int, row)) for key, row in zip(table.index, table.to_numpy(), strict=True)}

    def _funnel(self, of: dict[str, pd.DataFrame]) -> list[int]:
        reached, users = None, []
        for step in STEPS:
            did = of[step].dropna(subset="user_id")
            if reached is not None:
                did = did[did["ts"] >= did["user_id"].map(reached).fillna(OPEN)]
            reached = did.groupby("user_id")["ts"].min()
            users.append(len(reached))
        return users

    def _audience(self, of: dict[str, pd.DataFrame]) -> Answers:
        profiles = of["profile"]
        profiles = profiles[profiles["user_id"].isin(of["view"]["user_id"].unique())]
        return {by: {k: int(v) for k, v in profiles[by].value_counts().items()} for by in PROFILE}
