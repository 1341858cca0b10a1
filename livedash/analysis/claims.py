"""Answers which words of a text platforms object to on air, why, and what could be said instead. It goes by fixed
patterns in English and Chinese: it can miss a claim, it knows no law, and it changes no text."""
from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from livedash.words import N_, Sentence

LONGEST = 5_000
"""Letters of a text that are looked at."""

REASONS: dict[str, str] = {
    "absolute": N_("Misleading or absolute claim"),
    "medical": N_("Medical claim"),
    "price": N_("Misleading price or false urgency"),
    "off_platform": N_("Leading users off the platform"),
    "gambling": N_("Gambling or lucky draw outside the tool"),
}
"""The reasons of violations that a text can meet, by their key, and what they are called."""

WHY: dict[str, str] = {
    "absolute": N_("“{words}” claims more than anybody can show: that nothing is better, or that it always works."),
    "medical": N_("“{words}” says that it heals or works like a medicine, which only a medicine may say."),
    "price": N_("“{words}” presses to buy by a price or a shortage that the platform cannot check."),
    "off_platform": N_("“{words}” leads viewers to talk or pay outside the platform."),
    "gambling": N_("“{words}” promises a prize by chance outside the platform's own giveaway tool."),
}
INSTEAD: dict[str, str] = {
    "absolute": N_("Say what it does, how that was measured, or what you yourself like about it."),
    "medical": N_("Say how it feels, looks or is used, and what it is made of; leave illnesses out."),
    "price": N_("Say the price, the discount of the promotion that runs, when that ends, or the stock that is left."),
    "off_platform": N_("Ask viewers to write in the comments and to order through the product's link here."),
    "gambling": N_("Start a giveaway with the platform's tool and say its rule."),
}


@dataclass(frozen=True, slots=True)
class Claim:
    """reason: a key of REASONS; words: what was said, as it stands in the text at [start, end); why, instead: what is
    wrong with it, and what to say in its place."""

    reason: str
    words: str
    start: int
    end: int

    @property
    def name(self) -> Sentence:
        return Sentence.of(REASONS[self.reason])

    @property
    def why(self) -> Sentence:
        return Sentence.of(WHY[self.reason], words=self.words)

    @property
    def instead(self) -> Sentence:
        return Sentence.of(INSTEAD[self.reason])


ILLNESS = (
    r"(?:acne|eczema|psoriasis|rosacea|dermatitis|arthritis|diabetes|cancer|tumou?rs?|covid|flu|asthma|allerg(?:y|ies)"
    r"|depression|anxiety|insomnia|migraines?|infections?|inflammation|diseases?|illness(?:es)?|hair loss|baldness"
    r"|high blood pressure|cellulite|(?:joint |back |knee |chronic |period )?pain)"
)
SHOPS = r"(?:amazon|ebay|shopee|lazada|shopify|etsy|taobao|temu|alibaba)"
CHATS = r"(?:line|instagram|insta|ig|facebook|fb|signal|youtube|twitter|e-?mail)"

