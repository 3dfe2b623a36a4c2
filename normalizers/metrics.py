"""What a label or a phrase measures: a code of the vocabulary, or nothing.

Headers are short and are looked up: the longest known wording, compared in one spelling, that
covers most of the label. In running text the scheme, the thing counted and the base stand apart, so
a phrase is matched by slots (`metric_slots.csv`). A label that is in neither gives no code: the
published words stay, nothing is guessed.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from normalizers.bilingual import vietnamese_part
from normalizers.facts import DATA, read_rows, rows
from normalizers.measures import measured
from normalizers.spelling import canonical, contains
from normalizers.units import find_unit
from solieu.errors import UsageError
from solieu.model import Measure, Scenario

_NUMBER = re.compile(r"(?<!\w)\d+(?:[.,]\d+)*(?:/\d+)?\s*(%)?")
_YEAR = re.compile(r"năm \d{4}|\d{1,2}/\d{4}")
_MAGNITUDE = re.compile(r"^(?:(?:nghìn|ngàn|vạn|triệu|tỷ|tỉ)\s+)*(đồng|đ\b|vnđ|vnd)?")
_WORD = re.compile(r"\w+")
_BRACKET = re.compile(r"\(([^()%]{1,24})\)")
INSURANCE = frozenset({"bhxh", "bhyt", "bhtn"})


@dataclass(frozen=True, slots=True)
class Metric:
    """A row of the vocabulary."""

    code: str
    label_vi: str
    label_en: str
    unit: str
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MetricMatch:
    """What a label says; each part None where it does not say."""

    metric: str | None
    unit: str | None = None
    measure: Measure | None = None
    scenario: Scenario | None = None
    basis: str | None = None
    matched: str = ""
    """The known wording that was found, in the compared spelling."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One rule for running text; words are in the compared spelling."""

    metric: str | None
    counted: frozenset[str]
    needs: tuple[tuple[str, ...], ...]
    none: tuple[str, ...]
    unit: str
    within: str
    measure: Measure | None
    basis: str | None


def _alternatives(cell: str) -> tuple[str, ...]:
    return tuple(canonical(part) for part in cell.split("|") if part.strip())


@lru_cache(maxsize=1)
def _neutral() -> frozenset[str]:
    return frozenset(
        spelling
        for row in rows("neutral_words.csv")
        for word in row["words"].split()
        for spelling in (canonical(word.replace("_", " ")), word)
    )


def content_words(text: str) -> list[str]:
    """Words of a canonical text that name a thing: no counting words, periods, units, digits.

    >>> content_words("tăng/giảm bhyt đến 31/12/2020")
    ['bhyt']
    """
    return [w for w in text.split() if not _is_neutral(w)]


@lru_cache(maxsize=16384)
def _is_neutral(word: str) -> bool:
    neutral = _neutral()
    return all(part in neutral or part.isdigit() for part in _WORD.findall(word))


@lru_cache(maxsize=1)
def _slots() -> tuple[Slot, ...]:
    return tuple(
        Slot(
            metric=row["metric"] or None,
            counted=frozenset(canonical(c) for c in row["counted"].split("|"))
            if row["counted"]
            else frozenset(),
            needs=tuple(_alternatives(group) for group in row["all"].split(";") if group),
            none=_alternatives(row["none"]),
            unit=row["unit"],
            within=row["within"],
            measure=row["measure"] or None,  # type: ignore[arg-type] # the CSV holds Measure words
            basis=row["basis"] or None,
        )
        for row in rows("metric_slots.csv")
    )


@lru_cache(maxsize=1)
def _counted_people() -> frozenset[str]:
    return frozenset({"", *(canonical(r["noun"]) for r in rows("counted_people.csv"))})


def _fits(slot: Slot, text: str, noun: str, unit: str, *, insurance: bool) -> bool:
    if slot.within == "insurance" and not insurance:
        return False
    if bool(slot.counted) if unit == "percent" else not _counts(slot, noun, unit):
        return False
    if any(contains(text, word) for word in slot.none):
        return False
    return all(any(contains(text, word) for word in group) for group in slot.needs)


def _counts(slot: Slot, noun: str, unit: str) -> bool:
    if slot.counted:
        return any(noun == c or (c != "" and noun.startswith(f"{c} ")) for c in slot.counted)
    if slot.unit == "person":
        return unit in _PEOPLE_UNITS and any(
            noun == c or (c != "" and noun.startswith(f"{c} ")) for c in _counted_people()
        )
    return slot.unit in {"", unit}


