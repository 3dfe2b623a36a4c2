"""The figures of a sentence: number, unit, noun, qualifier and what doubt the print leaves.

What only looks like a figure (a date, a decree, "Phường 1", "60 tuổi") comes out as well, with kind
`ordinal_or_code`, so that nothing printed is lost without a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from normalizers.quantities.not_figures import Span, ordinal_before
from normalizers.quantities.parts import DEFAULT_ODDS, Part, split, weighed
from normalizers.quantities.surroundings import context_flags, noun, qualifier
from normalizers.units import ONE, UnitMatch, unit_at
from solieu.numerals import PRIOR, NumberReading
from solieu.quick import quick, replace

Kind = Literal["amount", "percent", "fraction", "range_low", "range_high", "ordinal_or_code"]


@quick
@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure of running text at `start`..`end`.

    `raw` has the magnitude, the currency or the % sign and no counted noun: "1,94 triệu", "87,09 tỷ
    đồng", "379.339", "217/217". `value`, `rounding`, `alternative` and `denominator` are in `unit`;
    `alternative` is the other value the print allows. `noun` is the phrase after the figure.

    `flags`: norm ("mỗi viên chức … 02 người"), price, unit_assumed ("2.200 tỷ"), unitless,
    compound, half, words, from, to, maybe_year, maybe_date, what a code is (date, document,
    duration, age, ordinal …), and the flags of the numeral.
    """

    start: int
    end: int
    raw: str
    value: Decimal
    unit: str
    unit_text: str | None
    noun: str | None
    qualifier: str | None
    rounding: Decimal
    exact: bool
    number_format: str
    confidence: float
    alternative: Decimal | None
    kind: Kind
    denominator: Decimal | None = None
    flags: tuple[str, ...] = ()

    def __hash__(self) -> int:
        """By its place alone, which no other of its sentence has: a dozen rules look it up."""
        return hash((self.start, self.end))


@dataclass(slots=True)
class _Draft:
    """A figure being put together from one or several numerals; values are before the unit."""

    start: int
    end: int
    readings: tuple[NumberReading, ...]
    unit: UnitMatch | None
    kind: Kind = "amount"
    step: Decimal | None = None
    denominator: Decimal | None = None
    flags: list[str] = field(default_factory=list)
    unit_end: int = 0
    scaled: bool = False
    """The readings already hold their magnitudes (compounds)."""


# --- from numerals to drafts -------------------------------------------------------------------


def _draft(part: Part) -> _Draft:
    end = part.unit.scale_end if part.unit and _belongs(part.unit) else part.numeral.end
    draft = _Draft(part.start, end, part.readings, part.unit, unit_end=part.end)
    draft.flags += part.numeral.flags
    return draft


def _belongs(unit: UnitMatch) -> bool:
    return unit.magnitude > 1 or unit.kind in ("currency", "percent", "magnitude")


def _compound(text: str, parts: list[Part], at: int) -> tuple[_Draft, int] | None:
    """Parts of falling magnitude with nothing between them: "423 tỷ 536 triệu đồng"."""
    taken = [parts[at]]
    for following in (parts[i] for i in range(at + 1, len(parts))):
        last = taken[-1]
        if last.kind != "magnitude" or text[last.end : following.start].strip():
            break
        if following.unit is None or following.kind in ("percent", "time"):
            break
        size = following.value * following.factor
        if not following.readings or size >= last.magnitude or size < 0:
            break
        taken.append(following)
    if len(taken) == 1:
        return None
    value, sure = Decimal(0), 0.99
    for part in taken:
        whole = min(part.readings, key=lambda r: r.places)
        value += whole.value * part.factor
        sure = min(sure, part.readings[0].confidence if len(part.readings) == 1 else 0.97)
    draft = _draft(taken[-1])
    style = taken[0].readings[0].number_format
    draft.start, draft.scaled, draft.step = taken[0].start, True, taken[-1].factor
    draft.readings = (NumberReading(value, 0, style, sure),)
    draft.flags.append("compound")
    return draft, at + len(taken)


_HALF = re.compile(r" *rưỡi(?!\w)", re.IGNORECASE)


def _half(text: str, part: Part) -> _Draft | None:
    """A half of the magnitude on top: "hai triệu rưỡi", "3 tỷ rưỡi đồng"."""
    half = _HALF.match(text, part.end)
    if half is None or part.kind != "magnitude" or not part.readings:
        return None
    unit = unit_at(text, half.end())
    if unit is not None and unit.magnitude > 1:
        unit = None
    draft = _draft(part)
    reading = part.readings[0]
    value = (reading.value + Decimal("0.5")) * part.magnitude
    draft.readings = (replace(reading, value=value, confidence=min(reading.confidence, 0.94)),)
    draft.scaled, draft.step = True, part.magnitude / 2
    draft.end = unit.scale_end if unit and _belongs(unit) else half.end()
    draft.unit_end = unit.end if unit else half.end()
    draft.unit = unit or part.unit
    draft.flags.append("half")
    return draft


