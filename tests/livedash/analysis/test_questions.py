"""Questions are told from remarks in many languages, and a remark is never taken for a question."""
from __future__ import annotations

import time

import pytest

from livedash.analysis.comments import is_question

QUESTIONS = """
is it ok for sensitive skin
can I use both at night
shipping to Penang how many days
how much is it
how much
hi host, do you have size M
which one is better
where can i buy this
what's the price
when will it ship
@luna is this vegan
Does it work on oily skin
really?
is this for men ??
本当？
这个多少钱
有货吗
敏感肌能不能用
什么时候发货
怎么买
有没有小号
哪款适合干皮
这个好用么
几天到
孕妇可以用嗎
これはいくらですか
いつ届きますか
敏感肌でも使えますか
何色ありますか
이거 얼마예요
배송 언제 와요
민감성 피부도 되나요
어떻게 사용해요
¿cuánto cuesta?
cuanto cuesta el sérum
dónde lo compro
qué tallas hay
quanto custa o frete
qual o valor
como faço pra comprar
berapa harganya kak
ada warna hitam gak kak
bisa cod ga
apakah aman untuk bumil
boleh tak
هل يوجد شحن
كم السعر
متى يصل؟
bao nhiêu tiền vậy shop
có ship không ạ
dùng cho da dầu được không
ราคาเท่าไหร่คะ
ส่งฟรีไหมคะ
มีสีดำมั้ย
magkano po
meron pa ba
сколько стоит
есть ли доставка
ne kadar
est-ce que ça marche sur peau mixte
gibt es das in blau
"""

REMARKS = """
the texture looks so good
ordered two!
that duo deal!!
how cute
how beautiful you are
what a deal
when i got mine it was great
which is why i love it
how much i love this
do it
I can do it
is good
will buy
can't wait
love it. is great
who cares
LOL
???
？！
https://shop.example/a?b=1
没什么
随便什么都好
还在呢
差不多
动不动就断货
那么
这几天买的
好几天了
哪里哪里
多少都要
かわいい
ありがとうございます
何時間も見てる
どこでも
いつも見てます
예뻐요
언제나 응원해요
qué lindo
me encanta
que tem comprar
saya suka
beli beberapa
mantap kak
شكرا
رائع جدا
đẹp quá
tôi không mua
ผ้าไหมสวยมาก
สวยมาก
спасибо
çok güzel
j'adore
super
"""


def each(texts: str) -> list[str]:
    return texts.strip().split("\n")


@pytest.mark.parametrize("text", each(QUESTIONS))
def test_a_question(text: str) -> None:
    assert is_question(text)


@pytest.mark.parametrize("text", each(REMARKS))
def test_a_remark(text: str) -> None:
    assert not is_question(text)


@pytest.mark.parametrize("text", ["", " ", "\x00", "?", "<b>?</b><script>", "a" * 70_000])
def test_any_text_has_an_answer(text: str) -> None:
    assert is_question(text) in (True, False)


@pytest.mark.parametrize("unit", ["có ", "a ", "ada a a a a ", "how many ", "是", ". ", "@a ", "! "])
def test_no_text_takes_long(unit: str) -> None:
    began = time.process_time()
    is_question(unit * (60_000 // len(unit)))
    assert time.process_time() - began < 0.2
