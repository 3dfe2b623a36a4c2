"""The phrases by which a metric is named, as officials vary them: rows of `prose_wordings.csv`.

A row is a phrase with alternatives in round brackets and words that may be left out in square ones.
Running text finds them around its figures, tables where nothing else stands in a label.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from normalizers.facts import rows
from normalizers.metrics.words import content_words
from normalizers.spelling import contains_any, words

_PART = re.compile(r"\(([^)]*)\)|\[([^\]]*)\]|(\S+)")


@dataclass(frozen=True, slots=True)
class Wording:
    """A row of `prose_wordings.csv`, its phrase as a pattern of whole words with a space behind."""

    metric: str
    pattern: str
    unless: tuple[str, ...]
    only: tuple[str, ...]
    """Words of which the sentence must say one: a sector is a share of GRDP only in its context."""
    counted: tuple[str, ...]
    """How what is counted must begin: "thành lập mới 85 doanh nghiệp", and not 25 hợp tác xã."""


@lru_cache(maxsize=1)
def _by_first_words() -> dict[str, dict[str, list[Wording]]]:
    """The wordings by their first word and the next two, or as many as a wording must have."""
    found: dict[str, dict[str, list[Wording]]] = {}
    for row in rows("prose_wordings.csv"):
        parts = [
            (_longest_first(a or b or c), bool(b)) for a, b, c in _PART.findall(row["wording"])
        ]
        pattern = "".join(f"(?:(?:{part}) )" + "?" * left_out for part, left_out in parts)
        wording = Wording(
            row["metric"],
            pattern,
            tuple(filter(None, row["unless"].split("|"))),
            tuple(filter(None, row["only"].split("|"))),
            tuple(filter(None, row["counted"].split("|"))),
        )
        for first, *more in _first_words(parts):
            found.setdefault(first, {}).setdefault(" ".join(more), []).append(wording)
    return found


@lru_cache(maxsize=1024)
def _compiled(pattern: str) -> re.Pattern[str]:
    """Few of the wordings begin as a document's words do."""
    return re.compile(pattern)


def _longest_first(choices: str) -> str:
    return "|".join(sorted(choices.split("|"), key=len, reverse=True))


def _first_words(parts: list[tuple[str, bool]]) -> set[tuple[str, ...]]:
    """With which words the phrase may begin, three of them where none of its ways is shorter."""
    begun: set[tuple[str, ...]] = {()}
    for part, left_out in parts:
        choices = [tuple(choice.split()) for choice in part.split("|")]
        longer = {(*words, *choice) for words in begun if len(words) < _TOLD for choice in choices}
        begun = longer | {words for words in begun if left_out or len(words) >= _TOLD}
    told = {words[:_TOLD] for words in begun if words}
    return {words for words in told if not any(words[:n] in told for n in range(1, len(words)))}


_TOLD = 3


@lru_cache(maxsize=1)
def _topics() -> frozenset[str]:
    return frozenset(words("topic"))


def matches(text: str) -> Iterator[tuple[Wording, str, str, str]]:
    """Each wording in a canonical text, the words before it, its own, those behind it."""
    padded, at, known = f"{text} ", 0, _by_first_words()
    words = text.split()
    for i, word in enumerate(words):
        for wording in _begun(known[word], words, i) if word in known else ():
            match = _compiled(wording.pattern).match(padded, at)
            if match is not None:
                own = match.group().strip()
                yield wording, text[:at].strip(), own, padded[match.end() :].strip()
        at += len(word) + 1


def _begun(known: dict[str, list[Wording]], words: list[str], at: int) -> Iterator[Wording]:
    for end in range(at + 1, min(at + _TOLD, len(words)) + 1):
        yield from known.get(" ".join(words[at + 1 : end]), ())


def allowed(wording: Wording, text: str, context: str) -> bool:
    """Do the words around a wording let it be its metric's name?"""
    if contains_any(text, wording.unless):
        return False
    around = f"{context} {text}"
    others = _topics().intersection(wording.unless)
    if wording.only and contains_any(context, others):
        return False  # what customs collect below "thu ngân sách"
    return not wording.only or contains_any(around, wording.only)


_FEWEST = 2
"""Spaces in a wording that can be a label alone: "Xuất khẩu" may head tonnes without saying so."""


def labelled(label: str, context: str) -> str | None:
    """The metric that a canonical label names and nothing else: "Tỷ suất tăng tự nhiên"."""
    found = [
        (len(own), wording.metric)
        for wording, ahead, own, rest in matches(label)
        if not wording.counted
        and own.count(" ") >= _FEWEST
        and not content_words(f"{ahead} {rest}")
        and allowed(wording, label, context)
    ]
    return max(found)[1] if found else None