def _with_denominator(text: str, one: Part, two: Part) -> list[_Draft]:
    """A part and its whole: "217/217 xã", "6,8/32,2 tỷ đồng"; "3/4" may be the third of April."""
    draft = _draft(two)
    draft.start, draft.kind = one.start, "fraction"
    draft.denominator = two.value
    draft.readings = weighed(one.numeral, two.unit, DEFAULT_ODDS)
    flags = [f for f in one.numeral.flags if f not in draft.flags]
    draft.flags += flags
    if one.bare and two.bare and 1 <= one.value <= 31 and 1 <= two.value <= 12:
        alone = text.strip() == text[draft.start : draft.end].strip()
        if _OF_ALL.match(text, two.end):
            draft.flags.append("proportion")
        elif not alone and (two.unit is None or one.value > two.value):
            draft.kind = "ordinal_or_code"
            draft.flags.append("date")
        else:
            draft.flags.append("maybe_date")
            draft.readings = _at_most(one.readings, 0.6 if alone else 0.9)
    return [draft]


_OF_ALL = re.compile(r" +(?:tổng |dân )?(?:số|diện tích)(?!\w)", re.IGNORECASE)


def _at_most(readings: tuple[NumberReading, ...], limit: float) -> tuple[NumberReading, ...]:
    return tuple(replace(r, confidence=min(r.confidence, limit)) for r in readings)


_RANGE = re.compile(r" *(?:-|÷|~|(?:đến|tới)(?: (?:hơn|trên|gần|dưới|khoảng))?) *$", re.IGNORECASE)
_CHANGE = re.compile(r" *(?:lên|xuống|xuống còn|lên thành|còn) *$", re.IGNORECASE)
_FROM = re.compile(r"(?<!\w)từ(?: mức| khoảng)? *$", re.IGNORECASE)


def _range(text: str, one: Part, two: Part) -> list[_Draft] | None:
    """Two ends, the low one borrows the unit: "7,5-8,0%", "từ 5 đến 7 triệu"."""
    if not one.readings or not two.readings:
        return None
    gap = text[one.end : two.start]
    change = bool(_CHANGE.fullmatch(gap)) and bool(_FROM.search(text[: one.start]))
    if not change and not _RANGE.fullmatch(gap):
        return None
    same = one.unit is None or (two.unit is not None and one.unit.unit.code == two.unit.unit.code)
    if one.kind == "magnitude" and two.unit is not None:
        same = True
    if not same or (not change and one.value >= two.value and one.magnitude == two.magnitude):
        return None
    low, high = _draft(one), _draft(two)
    if one.unit is None:
        low.unit = two.unit
    elif one.kind == "magnitude" and two.unit is not None:
        low.unit = replace(
            two.unit, unit=replace(two.unit.unit, multiplier=one.magnitude), magnitude=one.magnitude
        )
    if change:
        low.flags.append("from")
        high.flags.append("to")
    else:
        low.kind, high.kind = "range_low", "range_high"
    return [low, high]


def _split_decimal(text: str, one: Part, two: Part) -> _Draft | None:
    """A decimal comma with a space behind it, or two figures, read in doubt: "32, 9%"."""
    if text[one.numeral.end : two.start] != ", " or two.kind != "percent" or one.unit is not None:
        return None
    if not (one.bare and two.bare and len(one.numeral.raw) <= 3 and len(two.numeral.raw) <= 2):
        return None
    draft = _draft(two)
    value = Decimal(f"{one.numeral.raw}.{two.numeral.raw}")
    places = len(two.numeral.raw)
    draft.start = one.start
    draft.readings = (
        NumberReading(value, places, "dot_thousands", 0.6),
        NumberReading(two.value, 0, "plain", 0.4),
    )
    draft.flags.append("broken_spacing")
    return draft


def _pair(text: str, one: Part, two: Part) -> list[_Draft] | None:
    if text[one.numeral.end : two.start].strip(" ") == "/" and one.unit is None and two.readings:
        return _with_denominator(text, one, two)
    if split_decimal := _split_decimal(text, one, two):
        return [split_decimal]
    return _range(text, one, two)


