"""What a column or a row measures, by its labels."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from normalizers.bilingual import vietnamese_part
from normalizers.facts import rows
from normalizers.metrics.dictionary import Vocabulary, vocabulary
from normalizers.metrics.matches import INSURANCE, MetricMatch
from normalizers.metrics.slots import match_phrase
from normalizers.metrics.wordings import labelled
from normalizers.metrics.words import content_words
from normalizers.spelling import canonical, contains, contains_any
from normalizers.units import PERCENTAGES, find_unit
from solieu.model import Measure
from solieu.quick import replace

_BRACKET = re.compile(r"\(([^()%]{1,24})\)")


def match_header(
    path: Sequence[str], words: Vocabulary | None = None, *, insurance: bool = False
) -> MetricMatch:
    """What a column (or row) measures, from its labels outermost first.

    >>> match_header(["BHYT HỘ GIA ĐÌNH", "Kế hoạch giao Năm 2024"]).metric
    'household_health_insurance_participants'

    Args:
        path: the labels.
        words: the vocabulary, where it is not the one in use.
        insurance: a title above says so, so "Số nợ" is what is owed to the insurance funds.
    """
    return _header(tuple(path), words or vocabulary(), _FUNDS if insurance else "")


_FUNDS = "bhxh"
_URBAN = "thành thị"
COVER = 0.75
"""Share of a label's content words that the known wording must explain."""


@lru_cache(maxsize=8192)
def _header(path: tuple[str, ...], words: Vocabulary, about: str) -> MetricMatch:
    parts = [canonical(p) for p in path]
    measure, basis = _said(parts)
    over = [canonical(_without_unit(p)) for p in path[:-1]]
    found = _covered([p for p in (*over, *parts[-1:]) if _says(p)], words, about)
    if found is None:
        bare = [canonical(_without_unit(vietnamese_part(p))) for p in path]
        found = _covered([p for p in bare if _says(p)], words, about) if bare != parts else None
        found = found or _worded(path, words, about)
    if found is None:
        return MetricMatch(None, None, measure, basis)
    return replace(found, measure=found.measure or measure, basis=found.basis or basis)


@lru_cache(maxsize=4096)
def _says(part: str) -> bool:
    return _URBAN in part or bool(content_words(part))


def _without_unit(label: str) -> str:
    """A label without the unit in brackets: "Số lượt KCB BHYT (lượt)"."""
    return _BRACKET.sub(lambda m: " " if find_unit(m[1]) else m[0], label)


def _covered(parts: list[str], words: Vocabulary, about: str) -> MetricMatch | None:
    """The leaf explained together with its parent, or by itself; never the parent alone."""
    if not parts:
        return None
    leaf, context = parts[-1], " ".join((about, *parts[:-1]))
    if len(parts) > 1:
        joint = f"{parts[-2]} {leaf}"
        found = _explained(joint, context, words, least=0.75)
        alone = _explained(leaf, context, words, least=COVER)
        if found and not _names_leaf(leaf, found, words):
            found = None
        if found and (alone is None or len(found.matched) > len(alone.matched)):
            return found
        return alone
    return _explained(leaf, context, words, least=COVER)


def _worded(path: tuple[str, ...], words: Vocabulary, about: str) -> MetricMatch | None:
    """The metric that the innermost label names as running text would: "Xuất khẩu hàng hóa".

    A count is no rate, though running text may say "98% hộ dân sử dụng điện", and what stands below
    the metric's own name is a part of it.
    """
    leaf = canonical(_without_unit(vietnamese_part(path[-1]))) if path else ""
    if not (_says(leaf) and _is_told(leaf) and INSURANCE.isdisjoint(leaf.split())):
        return None
    over = [canonical(p) for p in path[:-1]]
    metric = labelled(leaf, " ".join((about, *over)))
    unit = words.unit(metric)
    if metric not in words.metrics or (unit in PERCENTAGES and _RATE.search(leaf) is None):
        return None
    above = _covered([p for p in over if _says(p)], words, about)
    return MetricMatch(metric, unit) if above is None or above.metric != metric else None


_RATE = re.compile(r"(?<!\S)(?:tỷ (?:lệ|suất|số|trọng)|mức (?:tăng|giảm)|tốc độ|độ che phủ)(?!\S)")


def _names_leaf(leaf: str, found: MetricMatch, words: Vocabulary) -> bool:
    """Whether the wording that was found speaks of the leaf: "Nam" is not all of the population.

    The words of "thành thị" name kinds of places as well, and are no content by themselves.
    """
    if _URBAN in leaf:
        metric = words.metrics.get(found.metric or "")
        return metric is not None and any(_URBAN in canonical(known) for known in metric.labels)
    return bool(set(content_words(leaf)) & set(found.matched.split()))


def _explained(text: str, context: str, words: Vocabulary, least: float) -> MetricMatch | None:
    content = content_words(text)
    if not content or not _is_told(text):
        return None
    whole = words.whole(text)
    scheme = None if whole else _scheme(text, words)
    if scheme is not None:
        return scheme if scheme.metric else None
    found = words.find(text, context)
    if found is None:
        return None
    match, _ = found
    explained = content_words(match.matched) or match.matched.split()
    return match if len(explained) >= least * len(content) else None


def _is_told(text: str) -> bool:
    """Whether a rate says of what, and not only against what: "Tỷ lệ so với tổng dân số"."""
    return not text.startswith("tỷ lệ so ")


def _scheme(text: str, words: Vocabulary) -> MetricMatch | None:
    """Labels of the insurance schemes are read by the slots: "BHYT" holds "BHYT hộ gia đình"."""
    if not INSURANCE & set(text.split()):
        return None
    unit = "VND" if contains_any(text, _money_words()) else "person"
    noun = "đơn vị" if contains(text, "đơn vị") or contains(text, "doanh nghiệp") else "người"
    found = match_phrase(text, noun, unit, insurance=True)
    return replace(found, unit=words.unit(found.metric)) if found else MetricMatch(None)


@lru_cache(maxsize=1)
def _money_words() -> tuple[str, ...]:
    return tuple(
        canonical(w)
        for w in ("thu", "nợ", "chậm đóng", "chi", "phải thu", "trốn đóng", "tiền", "đồng")
    )


def _without_sign(part: str) -> str:
    """Of "BHYT (%)" over "KH" the sign is the first one's unit: nothing says "% KH".

    Nor of "Tỷ lệ tiêm chủng (%)", while a bare "Tỷ lệ (%)" leaves it to what stands below.
    """
    named = part.startswith("tỷ lệ ") and bool(content_words(part.removesuffix("%")))
    return part.removesuffix("%") if named or _COMPARES.match(part) is None else part


_COMPARES = re.compile(r"(?:so|tỷ lệ|đạt|hoàn thành|thực hiện|%)\b|%")


def _said(parts: list[str]) -> tuple[Measure | None, str | None]:
    text = f" {' '.join([*map(_without_sign, parts[:-1]), *parts[-1:]])} "
    return next((said for cue, said in _cues() if cue in text), (None, None))


@lru_cache(maxsize=1)
def _cues() -> tuple[tuple[str, tuple[Measure, str | None]], ...]:
    """Each cue between the spaces that make it a whole word, with its measure and base."""
    found = []
    for row in rows("measure_cues.csv"):
        measure: Measure = row["measure"]  # type: ignore[assignment] # checked by a test
        found.append((f" {canonical(row['cue'])} ", (measure, row["basis"] or None)))
    return tuple(found)
