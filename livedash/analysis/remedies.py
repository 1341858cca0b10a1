"""What to do about a violation, by its reason: a catalogue in our own words, and how a log's reason is recognised in
it. It quotes no platform's rules, promises nothing of an appeal, and never guesses: what is not known gets general
advice."""
from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from livedash.words import N_

LONGEST = 300
"""Characters of a reason that are looked at: what is longer is no reason, and must not cost time."""


@dataclass(frozen=True, slots=True)
class Remedy:
    """reason: what it is called; now: what to do on air; later: what to change from now on; appeal: what an appeal
    would have to show. All are message ids."""

    code: str
    reason: str
    now: str
    later: str
    appeal: str


UNKNOWN = Remedy(
    "other",
    N_("Another reason"),
    N_("Stop what the notice describes, and correct it on air in one sentence."),
    N_("Read the rule that the notice names, and write down with your team what changes before the next LIVE."),
    N_("Show what was said or seen at that moment: the recording, a picture, or the product's own papers."),
)
"""For a reason that is not in the catalogue."""

REMEDIES: tuple[Remedy, ...] = (
    Remedy(
        "recorded_audio",
        N_("Recorded or synthetic audio"),
        N_("Switch the recording off and speak yourself, into the microphone that is on air."),
        N_("Let a person talk all through the LIVE; pause it when nobody can."),
        N_("Show that a person spoke: the recording with the host and the sound, or the sound settings of that time."),
    ),
    Remedy(
        "still_picture",
        N_("Still or slideshow picture"),
        N_("Step back in front of the camera, and show the product in your hands."),
        N_("Pause the LIVE when you leave the picture, and keep pictures and slides to a corner of it."),
        N_("Show that the picture moved: the recording of the minutes around the notice."),
    ),
    Remedy(
        "unoriginal_content",
        N_("Unoriginal content"),
        N_("Take what others made off the screen, and go on with your own pictures and words."),
        N_("Show only what you filmed or may use, and keep the permission where you find it."),
        N_("Show that it is yours: the original files with their dates, or the owner's permission."),
    ),
    Remedy(
        "product_mismatch",
        N_("Product shown is not the product pinned"),
        N_("Pin the product that you are showing, or show the one that is pinned."),
        N_("Pin first and speak then; let one person of the team watch the pin."),
        N_("Show both together: the recording of that minute beside the time of the pin in this log."),
    ),
    Remedy(
        "misleading_claim",
        N_("Misleading or absolute claim"),
        N_("Take the claim back on air, and say what the product does as its own page says it."),
        N_("Leave out words such as best, only, guaranteed and 100 %, unless a paper in your hand proves them."),
        N_("Show the proof: a test report, the product's papers, or the words around it that change the meaning."),
    ),
    Remedy(
        "medical_claim",
        N_("Medical claim"),
        N_("Say on air that the product treats no illness, and drop the words that said so."),
        N_("Describe how it is used and how it feels; leave healing, curing and illnesses to doctors."),
        N_("Show the product's registration, if it may be sold with that claim, or the exact words that were spoken."),
    ),
    Remedy(
        "misleading_price",
        N_("Misleading price or false urgency"),
        N_("Name the price, the stock and the end of the offer as they are, and take banners down that say otherwise."),
        N_("Compare only with prices that were really asked, and count down only to an end that comes."),
        N_("Show the price history and the stock of that time: this log has both on the product's page."),
    ),
    Remedy(
        "off_platform",
        N_("Leading users off the platform"),
        N_("Take addresses, codes and account names off the screen, and send buyers to the product that is pinned."),
        N_("Answer questions and take orders here only; check backgrounds and packages for codes before you start."),
        N_("Show that nothing led elsewhere: the recording, or what the code or name on the screen really is."),
    ),
    Remedy(
        "gambling",
        N_("Gambling or lucky draw outside the tool"),
        N_("Stop the draw, and say on air that it does not count."),
        N_("Give things away only by the platform's own tool, with the rules written down before it starts."),
        N_("Show that it was the platform's tool: the giveaway of that time in this log, with its rules."),
    ),
    Remedy(
        "prohibited_product",
        N_("Prohibited product"),
        N_("Unpin the product, take it out of the list, and do not show it again."),
        N_("Check every product against the list of what may be sold before it joins a LIVE."),
        N_("Show what it is: the papers that allow its sale in this country, and its ingredients."),
    ),
    Remedy(
        "counterfeit",
        N_("Counterfeit, IP or unlicensed music"),
        N_("Unpin the product, and stop the music or the picture that belongs to somebody else."),
        N_("Keep invoices and licences of every brand and every piece of music that you use."),
        N_("Show the right to it: invoices from the brand, a letter of authorisation, or the music's licence."),
    ),
    Remedy(
        "minor_safety",
        N_("Minor safety"),
        N_("Take the child out of the picture at once."),
        N_("Let only adults host, and keep children from the room while you are on air."),
        N_("Show the person's age by a paper, without sending more of it than that."),
    ),
    Remedy(
        "shocking_content",
        N_("Shocking content"),
        N_("Take it out of the picture, and go on with something calm."),
        N_("Leave out wounds, needles, frights and anything that shows harm; describe it in words if you must."),
        N_("Show what it really was: the recording, and the product's page."),
    ),
    Remedy(
        "no_product",
        N_("No product attached"),
        N_("Add a product to the list and pin it, or end the LIVE if you do not want to sell."),
        N_("Fill the product list before you start, and look at it once more when the LIVE runs."),
        N_("Show that there was one: the list and the pins of that time in this log."),
    ),
    Remedy(
        "simulcast",
        N_("Simulcast"),
        N_("End the LIVE on the other platforms, or end this one."),
        N_("Stream to one platform at a time, and look through your encoder's list of targets before you start."),
        N_("Show that there was one stream: your encoder's settings and its log of that time."),
    ),
    Remedy(
        "synthetic_media",
        N_("Undisclosed synthetic media"),
        N_("Switch the label for synthetic media on, and say on air what is made by a machine."),
        N_("Label synthetic hosts, voices and pictures from the first second on."),
        N_("Show that it was labelled, or that a person was filmed: the recording and the settings of that time."),
    ),
)  # fmt: skip