def _drafts(text: str, parts: list[Part]) -> Iterator[_Draft]:
    at, after_ordinal = 0, -1
    while at < len(parts):
        part = parts[at]
        name = _name_of(text, part, after_ordinal)
        if name is not None:
            after_ordinal = part.numeral.end
            draft = _draft(part)
            rank = at + 1 < len(parts) and text[part.end : parts[at + 1].start] == "/"
            last = parts[at + 1] if rank else part  # "hạng 15/63"
            draft.kind, draft.end = "ordinal_or_code", last.numeral.end
            draft.flags.append(name)
            yield draft
            at += 2 if rank else 1
            continue
        drafts, at = _next_drafts(text, parts, at)
        yield from drafts


def _next_drafts(text: str, parts: list[Part], at: int) -> tuple[list[_Draft], int]:
    part = parts[at]
    if compound := _compound(text, parts, at):
        return [compound[0]], compound[1]
    if half := _half(text, part):
        return [half], at + 1
    pair = _pair(text, part, parts[at + 1]) if at + 1 < len(parts) else None
    if pair:
        return pair, at + 2
    return [_draft(part)], at + 1


# --- what is no figure -------------------------------------------------------------------------

_PLACES = frozenset(("province", "city", "district", "commune", "village", "country"))
_JOINED = re.compile(r" *(?:,|và|-|đến|hoặc|;) *")


def _name_of(text: str, part: Part, after_ordinal: int) -> str | None:
    """What a bare number is where it counts nothing: an ordinal, a year; None for figures."""
    if not part.readings:
        return "ungrammatical"
    if "glued_code" in part.numeral.flags and part.bare and part.unit is None:
        return "code"
    figure = part.kind in ("percent", "currency", "magnitude") or len(part.numeral.raw) > 4
    if not part.bare or figure:
        return None
    if _like_year(part) and (part.unit is None or part.unit.unit.code in _PLACES):
        return "year"
    if _is_ordinal(text, part, after_ordinal):
        return "ordinal"
    padded = len(part.numeral.raw) > 2 and part.numeral.raw[0] == "0"
    return "code" if padded and part.unit is None else None


def _is_ordinal(text: str, part: Part, after_ordinal: int) -> bool:
    before = ordinal_before(text, part.start)
    if before == "strict" and (part.unit is None or len(part.numeral.raw) <= 2):
        return True
    if part.unit is not None:
        return False
    listed = after_ordinal >= 0 and _JOINED.fullmatch(text[after_ordinal : part.start])
    if listed and ";" in listed.group() and _OF_MANY.match(text, part.end):
        return False
    return before is not None or bool(listed)


_OF_MANY = re.compile(r"/\d+ +[^\W\d]")
"""Behind a programme's number a count: "hoàn thành Chương trình 135; 19/22 xã điểm …"."""


def _like_year(part: Part) -> bool:
    return part.bare and len(part.numeral.raw) == 4 and 1900 <= part.value < 2100


_PER_ONE = re.compile(r"(?<!\w)(?:trên|bình quân|mỗi) *$", re.IGNORECASE)
_MORE_THAN = re.compile(r"(?<!\w)(?:là|có|đạt|với|được|còn) trên *$", re.IGNORECASE)
"""Of what is a million: "là trên 1 triệu người"; "đạt trên 1 ha" is of each."""


def _settle(text: str, draft: _Draft) -> None:
    """Durations, ages and the denominators of rates are no figures; a lone "tỷ" is money."""
    unit = draft.unit
    if unit is None:
        draft.flags.append("unitless")
    elif unit.kind == "time" and draft.kind != "ordinal_or_code":
        draft.kind = "ordinal_or_code"
        draft.flags.append("age" if unit.unit.code.startswith("age") else "duration")
    elif unit.kind == "magnitude" and unit.magnitude >= 10**9:
        draft.flags.append("unit_assumed")
    elif unit.kind == "magnitude":
        draft.flags.append("unitless")
    if draft.kind == "amount" and unit is not None and unit.kind in ("measure", "noun"):
        one = draft.readings[0].value == 1 and not unit.unit.code.endswith("visit")
        before = text[max(0, draft.start - 16) : draft.start]
        more = unit.magnitude > 1 and _MORE_THAN.search(before)
        if one and not more and _PER_ONE.search(before):
            draft.kind = "ordinal_or_code"
            draft.flags.append("denominator")
    if draft.kind == "amount" and unit is not None and unit.kind == "percent":
        draft.kind = "percent"


# --- quantities --------------------------------------------------------------------------------


def _code_of(draft: _Draft) -> str:
    if draft.unit is None:
        return "count"
    return "VND" if "unit_assumed" in draft.flags else draft.unit.unit.code