ENGLISH: dict[str, tuple[str, ...]] = {
    "absolute": (
        r"(?:the|our|your|(?:world|market|industry)'?s) (?:very |absolutely? )?best"
        r"(?!\W{0,3}(?:before|way|when|if|used|by|part of|time|seller|selling|of both))",
        r"best (?:in the world|ever|on the market|on earth|money can buy)",
        r"(?:no\. ?|number |# ?)(?:1|one) (?:brand|choice|product|in the|cream|serum|skincare|rated)",
        r"most (?:effective|powerful)|safest|strongest|unbeatable|unrivall?ed|unmatched|second to none",
        r"100 ?(?:%|percent) (?:effective|safe|guaranteed|satisfaction|results?|success)",
        r"guaranteed (?:results?|to work|success|effect)|results? (?:are )?guaranteed",
        r"works? (?:for everyone|every time)|never fails?|always works|perfect results?",
        r"miracle|magic(?:al)? (?:results?|cure|effect)",
        r"nothing (?:else )?(?:is better|works better|compares|comes close)",
        r"permanent(?:ly)? (?:removes?|erases?|results?|whitens?|whitening)",
    ),
    "medical": (
        r"(?:cur(?:es?|ed|ing)|heal(?:s|ed|ing)?|treat(?:s|ed|ing)?|prevent(?:s|ed|ing)?|reliev(?:es?|ed|ing)"
        r"|fights?|stops?|eliminat(?:es?|ed|ing)|gets? rid of)"
        rf" (?:all |your |any |most |the |severe |chronic |mild ){{0,3}}{ILLNESS}",
        r"(?:it|this|cream|serum|gel|balm|oil|tea|patch|mask|powder|capsules?) (?:really |also |even )?(?:cures|heals)",
        rf"(?:cure|remedy|treatment|medicine) (?:for|against) (?:your |any |all ){{0,2}}{ILLNESS}",
        r"(?:medical|pharmaceutical|therapeutic|healing|medicinal) (?:effects?|powers?|properties|strength)",
        r"(?:clinically|medically|scientifically|doctor)[ -]proven|(?:fda|doctor)[ -](?:approved|recommended)",
        r"(?:no|without|without any) side[ -]effects?",
        r"(?:los(?:e|ing)|drop(?:ping)?|burn(?:s|ing)?) (?:up to )?"
        r"(?:\d+ ?(?:kg|kilos?|pounds?|lbs?)|(?:body |belly )?fat)",
        r"los(?:e|ing) weight|weight[ -]loss (?:guaranteed|effect)",
        r"(?:lowers?|reduces?|regulates?) (?:your )?(?:blood (?:pressure|sugar)|cholesterol)",
        r"(?:boosts?|strengthens?) (?:your )?immun(?:ity|e system)|(?:regrows?|grows? back) (?:your )?hair",
        r"detox(?:es|ifies|ify)? (?:your|the) (?:body|liver|blood)",
    ),
    "price": (
        r"(?:lowest|cheapest|best) prices?(?: (?:ever|online|anywhere|guaranteed|of the year|in history))?",
        r"cheap(?:est|er than) (?:anywhere|everywhere|the shops?|on the market)|at a loss|practically free",
        r"(?:last|final) chance|hurry(?: up)?|act now|buy now or|now or never|don't miss out",
        r"only (?:a few|\d+|one|two|three|five|ten) (?:pieces? |items? |units? |sets? )?(?:left|remaining|available)",
        r"(?:almost|nearly|about to be) (?:sold out|gone)|sell(?:ing|s) out (?:fast|quickly|any minute)|going fast",
        r"(?:today|tonight|this live) only|only (?:today|tonight|for today|in this live)",
        r"ends (?:tonight|today|soon|in (?:a few )?minutes)|limited[ -]time|limited (?:stock|quantit(?:y|ies))",
        r"while (?:stocks?|supplies) lasts?",
        r"prices? (?:will )?(?:go(?:es)?|going|ris(?:es?|ing)|doubles?) (?:up )?(?:tonight|tomorrow|soon|after|in)",
    ),
    "off_platform": (
        r"whats ?app|telegram|wechat|we chat|weixin|viber|snapchat|kakao ?talk|line id",
        r"(?:add|find|message|contact|follow|reach|write(?: to)?|dm|pm) (?:me|us) "
        rf"(?:on|at|in|via|through) {CHATS}",
        r"(?:dm|pm|inbox) (?:me|us)|(?:link|details?|number) (?:is )?in (?:my |our |the )?bio",
        r"scan (?:the|this|my|our) (?:qr|code)",
        r"(?:call|text|phone|ring) (?:me |us )?(?:(?:on|at) )?\+?\d[\d ()-]{6,30}\d",
        r"(?:pay|transfer|send money) (?:me |us )?(?:directly |by |via |with |through |on |to ){1,2}"
        r"(?:paypal|zelle|venmo|cash ?app|bank transfer|my (?:bank )?account|wire|crypto|bitcoin|western union)",
        r"(?:buy|order|shop|cheaper|get it|available) (?:it )?(?:on|at|from) (?:our|my) (?:own )?"
        r"(?:web ?site|web ?shop|online shop|site)",
        rf"(?:cheaper|buy it|order it|get it) on {SHOPS}",
        r"https?://\S{1,200}|www\.\S{1,200}|[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){0,3}\.[a-z]{2,10}",
        r"[a-z0-9][a-z0-9-]{0,62}\.(?:com|net|org|shop|store|cn|top|xyz|ly|gg|link)(?:\.[a-z]{2})?(?:/\S{0,200})?",
    ),
    "gambling": (
        r"(?:lucky|prize|cash) draws?|lotter(?:y|ies)|raffles?|jackpots?|sweepstakes?|casino|gambl(?:e|es|ing)",
        r"(?:place|placing|make) (?:a |your )?bets?|bet (?:on|with|against)|spin (?:the |our )?wheel|wheel of fortune",
        r"scratch(?: ?cards?|[ -]offs?)",
        r"(?:every|each) \d+(?:th|st|nd|rd)? (?:buyer|order|customer|viewer|comment)s? wins?",
        r"(?:buyers?|orders?|comments?|someone|one of you) (?:will |can |could )?wins? (?:a|an|the|free)",
        r"chance (?:of|to) win(?:ning)?|win (?:a |an |the )?(?:phone|iphone|car|prize|cash|trip|gold)",
    ),
}
"""Whole words."""

