"""How people really type: seeded noise for questions, the same on every run."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_KEYS = {
    "telex": (dict(zip(_TONES, "fsxrj", strict=True)), {"\u0302": "", "\u031b": "w", "\u0306": "w"}, "d"),
    "vni": (dict(zip(_TONES, "21435", strict=True)), {"\u0302": "6", "\u031b": "7", "\u0306": "8"}, "9"),
}
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_BESIDE = {c: [row[j] for j in (i - 1, i + 1) if 0 <= j < len(row)] for row in _ROWS for i, c in enumerate(row)}
_CHAT = {
    "không": ("k", "ko", "hok", "khum"), "được": ("dc", "đc"), "gì": ("j",), "bao nhiêu": ("bn", "bnhiu"),
    "rồi": ("r", "rùi"), "vậy": ("v", "z"), "với": ("vs",), "biết": ("bít", "bik"), "cũng": ("cug",),
    "người": ("ng",), "điện thoại": ("đt", "dt"), "mình": ("mk", "mìh"), "giờ": ("h",), "vào": ("zo",),
    "muốn": ("mún",), "tiền": ("tìn",), "những": ("nhữg",), "trước": ("trc",), "cho": ("cko",), "phải": ("fải", "p"),
    "em": ("e",), "anh": ("a",), "như thế nào": ("ntn",), "làm": ("lm",),
}  # fmt: skip
_SOUNDS = (
    ("tr", "ch"),
    ("ch", "tr"),
    ("s", "x"),
    ("x", "s"),
    ("gi", "d"),
    ("l", "n"),
    ("n", "l"),
    ("r", "d"),
    ("v", "d"),
)
_SWAP = {0x309: 0x303, 0x303: 0x309}


def strip(text: str) -> str:
    """Without any accent."""
    parts = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(c for c in parts if not unicodedata.combining(c))


def typed(text: str, method: str) -> str:
    """As the keys were pressed, no input method listening."""
    tones, marks, bar = _KEYS[method]
    words = []
    for word in text.split():
        out, tone = "", ""
        for ch in unicodedata.normalize("NFD", word):
            if ch in tones:
                tone = tones[ch]
            elif ch in marks:
                out += marks[ch] or out[-1]
            else:
                out += {"đ": "d" + bar, "Đ": "D" + bar.upper()}.get(ch, ch)
        words.append(out + tone)
    return " ".join(words)


def _slips(text: str, rng: random.Random) -> str:
    words = text.split()
    for at, word in enumerate(words):
        if len(word) < 3 or rng.random() > 0.24:
            continue
        i, kind = rng.randrange(len(word)), rng.random()
        if kind < 0.25:
            words[at] = word[:i] + word[i + 1 :]
        elif kind < 0.5:
            words[at] = word[: i + 1] + word[i:]
        elif kind < 0.75 and i + 1 < len(word):
            words[at] = word[:i] + word[i + 1] + word[i] + word[i + 2 :]
        else:
            beside = _BESIDE.get(strip(word[i]).lower())
            words[at] = word[:i] + (rng.choice(beside) if beside else word[i]) + word[i + 1 :]
    return " ".join(words)


def _chat(text: str, rng: random.Random) -> str:
    said = f" {text.lower()} "
    for word, ways in _CHAT.items():
        if rng.random() < 0.8:
            said = said.replace(f" {word} ", f" {rng.choice(ways)} ")
    return said.strip()


def _heard(text: str, rng: random.Random) -> str:
    words = []
    for word in text.split():
        if rng.random() < 0.3:
            for written, heard in rng.sample(_SOUNDS, len(_SOUNDS)):
                if word.startswith(written) and not word.startswith(("ng", "nh", "sh")) and len(word) > len(written):
                    word = heard + word[len(written) :]
                    break
        if rng.random() < 0.5:
            word = unicodedata.normalize("NFC", unicodedata.normalize("NFD", word).translate(_SWAP))
        words.append(word)
    return " ".join(words)


def _joined(text: str, rng: random.Random) -> str:
    words = text.split()
    if rng.random() < 0.3:
        return " ".join(["".join(words[:6]), *words[6:]])
    out: list[str] = []
    for at, word in enumerate(words):
        if at and rng.random() < 0.35 and len(out[-1]) < 14:
            out[-1] += word
        else:
            out.append(word)
    return " ".join(out)


def _some(text: str, rng: random.Random) -> str:
    return " ".join(strip(word) if rng.random() < 0.5 else word for word in text.split())


CLASSES: dict[str, Callable[[str, random.Random], str]] = {
    "strip": lambda t, _: strip(t),
    "some accents": _some,
    "telex": lambda t, _: typed(t, "telex"),
    "vni": lambda t, _: typed(t, "vni"),
    "nfd": lambda t, _: unicodedata.normalize("NFD", t),
    "typos": _slips,
    "typos, no accents": lambda t, rng: _slips(strip(t), rng),
    "joined": _joined,
    "chat": _chat,
    "as heard": _heard,
    "shouting": lambda t, _: f"{t.upper()}!!! 😭",
}


def noisy(text: str, kind: str, seed: int = 0) -> str:
    """One question in one kind of noise."""
    return CLASSES[kind](text, random.Random(f"{kind}|{seed}|{text}"))
