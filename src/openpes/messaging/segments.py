"""How many text message segments a text costs: GSM-7 has 160 characters in one, UCS-2 has 70."""

from __future__ import annotations

GSM_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM_EXTENDED = frozenset("^{}\\[~]|€\f")


def is_gsm(text: str) -> bool:
    """True when the text fits the GSM 03.38 alphabet."""
    return all(letter in GSM_BASIC or letter in GSM_EXTENDED for letter in text)


def segments_of(text: str) -> int:
    """The number of segments a text is sent in; 1 for an empty text. Longer texts lose room for the joining header."""
    if is_gsm(text):
        length = sum(2 if letter in GSM_EXTENDED else 1 for letter in text)
        return 1 if length <= 160 else -(-length // 153)
    length = len(text.encode("utf-16-le")) // 2
    return 1 if length <= 70 else -(-length // 67)