CHINESE: dict[str, tuple[str, ...]] = {
    "absolute": (
        r"最(?:好|棒)(?:的(?!时间|时机|方法|办法|方式|情况)|!|。|$)",
        r"最(?:有效|强大|先进|安全|高级|优秀|顶级|完美|优质)",
        r"最佳(?!使用|赏味|食用|饮用|搭配|时间|时机|保存)",
        r"(?:全球|世界|全国|全网|行业|销量|国内|中国)(?:排名)?第一(?!次|步|家店|批)|第一品牌",
        r"独一无二|史无前例|绝无仅有|无与伦比|国家级|世界级|宇宙级|顶级|极品|万能|神器|神药",
        r"(?:百分之百|100 ?%|百分百)(?:有效|安全|见效|满意|成功|不过敏)",
        r"绝对(?:有效|安全|不|最|好用|管用|是最)|永久(?:有效|去除|美白|脱毛|不)|一定(?:有效|见效)",
        r"立即见效|立竿见影|人人(?:有效|适用)",
    ),
    "medical": (
        r"治疗(?!师)|治愈(?!系|心灵)|根治|主治|疗效|药效|药用价值|药到病除|包治|医治|处方级",
        r"消炎|抗炎|抗癌|防癌|抗肿瘤|降(?:血)?(?:压|糖|脂)|减肥|瘦身|燃脂|掉秤|排毒|解毒",
        r"(?:治|去|祛|根除|消除)好?(?:痘痘?病|湿疹|皮炎|脚气|灰指甲|鼻炎|关节炎|失眠|脱发|妇科病|炎症|疤痕|癌)",
        r"(?:增强|提高|提升)(?:人体)?免疫力?|改善(?:睡眠障碍|失眠|便秘|内分泌)|再生(?:毛发|头发)",
        r"(?:无|没有|零|0)副作用|临床(?:证明|验证|证实)",
    ),
    "price": (
        r"(?:全网|全年|史上|历史|全国|行业|市场)?最低价|(?:全网|全年|史上|历史|全国)最低|最便宜|底价|跳楼价|骨折价",
        r"白菜价|亏本|赔本|赔钱卖|血亏|成本价|出厂价",
        r"(?:仅剩|只剩|最后)(?:下|最后)?(?:\d{1,6}|[一二两三四五六七八九十百几]{1,4}) ?"
        r"(?:件|个|单|套|瓶|盒|支|份|组|箱|天|小时|分钟|波)",
        r"马上(?:涨价|恢复原价|没了|售罄|抢光)|即将(?:涨价|售罄|恢复原价)|过了(?:今天|今晚|这村)",
        r"错过(?:再等|等|就没|后悔)|再不(?:买|抢|下单)|手慢无|抢完(?:就没|为止)|秒(?:没|光)|卖完(?:就没|不补)",
        r"限时(?:优惠|特价|抢购|折扣|秒杀|特惠|限量)|仅限(?:今天|今晚|今日|本场)|只有(?:今天|今晚)",
        r"最后(?:机会|时刻|一天|一晚)",
    ),
    "off_platform": (
        r"(?:加|\+)(?:我|下)?个?(?:微信|威信|薇信|v信|vx|wx|v(?![a-z])|微(?![a-z\u4e00-\u9fff])|qq|扣扣|好友)",
        r"微信号|威信号|v信|薇信|(?<![a-z])(?:vx|wx)(?![a-z])|qq(?:号|群)",
        r"(?:加|进|入|拉)(?:我的|我们的)?(?:微信|qq|粉丝|福利)?群|私信(?:我|下单|领|购买)",
        r"(?:私下|线下)(?:交易|转账|联系|付款)|(?:微信|支付宝|银行卡?)转账|扫码(?:加|进|付)",
        r"(?:去|到|上|在)(?:我们的|我们|我的|我)?(?:淘宝|天猫|京东|拼多多|小红书|官网|公众号|小程序|闲鱼)",
        r"(?:电话|手机号?)[:：]? ?1\d{10}",
    ),
    "gambling": (
        r"抽大?奖|抽(?:免单|手机|现金|\d{1,6}(?:人|位|名))|中大?奖|大转盘|幸运转盘|刮刮(?:乐|卡)|彩票|博彩|下注",
        r"赌(?!气)|押(?:大小|注)|一元(?:购|夺宝)|夺宝|随机(?:免单|送手机|送现金)",
    ),
}