_PEOPLE_UNITS = frozenset({"", "person", "count", "visit", "case", "student"})


@lru_cache(maxsize=8192)
def match_phrase(text: str, noun: str, unit: str, *, insurance: bool = False) -> MetricMatch | None:
    """The first slot rule that fits a phrase.

    Args:
        text: the phrase around a figure, without the figure, as printed.
        noun: what is counted, as printed ("người", "đơn vị"); "" where nothing is.
        unit: unit code of the figure.
        insurance: the document speaks of social insurance, so "số thu" is its revenue.

    Returns:
        None where no rule fits; a match with metric None where the vocabulary knows that it has no
        code for this (thu BHYT alone).
    """
    phrase, counted = without_agencies(canonical(text)), canonical(noun)
    if unit == "percent":
        phrase = without_base(phrase)
    for slot in _slots():
        if _fits(slot, phrase, counted, unit, insurance=insurance):
            return MetricMatch(
                metric=slot.metric,
                unit=unit,
                measure=slot.measure,
                basis=slot.basis,
                matched=phrase,
            )
    return None


@lru_cache(maxsize=1)
def _agencies() -> re.Pattern[str]:
    names = sorted((canonical(r["phrase"]) for r in rows("agencies.csv")), key=len, reverse=True)
    scheme = r"(?<!tham gia )(?<!đóng )(?<!hưởng )"
    return re.compile(rf"(?<!\S){scheme}(?:" + "|".join(map(re.escape, names)) + r")(?!\S)")


def without_agencies(text: str) -> str:
    """A canonical text without the names of agencies and laws: "BHXH tỉnh" is no scheme."""
    return " ".join(_agencies().sub(" ", text).split())


_BASE = re.compile(
    r"(?:so với |so )?(?:tổng )?(?:số )?(?:"
    r"phải thu|lực lượng lao động(?: xã hội)?(?: đang)?(?: trong độ tuổi)?(?: lao động)?"
    r"|(?:kế hoạch|chỉ tiêu|dự toán)(?: (?:năm|được|do|của|tỉnh|ubnd|hđnd|giao|đề ra|\d{4}))*"
    r")(?!\w)"
)


def without_base(text: str) -> str:
    """A canonical phrase around a percent, without what it is a percent of."""
    return " ".join(_BASE.sub(" ", text).split())


class Vocabulary:
    """The known wordings of every metric, and the longest of them in a label."""

    def __init__(self, metrics: Iterable[Metric]) -> None:
        self.metrics: dict[str, Metric] = {}
        self._weak = {
            canonical(r["label"]): _alternatives(r["needs"]) for r in rows("weak_labels.csv")
        }
        self.own: Vocabulary | None = None
        """The user's rows by themselves: in running text they stand before the shipped rules."""
        self._known: dict[tuple[str, ...], MetricMatch] = {}
        self._rates: list[MetricMatch] = []
        self._longest = 1
        for row in rows("not_metrics.csv"):
            self._add(row["label"], MetricMatch(None))
        for metric in metrics:
            self.metrics[metric.code] = metric
            for label in metric.labels:
                self._add(label, MetricMatch(metric.code, metric.unit))

    def _add(self, label: str, match: MetricMatch) -> None:
        key = tuple(canonical(label).split())
        if key:
            self._known.setdefault(key, replace(match, matched=" ".join(key)))
            self._longest = max(self._longest, len(key))

    def add_rates(self, rates: Iterable[Mapping[str, str]]) -> None:
        """Wordings that name a metric together with its measure and base."""
        for row in rates:
            if row["metric"]:
                for label in row["labels"].split("|"):
                    measure: Measure = row["measure"]  # type: ignore[assignment] # checked by a test
                    basis = row["basis"] or None
                    rate = MetricMatch(
                        row["metric"], "percent", measure, None, basis, canonical(label)
                    )
                    self._rates.append(rate)
                    self._add(label, rate)

    @classmethod
    def load(cls, extra: Path | None = None) -> Vocabulary:
        """The vocabulary shipped here, and rows of a user's own CSV before it.

        The CSV has the columns code, label_vi, label_en, unit, labels (wordings separated by |).
        """
        own = list(_read_metrics(extra)) if extra else []
        vocabulary = cls([*own, *_read_metrics(DATA / "metrics.csv")])
        vocabulary.add_rates(rows("rate_labels.csv"))
        vocabulary.own = cls(own) if own else None
        return vocabulary

    def unit(self, code: str | None) -> str | None:
        metric = self.metrics.get(code or "")
        return metric.unit if metric else None

    def find(self, text: str, context: str = "") -> tuple[MetricMatch, int] | None:
        """The longest known wording in a canonical text, and how many words it has."""
        words = tuple(text.split())
        around = f"{context} {text}"
        for size in range(min(self._longest, len(words)), 0, -1):
            known = (
                match
                for start in range(len(words) - size + 1)
                if (match := self._known.get(words[start : start + size]))
                and self._allowed(match.matched, around)
            )
            best = max(known, key=lambda m: len(content_words(m.matched)), default=None)
            if best is not None:
                return best, size
        return None

    def whole(self, text: str) -> bool:
        """Is the canonical text, as it stands, a known wording?"""
        return tuple(text.split()) in self._known

    def longest(self, text: str) -> MetricMatch | None:
        """The longest wording, with the measure that a shorter one of the same metric adds."""
        found = self.find(text)
        if found is None or found[0].measure:
            return found[0] if found else None
        rate = next(
            (m for m in self._rates if m.metric == found[0].metric and contains(text, m.matched)),
            None,
        )
        return replace(found[0], measure=rate.measure, basis=rate.basis) if rate else found[0]

    def _allowed(self, wording: str, around: str) -> bool:
        needs = self._weak.get(wording)
        return needs is None or any(
            contains(around, w) or (w == "%" and "%" in around) for w in needs
        )


