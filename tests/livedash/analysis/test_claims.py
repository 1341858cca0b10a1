"""Words that platforms object to are found, and words that only look like them are left alone."""
from __future__ import annotations

from itertools import pairwise

import pytest

from livedash.analysis.claims import CHINESE, ENGLISH, LONGEST, REASONS, flagged
from livedash.sources.catalogue import products

MET = {
    "absolute": (
        "The best cream in the world", "the best serum you can buy", "World's best towel", "Our No. 1 brand",
        "100 % effective", "100% guaranteed", "Guaranteed results in a week", "It works for everyone",
        "Nothing compares", "The most effective toner", "A miracle for dry skin", "It never fails", "这是最好的面霜",
        "全网第一", "销量第一的精华", "国家级配方", "顶级原料", "百分百有效", "绝对安全", "永久美白",
        "史无前例的配方", "最有效的防晒",
    ),
    "medical": (
        "Cures acne", "It heals eczema", "Treats your back pain", "prevents infections", "a remedy for insomnia",
        "This cream heals", "clinically proven", "No side effects", "Lose 5 kg in a week", "burns belly fat",
        "Lowers blood pressure", "boosts your immune system", "detoxes your body", "regrows hair", "可以治疗痘痘",
        "根治脚气", "消炎镇静", "降血压", "七天减肥", "无副作用", "临床证明", "祛湿疹", "提高免疫力", "排毒养颜",
    ),
    "price": (
        "Lowest price ever", "the cheapest price online", "Last chance!", "Hurry", "Only 3 left",
        "only a few pieces left", "Selling out fast", "Today only", "Ends tonight", "limited-time offer",
        "While stocks last", "Prices go up tomorrow", "We sell at a loss", "全网最低价", "史上最低", "亏本卖",
        "仅剩3件", "最后十单", "马上涨价", "限时抢购", "错过等一年", "手慢无", "只有今天",
    ),
    "off_platform": (
        "Add me on WhatsApp", "DM me for the price", "Link in bio", "order at www.shop.example",
        "https://a.example/x", "cheaper on our website", "myshop.com has more", "write to ana@shop.example.com",
        "Call us at +65 8123 4567", "Pay by bank transfer", "scan the QR", "message us on Instagram",
        "cheaper on Shopee", "加微信领优惠", "加V看更多", "加ＶＸ", "私信我下单", "进粉丝群", "微信转账", "去淘宝搜",
        "电话:13812345678", "加微\u200b信",
    ),
    "gambling": (
        "Join our lucky draw", "a raffle tonight", "win a phone", "Every 10th buyer wins", "spin the wheel",
        "Place your bets", "a chance to win", "the jackpot", "scratch card inside", "下单抽奖", "抽3位送面霜",
        "中奖率高", "幸运转盘", "刮刮乐", "一元购", "我们来赌一把",
    ),
}  # fmt: skip

NOT_MET = (
    "Best before March 2027", "Best used in the morning", "the best before date", "Its best minute was 19:04",
    "We do our bit", "100 % cotton", "95 % aloe vera leaf juice", "pH 5.5, leaves no tight feeling",
    "Perfect as a gift", "Step number one: cleanse", "The best way to use it is at night",
    "most people use it twice", "A treat for your skin", "treat yourself", "UV-cured gel",
    "manicure and pedicure set", "It does not cure acne", "This isn't a remedy for pain", "healthy looking skin",
    "Burns for about forty hours", "cured ham, sliced", "tested on sensitive skin",
    "Not in pregnancy or while breastfeeding", "prevents water from dripping", "Limited edition in rose",
    "as the last step before sunscreen", "use only at night", "left and right hand", "lasts about two months",
    "Only the lid is left open", "price 24.90", "The tube lasts", "write in the comments", "Follow us here",
    "v2.0 of the lamp", "19 momme, 70 by 140 cm", "e.g. in the evening", "EAN 4006381333931", "straight line cut",
    "do not message us on Instagram", "a telegraph pole", "draws moisture in", "better than before",
    "a wheel for polishing", "no lucky draw here", "winter care", "you win time", "最好在早上使用",
    "第一次使用请先试", "第一步洁面", "最后涂抹防晒", "最近上新", "非常温和", "不能治疗疾病", "没有治疗作用",
    "治愈系香味", "最佳使用期限三年", "限量版包装", "最多用两次", "中号", "微微一笑", "收纳盒抽屉式", "中间的杯子",
    "扫码验真伪", "加水稀释", "加厚加宽",
)  # fmt: skip


@pytest.mark.parametrize(("reason", "text"), [(reason, text) for reason, texts in MET.items() for text in texts])
def test_a_claim_is_found(reason: str, text: str) -> None:
    assert reason in {claim.reason for claim in flagged(text)}


@pytest.mark.parametrize("text", NOT_MET)
def test_what_only_looks_like_a_claim_is_left_alone(text: str) -> None:
    assert flagged(text) == ()


def test_every_reason_has_patterns_and_words() -> None:
    assert set(ENGLISH) == set(CHINESE) == set(REASONS) == set(MET)
    (claim,) = flagged("It cures acne.")
    assert claim.name.in_english() == "Medical claim"
    assert "“It cures acne”" in claim.why.in_english() and "illnesses" in claim.instead.in_english()


def test_a_claim_says_where_it_stands_in_the_text_as_it_is() -> None:
    text = "Soft.  ＣＵＲＥＳ   acne, and 加微\u200b信!"
    medical, off = flagged(text)
    assert (medical.words, off.words) == ("ＣＵＲＥＳ   acne", "加微\u200b信")
    assert all(text[claim.start : claim.end] == claim.words for claim in (medical, off))


def test_two_claims_never_share_a_word() -> None:
    found = flagged("最低价 全网最低价 the lowest price ever https://wa.example.com/whatsapp")
    assert all(one.end <= other.start for one, other in pairwise(found))


def test_a_text_of_any_length_is_looked_at_in_little_time_and_to_a_limit() -> None:
    assert flagged("a" * LONGEST + " cures acne") == ()
    for hostile in ("@", "a.", "加", "no ", "really ", "1 ", "treats all your any ", "pay by "):
        assert flagged(hostile * LONGEST) == ()


def test_the_demo_sells_without_a_claim() -> None:
    assert {text: flagged(text) for product in products() for text in product.points if flagged(text)} == {}


def test_a_denial_is_looked_for_close_by_only() -> None:
    assert flagged("It is not cheap, but this cream heals") != ()
    assert flagged("Not only cures acne") != ()
