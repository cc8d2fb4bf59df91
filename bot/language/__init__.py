"""Vietnamese text: normalising, folding, decoding raw Telex and VNI, masking personal data. Pure functions."""

from bot.language.joined import split_joined
from bot.language.masking import contains_secret, mask
from bot.language.normalise import clean, clean_lines, fold, normalise_tone, tokens
from bot.language.sounds import sound_key
from bot.language.spans import spans_in
from bot.language.syllables import is_syllable
from bot.language.telex import decode_telex, decode_typing, decode_vni, looks_like_telex, looks_like_vni

__all__ = [
    "clean",
    "clean_lines",
    "contains_secret",
    "decode_telex",
    "decode_typing",
    "decode_vni",
    "fold",
    "is_syllable",
    "looks_like_telex",
    "looks_like_vni",
    "mask",
    "normalise_tone",
    "sound_key",
    "spans_in",
    "split_joined",
    "tokens",
]