_COLUMNS = ("code", "label_vi", "label_en", "unit", "labels")


def _rows(path: Path) -> tuple[dict[str, str], ...]:
    try:
        found = read_rows(path)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UsageError(
            f"The vocabulary {path} cannot be read ({error}). It must be a CSV file in UTF-8.",
            f"Không đọc được bộ từ vựng {path} ({error}). Tệp phải là CSV mã UTF-8.",
        ) from error
    if any(row.get(column) is None for row in found for column in _COLUMNS):
        raise UsageError(
            f"The vocabulary {path} needs the columns {', '.join(_COLUMNS)} in every row.",
            f"Bộ từ vựng {path} cần các cột {', '.join(_COLUMNS)} ở mọi dòng.",
        )
    return found


def _read_metrics(path: Path) -> Iterator[Metric]:
    for row in _rows(path):
        labels = tuple(part.strip() for part in row["labels"].split("|") if part.strip())
        yield Metric(
            row["code"], row["label_vi"], row["label_en"], row["unit"], (row["label_vi"], *labels)
        )


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """The vocabulary in use, read once: the shipped one, or the one that `use` named with it."""
    return Vocabulary.load(_own[0])


_own: list[Path | None] = [None]


def use(extra: Path | None) -> None:
    """Have rows of a user's own CSV stand before the shipped ones, in this process from here on."""
    if extra != _own[0]:
        _own[0] = extra
        vocabulary.cache_clear()
        _match_header.cache_clear()


def match_header(path: Sequence[str], words: Vocabulary | None = None) -> MetricMatch:
    """What a column (or row) measures, from its labels outermost first.

    >>> match_header(["BHYT HỘ GIA ĐÌNH", "Kế hoạch giao Năm 2024"]).metric
    'household_health_insurance_participants'
    """
    if words is None:
        return _match_header(tuple(path))
    return _header(tuple(path), words)


@lru_cache(maxsize=8192)
def _match_header(path: tuple[str, ...]) -> MetricMatch:
    return _header(path, vocabulary())


COVER = 0.75
"""Share of a label's content words that the known wording must explain."""


def _header(path: tuple[str, ...], words: Vocabulary) -> MetricMatch:
    parts = [canonical(p) for p in path]
    measure, basis, scenario = _said(parts)
    found = _covered([p for p in parts if content_words(p)], words)
    if found is None:
        bare = [canonical(_without_unit(vietnamese_part(p))) for p in path]
        found = _covered([p for p in bare if content_words(p)], words) if bare != parts else None
    if found is None:
        return MetricMatch(None, None, measure, scenario, basis)
    return replace(
        found,
        measure=found.measure or measure,
        basis=found.basis or basis,
        scenario=found.scenario or scenario,
    )


def _without_unit(label: str) -> str:
    """A label without the unit in brackets: "Số lượt KCB BHYT (lượt)"."""
    return _BRACKET.sub(lambda m: " " if find_unit(m[1]) else m[0], label)


