"""What a spreadsheet's number format shows: decimals, scaling, percent.

Only the parts of a format that change the figure a reader sees are kept; colours and padding are
not.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_DATE = re.compile(r"[ymdhs]", re.IGNORECASE)
_DIGITS = re.compile(r"[#0?][#0?,]*(?:\.([#0?]+))?")


@lru_cache(maxsize=1024)
def _parts(number_format: str) -> tuple[int, int, bool, bool] | None:
    """Decimals, thousands scaled away, percent, grouped; None where it shows no plain number."""
    section = _LITERAL.sub("", number_format.partition(";")[0])
    found = _DIGITS.search(section)
    if found is None:
        return None
    digits = found.group(0).partition(".")[0]
    rest = section[found.end() :]
    scaled = len(digits) - len(digits.rstrip(",")) + len(rest) - len(rest.lstrip(","))
    decimals = len(found.group(1) or "")
    return decimals, scaled, "%" in section, "," in digits.rstrip(",")


@lru_cache(maxsize=1024)
def is_date_format(number_format: str) -> bool:
    """Whether the format shows a date or a time.

    >>> is_date_format("dd/mm/yyyy"), is_date_format('#,##0 "đồng"')
    (True, False)
    """
    plain = _LITERAL.sub("", number_format.partition(";")[0])
    return plain.lower() != "general" and bool(_DATE.search(plain)) and not _DIGITS.search(plain)


def is_percent(number_format: str) -> bool:
    """Whether the format shows 0.95 as 95%."""
    parts = _parts(number_format)
    return bool(parts and parts[2])


def in_scale(value: Decimal, number_format: str) -> Decimal:
    """The number in the scale that the format shows: heads name the unit of what is shown.

    >>> in_scale(Decimal(12345678), "#,##0.0,,")
    Decimal('12.345678')
    """
    parts = _parts(number_format)
    if not parts or not parts[1]:
        return value
    return value.scaleb(-3 * parts[1]).normalize() + 0  # 1000 and not 1E+3


def display(value: Decimal, number_format: str) -> str | None:
    """The number as the spreadsheet shows it, with a point for decimals; None where unknown.

    >>> display(Decimal("95.236"), "#,##0.0"), display(Decimal("0.9466"), "0.00%")
    ('95.2', '94.66%')
    """
    parts = _parts(number_format)
    if parts is None:
        return None
    decimals, scaled, percent, grouped = parts
    shown = value.scaleb(-3 * scaled + (2 if percent else 0))
    shown = shown.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    return f"{shown:{',' if grouped else ''}f}" + ("%" if percent else "")
