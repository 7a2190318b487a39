"""Numbers of paper forms: eight signs and one that tells a slip of the pen. Pure.

The last sign is the sum of the others, each times its place (2 to 9), modulo 31 (a prime): one wrong sign or two
neighbours exchanged never give a number that is right.
"""

from __future__ import annotations

import random

from openpes.core.ids import ALPHABET, fold_ref, new_ref

LENGTH = 8
SIGNS = ALPHABET[:31]


def check_sign(number: str) -> str:
    """The ninth sign of eight."""
    return SIGNS[sum(place * SIGNS.index(sign) for place, sign in enumerate(number, start=2)) % len(SIGNS)]


def new_number(chooser: random.Random | None = None) -> str:
    """A number for a form to be printed."""
    while True:
        signs = "".join(sign for sign in new_ref(chooser) if sign in SIGNS)[:LENGTH]
        if len(signs) == LENGTH:
            return signs + check_sign(signs)


def fold_paper(typed: str) -> str:
    """What somebody typed, as a number: upper case, look-alikes mended, spaces and hyphens dropped."""
    return fold_ref(typed)[: LENGTH + 2]


def is_number(typed: str) -> bool:
    """True for a number that a form can carry."""
    number = fold_paper(typed)
    if len(number) != LENGTH + 1 or any(sign not in SIGNS for sign in number):
        return False
    return check_sign(number[:LENGTH]) == number[LENGTH]


def in_groups(number: str) -> str:
    """As it is printed and read aloud: three groups of three."""
    return f"{number[:3]}-{number[3:6]}-{number[6:]}"
