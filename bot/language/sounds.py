"""Spelling as pronounced: one key for what people from different regions write differently."""

from __future__ import annotations

from bot.language.normalise import fold

# Written differently, heard alike somewhere in the country; longer spellings first.
_ONSETS = (
    ("ngh", "ng"),
    ("ng", "ng"),
    ("gh", "g"),
    ("gi", "d"),
    ("tr", "ch"),
    ("ch", "ch"),
    ("kh", "kh"),
    ("nh", "nh"),
    ("ph", "ph"),
    ("th", "th"),
    ("qu", "qu"),
    ("f", "ph"),
    ("s", "x"),
    ("x", "x"),
    ("n", "l"),
    ("l", "l"),
    ("v", "d"),
    ("r", "d"),
    ("d", "d"),
    ("z", "d"),
    ("j", "d"),
    ("c", "k"),
    ("q", "k"),
)
_CODAS = (("ng", "n"), ("nh", "n"), ("ch", "t"), ("c", "t"))


def sound_key(syllable: str) -> str:
    """A folded key without tone that merges tr/ch, s/x, l/n, d/gi/r/v, c/k/q, final n/ng/nh, t/c/ch, and i/y.

    Tones go with the accents (so hỏi and ngã are one); «trợ» and «chợ», «xã» and «sã», «giấy» and «dấy» share a
    key. Far too wide to match by alone: use it to rank what is nearly right.
    """
    word = fold(syllable).replace(" ", "")[:16]
    if not word:
        return ""
    onset, rest = "", word
    if word == "gi" or (word.startswith("gi") and word[2:3] not in tuple("aeou")):
        onset, rest = "d", "i" + word[2:]  # gì, gìn: the i is the vowel
    else:
        for written, heard in _ONSETS:
            if word.startswith(written) and len(word) > len(written):
                onset, rest = heard, word[len(written) :]
                break
    for written, heard in _CODAS:
        if rest.endswith(written) and len(rest) > len(written):
            rest = rest[: -len(written)] + heard
            break
    rest = rest.replace("y", "i").replace("uou", "ieu").replace("uu", "iu")
    return onset + rest