EXCUSED = ("absolute", "medical", "off_platform", "gambling")
"""Reasons that are not met by a sentence that denies them: “does not cure acne”."""
DENIES = re.compile(
    r"(?:\b(?:not|cannot|never|nor|without|no(?!\.| other| one| matter))\b(?! only)|n't\b)[^.!?;,:]{0,24}$"
    r"|(?:不(?!仅|但|只|光|止|愧|用|同)|非(?!常|凡)|没有|无法|勿|未|禁止)[^，。！？；、,.!?;]{0,5}$"
)


def flagged(text: str) -> tuple[Claim, ...]:
    """What is objected to in the text, from its beginning on; nothing stands in two claims. The first LONGEST letters
    are looked at."""
    plain, places = _plain(text[:LONGEST])
    found = [
        (match.start(), match.end(), reason)
        for reason, patterns in _patterns().items()
        for pattern in patterns
        for match in pattern.finditer(plain)
        if not (reason in EXCUSED and _is_denied(plain, match.start(), match.group()))
    ]
    apart: list[tuple[int, int, str]] = []
    for start, end, reason in sorted(found, key=lambda claim: (claim[0], -claim[1])):
        if not apart or start >= apart[-1][1]:
            apart.append((start, end, reason))
        elif reason == apart[-1][2]:  # said by two patterns, each of a part of it
            apart[-1] = (apart[-1][0], max(end, apart[-1][1]), reason)
    return tuple(_claim(reason, text, places[start], places[end - 1] + 1) for start, end, reason in apart)


def _claim(reason: str, text: str, start: int, end: int) -> Claim:
    return Claim(reason, text[start:end], start, end)


@cache
def _patterns() -> dict[str, list[re.Pattern[str]]]:
    """By reason, for texts made plain by `_plain`."""
    whole = {reason: [rf"(?<![a-z0-9])(?:{one})(?![a-z0-9])" for one in some] for reason, some in ENGLISH.items()}
    return {reason: [re.compile(one) for one in (*whole[reason], *CHINESE[reason])] for reason in REASONS}


def _is_denied(plain: str, start: int, words: str) -> bool:
    """Whether what stands before denies it. Words that themselves deny (“no side effects”) are a claim all the same."""
    return DENIES.search(plain[max(0, start - 40) : start]) is not None and not words.startswith(("no ", "never", "无"))


def _plain(text: str) -> tuple[str, list[int]]:
    """The text with its letters in one form (small, of usual width, without invisible signs between them, one blank for
    many), and for each of them its place in the text: what is written to escape a filter is found all the same."""
    letters: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text):
        if unicodedata.category(letter) == "Cf":
            continue
        for plain in unicodedata.normalize("NFKC", letter).casefold():
            plain = {"’": "'", "‘": "'", "–": "-", "—": "-"}.get(plain, " " if plain.isspace() else plain)
            if plain == " " and letters and letters[-1] == " ":
                continue
            letters.append(plain)
            places.append(place)
    return "".join(letters), places
