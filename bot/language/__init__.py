"""Vietnamese text: normalising, folding, decoding raw Telex and VNI, masking personal data. Pure functions."""

from bot.language.masking import contains_secret, mask

__all__ = ["contains_secret", "mask"]
