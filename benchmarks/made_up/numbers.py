"""How a document prints its numbers."""

from __future__ import annotations

import random
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal


@dataclass(frozen=True, slots=True)
class Style:
    thousands: str
    decimal: str
    pad: bool = False
    """Print "12,50" and not "12,5"."""

    def text(self, value: Decimal, places: int = 0) -> str:
        value = rounded(value, places)
        sign = "-" if value < 0 else ""
        whole, _, rest = f"{abs(value):,.{places}f}".partition(".")
        if not self.pad:
            rest = rest.rstrip("0")
        whole = whole.replace(",", self.thousands)
        return f"{sign}{whole}{self.decimal}{rest}" if rest else f"{sign}{whole}"


DOT = Style(".", ",")
COMMA = Style(",", ".")
SPACE = Style(" ", ",")
NONE = Style("", ",")
MIXED = Style(",", ",")


def rounded(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def some_style(rng: random.Random, *, spaces: bool = True) -> Style:
    """Dots for thousands are the rule; commas, blanks and both at once occur."""
    choices = [DOT, COMMA, MIXED, NONE] + ([SPACE] if spaces else [])
    weights = [60, 24, 5, 5] + ([6] if spaces else [])
    chosen = rng.choices(choices, weights)[0]
    return Style(chosen.thousands, chosen.decimal, pad=rng.random() < 0.4)


def slip(rng: random.Random, value: Decimal) -> Decimal:
    """The value with a typing slip: two digits exchanged, one wrong, or a little off."""
    digits = list(str(int(value)))
    if len(digits) > 3 and rng.random() < 0.5:
        i = rng.randrange(1, len(digits) - 1)
        if digits[i] != digits[i + 1]:
            digits[i], digits[i + 1] = digits[i + 1], digits[i]
            return Decimal("".join(digits))
    if len(digits) > 2 and rng.random() < 0.5:
        i = rng.randrange(1, len(digits))
        digits[i] = str((int(digits[i]) + rng.randint(1, 8)) % 10)
        return Decimal("".join(digits))
    return value + rng.choice([-10, -2, -1, 1, 2, 9, 10, 27])
