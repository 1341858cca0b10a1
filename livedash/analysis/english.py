"""Says whether a text in Latin letters is certainly English, by the small words that English cannot do without. It
never guesses: what is short, or has a word of another language in it, is not said to be English."""
from __future__ import annotations

import re
from functools import lru_cache


def listed(text: str) -> frozenset[str]:
    """The words of a list that is written as a text."""
    return frozenset(text.split())


UNMISTAKABLE = listed(
    """
    about after and any anyone anything are because been before being but can't could couldn't did didn't does
    doesn't doesnt didnt every everyone everything from get gets getting going gonna gotta got have haven't having
    he's here his how i'd i'll i'm i've isn't isnt it's its just know many much never not nothing our out really she
    she's should shouldn't some someone something still than thanks that that's thats the their them then there
    there's these they they're think this those very was wasn't we're we've were what what's when where which who
    why with would wouldn't you you'll you're your yours youre yes
    """
)
"""Small words that hardly any other language writes."""
SMALL = listed(
    """
    a again all always am an as at be by can cant do don't dont even for go had has he her him i if im in into is it
    like me more most my need no of off on one only or other over please so to too two up us want we will won't
    """
)
"""Small words of English that other languages write as well, with another meaning: they add up, and prove nothing."""
FOREIGN = listed(
    """
    que por para pero como los las una del muy esta este eso donde cuando cuanto precio hola gracias tambien porque
    quiero tengo tiene hay bien mas mi el la
    nao voce obrigado obrigada uma muito isso quanto tem pra vc eu meu onde
    je tu il elle nous vous des une pas avec dans mais qui bonjour merci combien cest mon
    che sono della gli questo questa ciao grazie molto anche perche il io
    ich du sie wir das der dem den ein eine einen und ist nicht auch mit auf aber wie noch nur kein habe kann wenn
    schon sehr danke bitte
    ik het een niet voor maar ook zijn hoe deze dit jij
    yang dan ini itu di ke dari untuk dengan tidak tak nak ada saya aku kamu awak kau kita kami dia mereka bisa
    boleh berapa harga harganya bagus murah mahal kak yg gak ga nggak tapi juga sudah udah belum lagi mau
    kalau kalo banget dong sih kok deh nih lah je tu ni mana apa siapa kenapa macam jual beli barang cantik sekali
    terima kasih
    ang ng mga sa na ko po ba naman lang yung ito iyan ako ikaw siya kayo tayo sila hindi oo opo magkano meron wala
    pwede paano saan kasi din rin talaga sana salamat ganda maganda mura bili nyo niyo sya yan
    khong duoc nhieu oi bao cua voi
    bir cok kadar yok icin ve
    jest nie sie ile jak dla
    och det inte jag ikke jeg og hvor
    nu sunt pentru foarte
    hai kya nahi nahin bhai kitna aur mera
    """
)
"""Small and common words of other languages that are written in Latin letters, with or without their accents. One of
them, and the text is of another language, or mixed."""

FEWEST, FEWEST_SURE, SHARE = 4, 2, 1 / 3
"""So many different words a text must have, so many of them unmistakable, and so great a part of them small."""
LONGEST = 300

_NO_WORDS = re.compile(r"https?://\S+|www\.\S+|[@#]\S+|:\w+:")
_WORD = re.compile(r"[a-z]+(?:'[a-z]+)*")


@lru_cache(maxsize=16_384)
def is_english(text: str) -> bool:
    """Whether the text is certainly English."""
    plain = _NO_WORDS.sub(" ", text[:LONGEST].replace("\u2019", "'").lower())
    if any(letter.isalpha() and not letter.isascii() for letter in plain):
        return False
    words = set(_WORD.findall(plain))
    if len(words) < FEWEST or words & FOREIGN:
        return False
    sure = len(words & UNMISTAKABLE)
    return sure >= FEWEST_SURE and sure + len(words & SMALL) >= SHARE * len(words)
