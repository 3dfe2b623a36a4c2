"""The words around a figure: its qualifier, its noun, and clauses of norms or prices.

The words are rows of `data/qualifiers.csv`, `noun_stops.csv` and `contexts.csv`.
"""

from __future__ import annotations

import re
from functools import cache

from normalizers.branching import any_of
from normalizers.facts import rows
from normalizers.watching import lowered
from solieu.text import open_bracket


@cache
def _qualifiers() -> tuple[re.Pattern[str], re.Pattern[str], dict[str, str]]:
    table = rows("qualifiers.csv")
    before = any_of([r["phrase"] for r in table if r["place"] == "before"])
    after = any_of([r["phrase"] for r in table if r["place"] == "after"])
    return (
        re.compile(rf"(?:(?<!\w)|(?=[<>≤≥~≈]))({before})[ :]*$", re.IGNORECASE),
        re.compile(rf"[^.,;:()\n0-9]{{0,40}}?(?<!\w)({after})(?!\w)", re.IGNORECASE),
        {r["phrase"]: r["qualifier"] for r in table},
    )


@cache
def _qualifier_words() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """How those behind a figure begin, and how those before it end."""
    said = {
        place: [r["phrase"].lower().split() for r in rows("qualifiers.csv") if r["place"] == place]
        for place in ("after", "before")
    }
    return tuple({words[0] for words in said["after"]}), tuple({w[-1] for w in said["before"]})


def qualifier(text: str, start: int, end: int) -> str | None:
    """Say "more_than" for "trên …", "at_least" for "… trở lên"; "cao hơn" qualifies nothing."""
    before, after, meaning = _qualifiers()
    begins, ends = _qualifier_words()
    said = lowered(text)
    match = after.match(text, end) if any(map(said.__contains__, begins)) else None
    ahead = text[max(0, start - 28) : start]
    # Most figures stand behind other words: asked before the pattern is tried at each letter.
    if match is None and ahead.rstrip(" :").lower().endswith(ends):
        match = before.search(ahead)
    return meaning[" ".join(match[1].lower().split())] or None if match else None


@cache
def _noun_phrase() -> re.Pattern[str]:
    stops = "|".join(row["words"] for row in rows("noun_stops.csv"))
    return re.compile(
        rf" *((?:(?!(?<!\w)(?:{stops})(?!\w))[^.,;:()\[\]/\n0-9\"“”]){{1,70}})", re.IGNORECASE
    )


def noun(text: str, at: int) -> str | None:
    """The phrase that begins here, up to a verb, a preposition or a stop."""
    match = _noun_phrase().match(text, at)
    return (match[1].strip(" -+*") or None) if match else None


@cache
def _contexts() -> tuple[re.Pattern[str], dict[str, tuple[str, re.Pattern[str] | None]]]:
    """A pattern of literals alone, which is fast, and per word its flag and what may not follow."""
    meaning = {}
    for row in rows("contexts.csv"):
        unless = row["unless_followed_by"]
        veto = re.compile(rf" (?:{unless})(?!\w)") if unless else None
        meaning[row["word"]] = (row["flag"], veto)
    return re.compile("|".join(sorted(map(re.escape, meaning), key=len, reverse=True))), meaning


_SENTENCE_END = re.compile(r"[;\n!?]|\. ")
_PRICE_REACH = 60


_WHOLE_VERBS = ("xác ", "quy ", "ấn ")
"""What makes "định" a verb's end: "xác định mức 92%" names no norm ("định mức")."""


_AVERAGES = ("bình quân ", "trung bình ")
"""Before "mỗi" they tell of what is and not of what is due: "thu nhập bình quân mỗi người"."""


def context_flags(text: str) -> list[tuple[int, int, str]]:
    """Clauses in which figures are norms or prices, as (from, to, flag)."""
    pattern, meaning = _contexts()
    lower = text.lower()
    found = []
    for match in pattern.finditer(lower):
        flag, veto = meaning[match[0]]
        inside = lower[match.start() - 1 : match.start()].isalnum()
        inside = inside or lower[match.end() : match.end() + 1].isalnum()
        inside = inside or lower[: match.start()].endswith(_WHOLE_VERBS + _AVERAGES)
        if inside or (veto is not None and veto.match(lower, match.end())):
            continue
        limit = len(text) if flag == "norm" else min(len(text), match.end() + _PRICE_REACH)
        limit = min(limit, _bracket_end(text, match.start()))
        end = _SENTENCE_END.search(text, match.end(), limit)
        found.append((match.start(), end.start() if end else limit, flag))
    return found


def _bracket_end(text: str, at: int) -> int:
    """Where the bracket closes in which a norm is told: "(15 tiêu chí mỗi xã), 2 xã nâng cao"."""
    closed = text.find(")", at)
    return closed if open_bracket(text, at) >= 0 and closed >= 0 else len(text)