ALIASES: dict[str, tuple[str, ...]] = {
    "recorded_audio": (
        "recorded audio", "pre recorded", "prerecorded", "synthetic audio", "synthetic voice", "ai voice",
        "looped audio", "playback", "录音", "预录", "合成音", "录播",
    ),
    "still_picture": (
        "still picture", "still image", "static picture", "static image", "static screen", "slideshow", "slide show",
        "frozen picture", "frozen screen", "black screen", "静止画面", "静态画面", "幻灯片", "黑屏",
    ),
    "unoriginal_content": (
        "unoriginal", "not original", "non original", "reposted", "rebroadcast", "re uploaded", "copied content",
        "stolen content", "非原创", "搬运",
    ),
    "product_mismatch": (
        "product mismatch", "mismatched product", "wrong product", "product not pinned", "not the product pinned",
        "inconsistent product", "inconsistent with the product", "商品不符", "货不对板", "讲解商品不一致",
    ),
    "misleading_claim": (
        "misleading", "absolute claim", "exaggerated", "unverified claim", "unsubstantiated", "false claim",
        "false advertising", "superlative", "overclaiming", "虚假宣传", "夸大宣传", "绝对化用语", "误导",
    ),
    "medical_claim": (
        "medical", "health claim", "therapeutic", "treatment claim", "cures", "disease claim", "医疗", "功效宣称",
        "疗效",
    ),
    "misleading_price": (
        "misleading price", "misleading pricing", "price misrepresentation", "false price", "false urgency",
        "false scarcity", "fake discount", "false discount", "fake countdown", "虚假价格", "价格误导", "虚假促销",
    ),
    "off_platform": (
        "off the platform", "off platform", "offsite", "off site", "traffic redirection", "redirecting traffic",
        "redirecting users", "traffic diversion", "external link", "contact information", "站外引流", "站外", "引流",
    ),
    "gambling": ("gambling", "lucky draw", "lottery", "raffle", "betting", "赌博", "抽奖", "博彩"),
    "prohibited_product": (
        "prohibited product", "prohibited products", "prohibited item", "restricted product", "restricted products",
        "banned product", "illegal product", "forbidden product", "违禁品", "禁售", "禁限售",
    ),
    "counterfeit": (
        "counterfeit", "intellectual property", "ip infringement", "ip violation", "ipr", "copyright", "trademark",
        "unlicensed music", "unauthorised music", "unauthorized music", "fake brand", "假货", "侵权", "版权", "盗版",
    ),
    "minor_safety": ("minor safety", "minors", "child safety", "underage", "youth safety", "未成年", "儿童"),
    "shocking_content": (
        "shocking", "graphic content", "violent content", "violence", "gore", "disturbing", "惊悚", "血腥", "暴力",
    ),
    "no_product": (
        "no product", "no products", "missing product", "without product", "without products", "无商品", "未挂商品",
        "未添加商品",
    ),
    "simulcast": (
        "simulcast", "simulcasting", "multistream", "multistreaming", "multi platform", "several platforms",
        "同时直播", "多平台",
    ),
    "synthetic_media": (
        "synthetic media", "undisclosed ai", "unlabelled ai", "unlabeled ai", "ai generated", "aigc", "deepfake",
        "digital human", "virtual host", "数字人", "ai生成", "未标识",
    ),
}  # fmt: skip
"""Code to the words by which logs tell it, as `plain` writes them; the code itself and our own name for it count
too."""


@lru_cache(maxsize=1024)
def remedy(reason: str) -> Remedy:
    """The remedy for a reason as a log has it, in whatever case and punctuation; UNKNOWN where it is not recognised. Of
    several that fit, the one told by the longest words."""
    said = f" {plain(reason)} "
    fits = [(len(alias), known) for known in REMEDIES for alias in _aliases(known) if _is_in(alias, said)]
    return max(fits, key=lambda fit: fit[0])[1] if fits else UNKNOWN


def plain(text: str) -> str:
    """Lower case, and one space for whatever is neither letter nor digit."""
    return re.sub(r"[\W_]+", " ", unicodedata.normalize("NFKC", text[:LONGEST]).casefold()).strip()


def _aliases(known: Remedy) -> tuple[str, ...]:
    return (plain(known.code), plain(known.reason), *ALIASES[known.code])


def _is_in(alias: str, said: str) -> bool:
    """Whether the words stand in what was said, whole; Chinese has no spaces between them."""
    return (f" {alias} " if alias[:1].isascii() else alias) in said
