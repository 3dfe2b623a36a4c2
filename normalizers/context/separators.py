"""Whether a dot groups thousands in this document, before any column is looked at."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence

NATIONAL_PRIOR = 0.93
"""Share of decidable numerals in Vietnamese official prose where the dot groups thousands."""
_DIGITS_AND_MARKS = re.compile(r"[\d.,/]{3,}(?: ?%)?")
_DOT_GROUPS = re.compile(r"(?<![\d.,])\d{1,3}(?:\.\d{3}){2,}(?![\d.])")
_DECIMAL_COMMA = re.compile(r"(?<![\d.,])\d{1,3}(?:\.\d{3})*,(?:\d{1,2}|\d{4,})(?![\d.,])")
_COMMA_GROUPS = re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3}){2,}(?![\d,])")
_DECIMAL_DOT = re.compile(r"(?<![\d.,/])\d{1,3}(?:,\d{3})*\.(?:\d{1,2}|\d{4,})(?![\d.,/])")
_COMMA_PERCENT = re.compile(r"(?<![\d.,])\d{1,3},\d{1,2} ?%")
_DOT_PERCENT = re.compile(r"(?<![\d.,/])\d{1,3}\.\d{1,2} ?%")


def priors(texts: Iterable[str]) -> tuple[float, float]:
    """How surely a dot groups thousands, and a comma before three digits is a decimal mark."""
    found = _DIGITS_AND_MARKS.findall("\n".join(texts))
    runs = [run for run in found if "." in run or "," in run]
    return _dot_prior(runs), _comma_prior(runs)


def _comma_prior(runs: Sequence[str]) -> float:
    """Probability that a comma before three digits is a decimal mark.

    "5,792" stands beside "32,9%" in many a document, so that says nothing about commas; a writer
    of "41.8%" groups with them.
    """
    dots = sum(len(_DOT_PERCENT.findall(run)) for run in runs)
    commas = sum(len(_COMMA_PERCENT.findall(run)) for run in runs)
    grouped = sum(len(_COMMA_GROUPS.findall(run)) for run in runs)
    return _probability(-2.5 * max(0, dots - commas) - 0.8 * grouped)


def _dot_prior(runs: Sequence[str]) -> float:
    """Probability of dot thousands from the numerals whose print leaves no choice."""
    vietnamese = english = 0
    for run in runs:
        vietnamese += len(_DOT_GROUPS.findall(run)) + len(_DECIMAL_COMMA.findall(run))
        english += len(_COMMA_GROUPS.findall(run)) + len(_DECIMAL_DOT.findall(run))
    return _probability(0.5 * vietnamese - 0.8 * english)


def _probability(evidence: float) -> float:
    """The national share moved by log-odds, and never beyond doubt."""
    odds = math.log(NATIONAL_PRIOR / (1 - NATIONAL_PRIOR)) + evidence
    return 1 / (1 + math.exp(-max(-3.5, min(4.5, odds))))
