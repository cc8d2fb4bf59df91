"""Which words can be Vietnamese: onset + rime + tone, generated instead of listed."""

from __future__ import annotations

import unicodedata
from functools import cache

from bot.language.characters import words

TONES = "\u0300\u0301\u0303\u0309\u0323"  # huyền, sắc, ngã, hỏi, nặng

_ONSETS = words("b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x")
# Rimes after which spelling asks for k, gh, ngh instead of c, g, ng.
_FRONT = words(
    "e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ich im in inh ip it iu ia iêc iêm iên iêng iêp iêt iêu"
)
_BACK = words(
    "a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây "
    "o oc oi om on ong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt "
    "u uc ui um un ung up ut ua uôc uôi uôm uôn uông uôt ư ưc ưi ưng ưt ưu ưa ươc ươi ươm ươn ương ươp ươt ươu"
)
# With a glide: not after lips, nor after c and k (there q is written).
_GLIDE = words(
    "oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oe oen oeo oet "
    "uân uâng uât uây uê uêch uênh uơ uy uya uych uyên uyêt uynh uyt uyu"
)
_NO_GLIDE = frozenset(words("b c gh gi k m ngh p ph v"))
_AFTER_QU = words(
    "a ac ach ai an ang anh ao at au ay ăc ăm ăn ăng ăp ăt ân âng ât ây âu e en eo et ê êch ên ênh êt "
    "i ich inh it iu y ych ynh yt yên yêt yu ơ ơn ơi ôc"
)
_AFTER_GI_WITH_E = words("ê êng êt êm êc ên n")  # giêng, giết, gìn
_WITH_Y = frozenset(words("h k l m s t th v"))
_ALONE = words(
    "y yêm yên yêng yêt yêu ia iêc voan buyt phuy xuyn "  # xe buýt, vải voan, thùng phuy
    "gi gin ghi ghim ghin "
    "xoong mooc sooc goong"  # not as a rule for every onset: raw Telex «khoong» is «không»
)

VOWELS = frozenset("aăâeêioôơuưy")


@cache
def bases() -> frozenset[str]:
    """Every toneless syllable, with its hats and horns (cươc, đương, hoa)."""
    found = set(_ALONE) | set(_FRONT) | set(_BACK) | set(_GLIDE)
    for onset in _ONSETS:
        if onset == "qu":
            found.update(onset + rime for rime in _AFTER_QU)
            continue
        if onset == "gi":
            found.update(onset + rime for rime in [*_BACK, *_AFTER_GI_WITH_E, "e", "eo", "em", "en"])
            continue
        if onset not in ("c", "g", "ng"):
            found.update(onset + rime for rime in _FRONT)
        if onset not in ("k", "gh", "ngh"):
            found.update(onset + rime for rime in _BACK)
        if onset not in _NO_GLIDE:
            found.update(onset + rime for rime in _GLIDE)
        if onset in _WITH_Y:
            found.add(onset + "y")
    found.difference_update(("iêm", "iên", "iêng", "iêp", "iêt", "iêu"))  # written with y where nothing stands before
    return frozenset(found)


@cache
def plain_bases() -> frozenset[str]:
    """The same without any mark: what people type who type without accents."""
    return frozenset(_strip_all(base) for base in bases())


def _strip_all(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text.replace("đ", "d"))
    return "".join(ch for ch in decomposed if not unicodedata.combining(ch))


def split_tone(word: str) -> tuple[str, str]:
    """A word without its tone, and the tone's combining mark (empty for the level tone; the last one wins)."""
    tone = ""
    kept: list[str] = []
    for ch in unicodedata.normalize("NFD", word[:64]):
        if ch in TONES:
            tone = ch
        else:
            kept.append(ch)
    return unicodedata.normalize("NFC", "".join(kept)), tone


def tone_fits(base: str, tone: str) -> bool:
    """Words ending in c, ch, p, t carry only sắc or nặng when spoken."""
    return not base.endswith(("c", "ch", "p", "t")) or tone in ("\u0301", "\u0323")


def is_syllable(token: str) -> bool:
    """Whether one word can be a Vietnamese syllable: accented, without tone, or without any accent."""
    if not token or len(token) > 16:  # nghiêng decomposed and toned has 10
        return False
    word = token.lower()
    if word.isascii():
        return word in plain_bases()
    base, tone = split_tone(word)
    return base in bases() and (not tone or tone_fits(base, tone))


def with_tone(base: str, tone: str) -> str:
    """Put the tone on its place, the way most people type it (hòa, thúy, khỏe, ủy; toán, quý, già, giữa)."""
    if not tone:
        return base
    spot = _tone_spot(base)
    return unicodedata.normalize("NFC", base[: spot + 1] + tone + base[spot + 1 :]) if spot >= 0 else base


def _tone_spot(base: str) -> int:
    skip = 0
    if base.startswith("qu") or (base.startswith("gi") and any(ch in VOWELS for ch in base[2:])):
        skip = 2
    spots = [index for index in range(skip, len(base)) if base[index] in VOWELS]
    if not spots:
        return -1
    for index in reversed(spots):  # a hat, breve or horn takes the tone; of ươ the second
        if base[index] in "ăâêôơư":
            return index
    if len(spots) == 1:
        return spots[0]
    closed = spots[-1] < len(base) - 1
    if len(spots) == 3 or closed:  # khuỷu, ngoài; toán, hoàng
        return spots[1] if len(spots) == 3 else spots[-1]
    return spots[0]
