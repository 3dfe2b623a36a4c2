"""Whether a dot groups thousands in this document, before any column is looked at."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

NATIONAL_PRIOR = 0.93
"""Share of decidable numerals in Vietnamese official prose where the dot groups thousands."""
_DIGITS_AND_MARKS = re.compile(r"[\d.,/]{3,}")
_DOT_GROUPS = re.compile(r"(?<![\d.,])\d{1,3}(?:\.\d{3}){2,}(?![\d.])")
_DECIMAL_COMMA = re.compile(r"(?<![\d.,])\d{1,3}(?:\.\d{3})*,(?:\d{1,2}|\d{4,})(?![\d.,])")
_COMMA_GROUPS = re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3}){2,}(?![\d,])")
_DECIMAL_DOT = re.compile(r"(?<![\d.,/])\d{1,3}(?:,\d{3})*\.(?:\d{1,2}|\d{4,})(?![\d.,/])")


def dot_prior(texts: Iterator[str]) -> float:
    """Probability of dot thousands from the numerals whose print leaves no choice."""
    vietnamese = english = 0
    for run in _DIGITS_AND_MARKS.findall("\n".join(texts)):
        if "." in run or "," in run:
            vietnamese += len(_DOT_GROUPS.findall(run)) + len(_DECIMAL_COMMA.findall(run))
            english += len(_COMMA_GROUPS.findall(run)) + len(_DECIMAL_DOT.findall(run))
    odds = math.log(NATIONAL_PRIOR / (1 - NATIONAL_PRIOR)) + 0.5 * vietnamese - 0.8 * english
    return 1 / (1 + math.exp(-max(-3.5, min(4.5, odds))))
