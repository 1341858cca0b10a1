"""What the simulated LIVEs are made of: products, phrases and channels, read from data/demo and named here. It may
neither simulate nor write."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any
from zlib import crc32

DEMO = Path(__file__).resolve().parents[2] / "data" / "demo"
CURRENCY = "USD"


@dataclass(frozen=True, slots=True)
class Sku:
    """One variant of a product; price in cents."""

    sku_id: str
    name: str
    price: int


@dataclass(frozen=True, slots=True)
class Product:
    """appeal: how well it does against the others (1 is usual); stock: at the start; late: listed only during the
    LIVE."""

    product_id: str
    title: str
    skus: tuple[Sku, ...]
    appeal: float
    image: str
    points: tuple[str, ...]
    names: dict[str, str]
    stock: int = 0
    late: bool = False

    @property
    def price(self) -> int:
        return self.skus[0].price


@dataclass(frozen=True, slots=True)
class Channel:
    """share: of all views; tap_through: views by impression, None where the platform counts no impressions; stay:
    viewing time against the usual; click_cost: cents a view, for paid ones."""

    source: str
    sub_source: str | None
    share: float
    tap_through: float | None
    stay: float = 1.0
    paid: bool = False
    click_cost: int = 0

    @property
    def fields(self) -> dict[str, Any]:
        """As it stands in a log line."""
        named = {"source": self.source, "sub_source": self.sub_source, "paid": self.paid}
        return {key: value for key, value in named.items() if value is not None}


CHANNELS = (
    Channel("For You feed", "LIVE preview", 0.292, 0.176, 0.80),
    Channel("For You feed", "LIVE swipe", 0.120, 0.221, 0.65),
    Channel("LIVE ads", "LIVE Shopping Ads", 0.124, 0.189, 0.95, paid=True, click_cost=34),
    Channel("LIVE ads", "Video-to-LIVE", 0.068, 0.234, 1.05, paid=True, click_cost=28),
    Channel("LIVE ads", "GMV Max", 0.047, 0.216, 1.10, paid=True, click_cost=42),
    Channel("Following", "LIVE feed", 0.110, 0.342, 1.75),
    Channel("Following", "Notification", 0.038, None, 1.90),
    Channel("Short video", "Own videos", 0.071, 0.230, 1.10),
    Channel("Short video", "Video profile", 0.032, 0.243, 1.20),
    Channel("Search", None, 0.051, 0.297, 1.45),
    Channel("Shop tab", None, 0.018, 0.261, 1.30),
    Channel("Share link", None, 0.012, None, 1.60),
    Channel("Other profiles", None, 0.009, None, 1.10),
    Channel("Other", None, 0.008, 0.198, 1.00),
)
FOLLOWING = frozenset(i for i, channel in enumerate(CHANNELS) if channel.source == "Following")
FEED = frozenset(i for i, channel in enumerate(CHANNELS) if channel.source == "For You feed")
PAID = frozenset(i for i, channel in enumerate(CHANNELS) if channel.paid)

COUNTRIES = (
    ("MY", 34, "en"),
    ("SG", 15, "en"),
    ("ID", 17, "id"),
    ("PH", 9, "en"),
    ("TW", 5, "zh"),
    ("CN", 3, "zh"),
    ("JP", 5, "ja"),
    ("US", 4, "en"),
    ("MX", 3, "es"),
    ("ES", 2, "es"),
    ("AE", 2, "ar"),
    ("SA", 1, "ar"),
)
_COUNTRY_WHEEL = tuple((country, language) for country, weight, language in COUNTRIES for _ in range(weight))
_GENDERS = ("female",) * 71 + ("male",) * 24 + ("unknown",) * 5
_AGES = (
    ("13-17",) * 3
    + ("18-24",) * 27
    + ("25-34",) * 38
    + ("35-44",) * 18
    + ("45-54",) * 8
    + ("55+",) * 4
    + ("unknown",) * 2
)
_NAMES = {
    "en": (
        "mia",
        "tom",
        "anya",
        "lia",
        "noor",
        "jess",
        "siti",
        "aisyah",
        "bella",
        "grace",
        "farah",
        "ricky",
        "nadia",
        "ivy",
        "omar",
        "tessa",
    ),
    "zh": ("小雨", "阿May", "xinyi", "mei", "安安", "kai", "果果", "yiting"),
    "ja": ("ゆき", "sakura", "hana", "kenji", "みお", "rin"),
    "es": ("luz", "sofia", "carmen", "marisol", "dani", "lucia"),
    "id": ("dewi", "putri", "rina", "ayu", "bagus", "intan", "wulan"),
    "ar": ("ليلى", "nour", "سارة", "hala", "reem"),
}
_ENDINGS = ("", "_r", ".k", "88", "_my", "02", "xo", ".id", "_sg", "7", "lah", "_03", "91", ".t")


@dataclass(frozen=True, slots=True)
class Person:
    """One of the audience; the same number is the same person in every LIVE."""

    user_id: str
    name: str
    gender: str
    age: str
    country: str
    language: str

    @classmethod
    def of(cls, number: int) -> Person:
        draw = crc32(b"%d" % number)
        country, language = _COUNTRY_WHEEL[draw % len(_COUNTRY_WHEEL)]
        if language == "en" and draw >> 8 & 7 == 0:
            language = "zh" if country in ("MY", "SG") else "es"
        name = _NAMES[language][(draw >> 11) % len(_NAMES[language])] + _ENDINGS[(draw >> 16) % len(_ENDINGS)]
        return cls(f"u{number}", name, _GENDERS[(draw >> 3) % 100], _AGES[(draw >> 13) % 100], country, language)


def phrases() -> dict[str, dict[str, list[str]]]:
    """What viewers write: language, occasion, texts ({product} stands for the product's name in that language)."""
    return json.loads((DEMO / "phrases.json").read_text(encoding="utf-8"))


def products() -> tuple[Product, ...]:
    """The whole range of the shop, without stock."""
    return tuple(_product(entry) for entry in json.loads((DEMO / "products.json").read_text(encoding="utf-8")))


def choose(rng: Random, count: int) -> list[Product]:
    """The products of one LIVE: always the three that sell best, the others by lot."""
    ranked = sorted(products(), key=lambda product: -product.appeal)
    return ranked[:3] + rng.sample(ranked[3:], count - 3)


def _product(entry: dict[str, Any]) -> Product:
    skus = [Sku(entry["sku"], "", _cents(entry["price"]))]
    skus += [Sku(variant["sku"], variant["name"], _cents(variant["price"])) for variant in entry["variants"]]
    return Product(
        product_id=entry["product_id"],
        title=entry["title"],
        skus=tuple(skus),
        appeal=entry["appeal"],
        image=f"products/{entry['sku']}.svg",
        points=tuple(entry["points"]),
        names=entry["names"],
    )


def _cents(price: str) -> int:
    whole, cents = price.split(".")
    return int(whole) * 100 + int(cents)