def _covered(parts: list[str], words: Vocabulary) -> MetricMatch | None:
    """The leaf explained together with its parent, or by itself; never the parent alone."""
    if not parts:
        return None
    leaf, context = parts[-1], " ".join(parts[:-1])
    if len(parts) > 1:
        joint = f"{parts[-2]} {leaf}"
        found = _explained(joint, context, words, least=0.75)
        alone = _explained(leaf, context, words, least=COVER)
        if found and not set(content_words(leaf)) & set(found.matched.split()):
            found = None
        if found and (alone is None or len(found.matched) > len(alone.matched)):
            return found
        return alone
    return _explained(leaf, context, words, least=COVER)


def _explained(text: str, context: str, words: Vocabulary, least: float) -> MetricMatch | None:
    content = content_words(text)
    if not content:
        return None
    whole = words.whole(text)
    scheme = None if whole else _scheme(text)
    if scheme is not None:
        return scheme if scheme.metric else None
    found = words.find(text, context)
    if found is None:
        return None
    match, _ = found
    explained = content_words(match.matched) or match.matched.split()
    return match if len(explained) >= least * len(content) else None


def _scheme(text: str) -> MetricMatch | None:
    """Labels of the insurance schemes are read by the slots: "BHYT" holds "BHYT hộ gia đình"."""
    if not INSURANCE & set(text.split()):
        return None
    unit = "VND" if any(contains(text, w) for w in _money_words()) else "person"
    noun = "đơn vị" if contains(text, "đơn vị") or contains(text, "doanh nghiệp") else "người"
    found = match_phrase(text, noun, unit, insurance=True)
    return replace(found, unit=vocabulary().unit(found.metric)) if found else MetricMatch(None)


@lru_cache(maxsize=1)
def _money_words() -> tuple[str, ...]:
    return tuple(
        canonical(w)
        for w in ("thu", "nợ", "chậm đóng", "chi", "phải thu", "trốn đóng", "tiền", "đồng")
    )


def _said(parts: list[str]) -> tuple[Measure | None, str | None, Scenario | None]:
    text = f" {' '.join(parts)} "
    measure, basis = next((said for cue, said in _cues() if cue in text), (None, None))
    scenario: Scenario | None = None
    if measure != "plan_completion":
        scenario = next(
            (s for word, s in _SCENARIO_WORDS if any(contains(p, word) for p in parts)), None
        )
    return measure, basis, scenario  # type: ignore[return-value] # the CSV holds Measure words


@lru_cache(maxsize=1)
def _cues() -> tuple[tuple[str, tuple[str, str | None]], ...]:
    """Each cue between the spaces that make it a whole word, with its measure and base."""
    return tuple(
        (f" {canonical(r['cue'])} ", (r["measure"], r["basis"] or None))
        for r in rows("measure_cues.csv")
    )


_SCENARIO_WORDS: tuple[tuple[str, Scenario], ...] = (
    ("ước", "estimate"),
    ("kế hoạch", "plan"),
    ("chỉ tiêu giao", "plan"),
    ("dự toán", "plan"),
    ("mục tiêu", "plan"),
    ("thực hiện", "actual"),
)


def match_prose(text: str) -> MetricMatch | None:
    """What a statement with one figure measures; None where the vocabulary has no code for it.

    >>> match_prose("đạt 94,57% KH giao").measure
    'plan_completion'
    """
    number = _NUMBER.search(_YEAR.sub(lambda m: "x" * len(m.group()), text))
    if number is None:
        return vocabulary().longest(canonical(text))
    left, right = text[: number.start()], text[number.end() :]
    unit, noun, tail = _counted(right, percent=number.group(1) is not None)
    how = measured(canonical(left), canonical(tail), unit)
    if how.measure == "plan_completion":
        unit = "percent"
    match = match_phrase(f"{left} {tail}", noun, unit, insurance=True)
    metric = match.metric if match else None
    if metric is None and how.measure == "share" and how.basis == "labour_force":
        metric = "social_insurance_participants"
    measure = how.measure if how.measure != "level" else match.measure if match else None
    if metric is None and measure is None:
        return None
    return MetricMatch(metric, unit, measure, None, how.basis or (match.basis if match else None))


def _counted(right: str, *, percent: bool) -> tuple[str, str, str]:
    """Unit, counted noun and the words after a number."""
    words = right.strip()
    if percent:
        return "percent", "", words
    money = _MAGNITUDE.match(words)
    rest = words[money.end() :].strip() if money else words
    if money and money.group(1):
        return "VND", "", rest
    return "", rest, rest
