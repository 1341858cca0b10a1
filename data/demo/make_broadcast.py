"""Draws and encodes the clips of the demo broadcast: twenty seconds for each product, for the host alone and for a
pause, each as HLS segments that share one header. For developers, with ffmpeg, Chromium and playwright at hand: run it
after a change of the products (`python data/demo/make_broadcast.py`) and commit what it wrote; the app only reads the
files."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))

from livedash.sources.broadcast import CLIP_SECONDS, HEADER, HOST, PAUSE, SEGMENT_SECONDS, segment_name  # noqa: E402

FPS = 10
QUALITY = 33
CUP = (
    '<path d="M60 100h72v40q0 32-36 32t-36-32z" fill="#fffdfb"/><path d="M132 112q26 0 22 22t-28 18" fill="none" '
    'stroke="#fffdfb" stroke-width="8"/><path d="M84 84q-8-10 0-20t0-20M106 84q-8-10 0-20t0-20" fill="none" '
    'stroke="#fffdfb" stroke-width="4" stroke-linecap="round"/>'
)
SIZE = {"width": 288, "height": 512}


def mixed(colour: str, other: str, part: float) -> str:
    """Two #rrggbb colours mixed: `part` of the other one."""
    pairs = [(int(colour[i : i + 2], 16), int(other[i : i + 2], 16)) for i in (1, 3, 5)]
    return "#" + "".join(f"{round(a + (b - a) * part):02x}" for a, b in pairs)


def clips() -> dict[str, dict[str, Any]]:
    """What each clip shows, by its name: the product's SKU, or HOST, or PAUSE."""
    shown: dict[str, dict[str, Any]] = {
        HOST: {"title": "Welcome to Luna Beauty", "price": "", "drawing": "", "colour": "#ecd9c6"},
        PAUSE: {"title": "Back in a moment", "price": "", "drawing": CUP, "colour": "#d5dce4", "away": True},
    }
    for product in json.loads((HERE / "products.json").read_text(encoding="utf-8")):
        svg = (HERE / "products" / f"{product['sku']}.svg").read_text(encoding="utf-8")
        drawing = re.sub(r"<rect width=\"200\" .*?/>|<ellipse cx=\"100\" cy=\"174\".*?/>", "", svg).split(">", 1)[1]
        shown[product["sku"]] = {
            "title": product["title"],
            "price": f"${product['price']}",
            "drawing": drawing.removesuffix("</svg>\n"),
            "colour": product["colour"],
        }
    for clip in shown.values():
        colour = clip.pop("colour")
        clip |= {"wall": mixed(colour, "#ffffff", 0.35), "sun": mixed(colour, "#ffffff", 0.65), "length": CLIP_SECONDS}
        clip["table"] = mixed(colour, "#6b5248", 0.28)
    return shown


def encode(name: str, frames: Path, out: Path) -> None:
    """One clip as segments of SEGMENT_SECONDS; every header must be the same, for the playlist names only one."""
    with tempfile.TemporaryDirectory() as made:
        key = FPS * SEGMENT_SECONDS
        command = ["ffmpeg", "-v", "error", "-framerate", str(FPS), "-i", str(frames / "%03d.png")]
        command += ["-c:v", "libx264", "-preset", "veryslow", "-tune", "animation", "-crf", str(QUALITY), "-bf", "0"]
        command += [
            "-g",
            str(key),
            "-keyint_min",
            str(key),
            "-sc_threshold",
            "0",
            "-pix_fmt",
            "yuv420p",
            "-threads",
            "1",
        ]
        command += ["-f", "hls", "-hls_time", str(SEGMENT_SECONDS), "-hls_list_size", "0", "-hls_segment_type", "fmp4"]
        command += [
            "-hls_fmp4_init_filename",
            "header.mp4",
            "-hls_segment_filename",
            f"{made}/%d.m4s",
            f"{made}/p.m3u8",
        ]
        subprocess.run(command, check=True)
        header = (Path(made) / "header.mp4").read_bytes()
        if (out / HEADER).exists() and (out / HEADER).read_bytes() != header:
            raise SystemExit(f"clip {name} has another header than the first one: the clips would not play in one list")
        (out / HEADER).write_bytes(header)
        for part in range(CLIP_SECONDS // SEGMENT_SECONDS):
            (out / segment_name(name, part)).write_bytes((Path(made) / f"{part}.m4s").read_bytes())


def film(page: Page, clip: dict[str, Any], frames: Path) -> None:
    page.evaluate("clip => show(clip)", clip)
    for number in range(CLIP_SECONDS * FPS):
        page.evaluate("t => frame(t)", number / FPS)
        page.screenshot(path=frames / f"{number:03d}.png")


def main() -> None:
    out = HERE / "broadcast"
    for old in out.glob("*.m*"):
        old.unlink()
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = browser.new_page(viewport=SIZE)
        page.goto((HERE / "broadcast.html").as_uri())
        for name, clip in clips().items():
            with tempfile.TemporaryDirectory() as frames:
                film(page, clip, Path(frames))
                encode(name, Path(frames), out)
        browser.close()
    print(f"{len(list(out.iterdir()))} files, {sum(file.stat().st_size for file in out.iterdir()):,} bytes")


if __name__ == "__main__":
    main()
