"""Tells questions from remarks, in the languages that LIVEs are held in. It never guesses: without a question mark,
only wordings that do nothing else than ask are taken for questions."""
from __future__ import annotations

import re
import unicodedata

LONGEST = 500
"""Characters looked at: what is longer is no comment of a viewer, and must not cost time."""

MARK = re.compile(r"[?？؟⁇⁈⁉❓❔¿՞]")
SAYS_SOMETHING = re.compile(r"\w")
ADDRESS = re.compile(r"\b(?:https?://|www\.)\S+")
START = (
    r"(?:^|[.!,;:。！，~…\n]\s*|^(?:@\S+\s+)+"
    r"|^(?:hi|hello|hey|so|and|but|ok|pls|please|sis|host|dear|btw)\b[\s,!]*)"
)
"""Where a question may begin: at the start, after a pause, after a greeting."""
END = r"[\s.!~…。！～\W_]*$"

ENGLISH = (
    rf"{START}(?:is|are|was|were|does|did|can|could|will|would|should|has|am) "
    r"(?:it|this|that|these|those|there|they|we|he|she|you|u|i|the|your|ur|my|anyone|anybody|someone|any)\b",
    rf"{START}(?:do|have) (?:you|u|they|we|i)\b",
    r"\bhow (?:much|many|long)(?: "
    r"(?:is|are|was|does|do|did|will|would|for|to|can|should|days?|pieces?|left|in|per|each)\b"
    rf"|(?: \w+)?{END})",
    rf"{START}how (?:do|does|did|to|can|could|is|are|old|big|small|often|far|about|come|will|would|should)\b",
    rf"{START}what(?:'s|s)? "
    r"(?:is|are|was|does|do|did|sizes?|colou?rs?|shades?|time|about|if|kind|type|else|price|brand)\b",
    rf"{START}(?:what's|whats|where's|wheres|who's|how's|when's) (?:the|this|that|your|it|in|inside)\b",
    rf"{START}(?:when|where|why|who) (?:is|are|was|do|does|did|can|could|will|would|should|to|not)\b",
    rf"{START}which (?:ones?|sizes?|colou?rs?|shades?|products?|is (?:better|best|for|the))\b",
    r"\b(?:may|can|could) i (?:ask|know)\b",
)
CHINESE = (
    rf"[吗嗎]{END}",
    r"[吗嗎][,，。！!~ ]",
    rf"(?<![什甚那这這怎多要])[么麼]{END}",
    r"(?<![没沒有])(?:什么时候|什麼時候|甚麼時候|啥时候|多久|为什么|為什麼|为啥)",
    r"(?:是|有|叫|选|選|买|買|用|送|哪|讲|講|卖|賣)(?:什么|什麼|甚麼|啥)(?!都|也|的)",
    r"(?<![没沒好])多少(?:钱|錢|米|天|块|塊|克|毫升|ml|g|个|個|支|瓶)?(?!都|也|有点|有點)",
    r"(?<![好这這那前后後过過十了])[几幾](?:天|号|號|点|點|折|块|塊)"
    rf"(?:发|發|到|能|可以|钱|錢|开|開|播)?(?:货|貨)?{END}",
    r"(?:怎么|怎麼|咋)(?:用|买|買|下单|下單|领|領|拍|选|選|卖|賣|洗|办|辦|样才|樣才|收费|收費|算|吃|退|换|換|弄|搭配)",
    r"(?<!哪里)哪(?:里|裡|裏|个|個|款|家|种|種|些|一款|一个|一個)(?!都|也|哪)",
    r"(?!(?:动不动|動不動|时不时|時不時))(?P<verb>[^\W\d_])不(?P=verb)",
    r"有[没沒]有",
    r"(?:能否|可否|是否)",
)
JAPANESE = (
    rf"(?:です|ます|ません|でした|ました|でしょう)か(?:ね|な|ねぇ)?{END}",
    rf"いくら(?:です|なの|でし|{END})",
    r"(?:いつ|どこ)(?:から|まで|で|に|届|発送|です|なの)(?!も)",
    rf"(?:どれ|どっち|どちら)(?:が|です|なの|を|{END})",
    r"(?:なぜ|どうやって|どうすれば)",
    r"何(?:色|円|個|サイズ)(?:です|あり|入|で)",
)
KOREAN = (
    rf"(?:나요|까요|인가요|은가요|는가요|던가요|습니까|입니까|됩니까|합니까){END}",
    rf"얼마(?:예요|에요|인가|죠|야|임|{END})",
    r"어떻게(?!든)",
    r"언제(?:쯤|\s|와|오|까지|부터|배송)(?!나)",
    rf"(?:어디|뭐)(?:서|에|예요|에요|죠|임|{END})",
    r"(?:무슨|몇)\s?(?:색|개|사이즈|시|일|호|ml|살|종류)",
)
SPANISH = (
    r"\b(?:cuándo|cuántos?|cuántas?|dónde|cuál(?:es)?)\b",
    r"\bcu[aá]nto (?:cuesta|vale|es|sale|tarda|demora|cuestan)\b",
    r"\b(?:cómo|como) (?:se (?:usa|compra|aplica|pide)|hago|puedo|lo compro|compro|pido|pago)\b",
    rf"{START}(?:d[oó]nde) (?:puedo|compro|est[aá]|queda|lo|la|se)\b",
    r"\bqu[eé] (?:tallas?|colores|precio|tamaño|marca|incluye|medidas?)\b",
    rf"{START}por qué\b",
)
PORTUGUESE = (
    r"\bquanto (?:custa|é|e|fica|sai|tá|ta|tempo|está)\b",
    r"\bqua(?:l|is) (?:o|a|os|as|é|e|seria|valor|tamanhos?|preço|cor|marca|prazo)\b",
    rf"{START}como (?:faço|compro|funciona|se usa|uso|posso|usar|comprar)\b",
    r"\bonde (?:compro|fica|posso|encontro|vende|clico|está)\b",
    rf"{START}por que\b",
)
FRENCH = (
    r"\best-ce que?\b",
    r"\bc'est combien\b",
    rf"{START}(?:combien|pourquoi|quand est)\b",
    rf"{START}comment (?:on|faire|ça|je|commander|utiliser)\b",
)
GERMAN = (
    r"\bwie ?viel(?:e)? (?:kostet|kosten|ist|sind|ml|stück)\b",
    rf"{START}(?:wann|wo) (?:kommt|ist|gibt|kann|bekomm|wird)",
    rf"{START}(?:gibt es|hast du|habt ihr|kann (?:man|ich)|welche[rs]? (?:größe|farbe|ist))\b",
)
INDONESIAN_AND_MALAY = (
    r"\bberapa\b",
    r"\b(?:apakah|bolehkah|bisakah|adakah|benarkah|bagaimana|gimana|kenapa|mengapa|kapan)\b",
    r"\bapa (?:bedanya|aja|saja|bisa|boleh|ada|warna|isinya)\b",
    rf"\b(?:yang|di) ?mana{END}",
    r"\bbila (?:sampai|ada|live)\b",
    r"\b(?:ada|bisa|boleh|masih|ready|cocok|aman|cod|cek|ori|asli)\b(?: \w+){0,4} "
    r"(?:ga|gak|ngga|nggak|enggak|tidak|tak|ke)"
    rf"(?: (?:ya|kak|ka|kk|min|sis|bang|bun|mba|mbak))*{END}",
)
FILIPINO = (
    r"\b(?:magkano|paano|saan|kailan)\b",
    r"\b(?:meron|mayroon|pwede|puwede|available|may|legit) (?:pa )?ba\b",
)
ARABIC = (
    r"\b(?:هل|متى|لماذا|ليش|وين|بكم|شنو|ايش)\b",
    r"\b(?:أين|اين|كيف) ",
    r"\bكم (?:ال|سعر|ثمن|يوم|حبة|مدة)",
    r"\bما (?:هو|هي)\b",
)
VIETNAMESE = (
    r"\bbao (?:nhiêu|nhieu|lâu|lau)\b",
    r"\b(?:khi nào|ở đâu|thế nào|tại sao|vì sao|là gì|gì vậy|gì thế|mấy (?:ngày|giờ|màu|size))",
    r"\b(?:có|được|còn|đc|ship|dùng)\b.{0,60}\b(?:không|ko|hông)"
    rf"(?: (?:ạ|shop|ad|vậy|chị|em|bạn|nhỉ|anh|c|s))*{END}",
)
THAI = (
    rf"(?<!ผ้า)(?<!เส้น)(?:ไหม|มั้ย|มั๊ย|ไม๊)(?:คะ|ครับ|ค่ะ|จ๊ะ|จ้ะ|นะ)?{END}",
    r"(?:หรือ|รึ)(?:เปล่า|ป่าว)",
    r"เท่า(?:ไหร่|ไร)",
    r"กี่\s?(?:บาท|วัน|ชิ้น|โมง|ขวด|สี|มล|ตัว)",
    r"(?:เมื่อไหร่|เมื่อไร|ที่ไหน|ยังไง|อย่างไร)(?!ก็)",
)
RUSSIAN = (
    r"\b(?:сколько|когда|почему|зачем) (?:стоит|стоят|будет|ждать|идёт|идет|осталось|дней|цена|не|так)\b",
    rf"{START}(?:где|как) (?:купить|заказать|найти|можно|оплатить|пользоваться)\b",
    r"\b(?:есть|можно|подойд[её]т|будет) ли\b",
)
TURKISH = (
    r"\b(?:ne kadar|ne zaman|nerede|kaç (?:tl|lira|para|gün|adet|beden))\b",
    rf"\b(?:var|olur|olmaz|yok) m[ıiuü]{END}",
)

WORDINGS = re.compile(
    "|".join(
        pattern
        for language in (
            ENGLISH, CHINESE, JAPANESE, KOREAN, SPANISH, PORTUGUESE, FRENCH, GERMAN, INDONESIAN_AND_MALAY, FILIPINO,
            ARABIC, VIETNAMESE, THAI, RUSSIAN, TURKISH,
        )
        for pattern in language
    )
)  # fmt: skip


def asks(text: str) -> bool:
    """Whether a text asks something."""
    plain = ADDRESS.sub(" ", unicodedata.normalize("NFC", text[:LONGEST]).casefold().replace("’", "'"))
    if not SAYS_SOMETHING.search(plain):
        return False
    return bool(MARK.search(plain) or WORDINGS.search(plain))
