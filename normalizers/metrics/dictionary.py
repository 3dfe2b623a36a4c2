"""The known wordings of every metric: the shipped ones, and a user's own before them."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from normalizers.facts import DATA, read_rows, rows
from normalizers.metrics.matches import MetricMatch
from normalizers.metrics.words import alternatives, content_words
from normalizers.spelling import canonical, contains
from solieu.errors import UsageError
from solieu.model import Measure
from solieu.quick import replace


@dataclass(frozen=True, slots=True)
class Metric:
    """A row of the vocabulary."""

    code: str
    label_vi: str
    label_en: str
    unit: str
    labels: tuple[str, ...]


class Vocabulary:
    """The known wordings of every metric, and the longest of them in a label."""

    def __init__(self, metrics: Iterable[Metric]) -> None:
        self.metrics: dict[str, Metric] = {}
        self._weak = {
            canonical(r["label"]): alternatives(r["needs"]) for r in rows("weak_labels.csv")
        }
        self.own: Vocabulary | None = None
        """The user's rows by themselves: in running text they stand before the shipped rules."""
        self._known: dict[tuple[str, ...], MetricMatch] = {}
        self._sizes: dict[str, set[int]] = {}
        """How many words the wordings have that begin with a word."""
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
            self._sizes.setdefault(key[0], set()).add(len(key))

    def add_rates(self, rates: Iterable[Mapping[str, str]]) -> None:
        """Wordings that name a metric together with its measure and base."""
        for row in rates:
            if row["metric"]:
                for label in row["labels"].split("|"):
                    measure: Measure = row["measure"]  # type: ignore[assignment] # checked by a test
                    basis = row["basis"] or None
                    self._add(label, MetricMatch(row["metric"], "percent", measure, basis))

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
        best = (0, 0)
        found: MetricMatch | None = None
        for start, word in enumerate(words):
            for size in self._sizes.get(word, ()):
                known = self._known.get(words[start : start + size]) if size >= best[0] else None
                if known is None or start + size > len(words):
                    continue
                rank = size, len(content_words(known.matched))
                if rank > best and self._allowed(known.matched, around):
                    best, found = rank, known
        return (found, best[0]) if found is not None else None

    def whole(self, text: str) -> bool:
        """Is the canonical text, as it stands, a known wording?"""
        return tuple(text.split()) in self._known

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