def _doubt(text: str, draft: _Draft) -> float:
    """What the print's surroundings take from the confidence of the reading."""
    line = text[text.rfind("\n", 0, draft.start) + 1 : draft.start]
    if "broken_spacing" in draft.flags and not line.strip(" -+*•"):
        return 0.55  # "1. 888 người" may be item 1
    if "damaged" in draft.flags:
        return 0.5
    if "maybe_year" in draft.flags or "glued_code" in draft.flags:
        return 0.7
    return 1.0


def _quantity(
    text: str, plain: str, draft: _Draft, contexts: list[tuple[int, int, str]]
) -> Quantity:
    factor = ONE if draft.scaled or draft.unit is None else draft.unit.unit.multiplier
    best = draft.readings[0]
    other = draft.readings[1].value * factor if len(draft.readings) > 1 else None
    if other is not None and draft.readings[1].confidence < 0.02:
        other = None
    step = draft.step if draft.step is not None else Decimal(1).scaleb(-best.places) * factor
    hedge = qualifier(plain, draft.start, draft.unit_end)
    for start, end, flag in contexts:
        if start <= draft.start <= end and flag not in draft.flags:
            draft.flags.append(flag)
    counted = draft.unit is None or draft.unit.kind == "noun"
    whole = counted and factor == 1 and best.places == 0 and not draft.scaled
    return Quantity(
        start=draft.start,
        end=draft.end,
        raw=text[draft.start : draft.end].rstrip("."),
        value=best.value * factor,
        unit=_code_of(draft),
        unit_text=draft.unit.unit.text if draft.unit else None,
        noun=noun(plain, _noun_start(draft)),
        qualifier=hedge,
        rounding=step,
        exact=whole and hedge is None and draft.kind in ("amount", "fraction"),
        number_format=best.number_format,
        confidence=round(best.confidence * _doubt(plain, draft), 4),
        alternative=other,
        kind=draft.kind,
        denominator=draft.denominator * factor if draft.denominator is not None else None,
        flags=tuple(draft.flags),
    )


def _noun_start(draft: _Draft) -> int:
    if draft.unit is None or draft.unit.kind == "noun":
        return draft.end
    return draft.unit_end


_DIGITS = re.compile(r"[0-9]+")


def _code(text: str, span: Span) -> Quantity | None:
    """A span that holds digits and no figure."""
    digits = _DIGITS.search(text, span.start, span.end)
    if digits is None:
        return None
    return _no_figure(text, span.start, span.end, Decimal(digits[0][:30]), (span.flag,))


def _no_figure(text: str, start: int, end: int, value: Decimal, flags: tuple[str, ...]) -> Quantity:
    return Quantity(
        start,
        end,
        text[start:end],
        value,
        "count",
        None,
        None,
        None,
        ONE,
        exact=False,
        number_format="plain",
        confidence=0.0,
        alternative=None,
        kind="ordinal_or_code",
        flags=flags,
    )


def find_quantities(
    text: str, prior: float = PRIOR, decimal_comma: float | None = None
) -> list[Quantity]:
    """All numbers of a sentence or paragraph in order, with what each counts.

    `prior` is the probability that this document groups thousands with dots, `decimal_comma` that
    its commas before three digits are decimal marks; the same where nothing is said.

    >>> [(q.raw, q.unit) for q in find_quantities("có 8.148 người, đạt 56,43% kế hoạch")]
    [('8.148', 'person'), ('56,43%', 'percent')]
    """
    commas = prior if decimal_comma is None else decimal_comma
    parts, blocked, plain = split(text, prior, commas)
    contexts = context_flags(plain) if parts else []
    found = [q for span in blocked if (q := _code(text, span))]
    for draft in _drafts(plain, parts):
        if not draft.readings:
            found.append(_no_figure(text, draft.start, draft.end, Decimal(0), tuple(draft.flags)))
            continue
        if _maybe_year(draft):
            draft.flags.append("maybe_year")
        _settle(plain, draft)
        found.append(_quantity(text, plain, draft, contexts))
    return sorted(found, key=lambda q: q.start)


def _maybe_year(draft: _Draft) -> bool:
    counted = draft.unit is not None and draft.unit.kind == "noun" and draft.unit.magnitude == 1
    reading = draft.readings[0]
    return (
        counted
        and draft.kind == "amount"
        and reading.number_format == "plain"
        and 1900 <= reading.value < 2100
    )


def read_quantity(text: str, prior: float = PRIOR) -> Quantity | None:
    """The one figure of a cell that holds words as well: "≥ 95%", "379.339 người", "12 tỷ đồng".

    None where the text holds no figure, or several that are no range.
    """
    figures = [q for q in find_quantities(text, prior) if q.kind != "ordinal_or_code"]
    if len(figures) == 1 or (figures and figures[0].kind == "range_low"):
        return figures[0]
    return None
