"""Releases said otherwise, and the figures that are then read otherwise.

A way to say it otherwise changes no meaning: a row of `data/paraphrases.csv` for words and print, a
function of `retold` for order, layout and what is put in. What a figure is read as, all of it, must
stay what it was; of the figures only those count that the list of the release says are right.
"""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache

from normalizers.spelling import canonical
from solieu.model import Observation
from solieu.text import tone_key
from tests.releases import DATA, Release, Wanted, meaning, read, releases

Change = Callable[[Release], Release]
Key = tuple[object, ...]

NUMBER = re.compile(r"\d[\d.,]*\d|\d")
SURE = 0.95
_HEDGED = r"(?:hơn |trên |gần |khoảng )?(?:\d[\d.,]*\d|\d)"
_TOLD = "ước tính kiến đấu mới đã chỉ đều sẽ phải cần và mà để tiêu tâm".split()
_BUSY = "cũng vẫn tục hiện trị có nay đó".split()
PIECES = {
    "@N@": rf"(?:{_HEDGED})(?![\d/])(?!-\d)",
    "@AMT@": rf"(?:{_HEDGED}(?= (?:tỷ|triệu|nghìn|người|lượt|hộ|ha|tấn|đơn vị|con|học sinh|doanh nghiệp|lao động)\b))",
    "@RATE@": rf"(?:{_HEDGED} ?%)",
    "@OFPLAN@": r" ?(?:so với |so |chỉ tiêu|kế hoạch|dự toán|KH\b|DT\b|mục tiêu|nghị quyết|Nghị quyết|\()",
    "@SUBJ@": r"(?:[Ss]ố người|[Ss]ố tiền|[Tt]ổng số|[Tt]ổng thu|[Dd]iện tích|[Ss]ản lượng|[Ss]ố thu|[Dd]oanh thu|[Kk]im ngạch)[^,;.:\d]{3,60}",
    "@NOTEST@": "".join(rf"(?<!{w} )" for w in _TOLD) + r"(?<!đến \d\d\d\d )",
    "@FREE@": "".join(rf"(?<!{w} )" for w in [*_TOLD, *_BUSY])
    + r"(?<!thực hiện )(?<!thu )(?<!chi )(?<=[\w,] )",
}
"""What the @NAMES@ in the patterns of data/paraphrases.csv stand for; a group n is the figure."""


@dataclass(frozen=True)
class Way:
    """A way to say a release otherwise; `same` maps a reading of it to that of the original."""

    kind: str
    name: str
    change: Change
    same: Callable[[Key], Key] = field(default=lambda key: key)


@dataclass(frozen=True)
class Changed:
    """A figure that is read otherwise; `now` is None where it is not read at all."""

    was: Observation
    now: Observation | None

    @property
    def silent(self) -> bool:
        return self.now is not None and self.now.figure.confidence >= SURE


def said_in_rows() -> Iterator[Way]:
    """The ways of data/paraphrases.csv: a pattern, what it becomes, and for which figures."""
    with (DATA / "paraphrases.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            yield Way(row["kind"], row["name"], _substituted(row))


def _substituted(row: dict[str, str]) -> Change:
    pattern = row["pattern"]
    for name, piece in PIECES.items():
        pattern = pattern.replace(name, piece)
    compiled = re.compile(pattern, 0 if "[A-ZĐ]" in pattern else re.IGNORECASE)
    measures, scenarios = set(row["measures"].split()), set(row["scenario"].split())
    told = row["replacement"].replace(r"\u00a0", "\u00a0")

    def change(release: Release) -> Release:
        by_number = wanted_by_number(release)

        def once(hit: re.Match[str]) -> str:
            number = NUMBER.search(hit.groupdict().get("n") or "")
            meant = by_number.get(number.group(), ()) if number else None
            if meant is not None and not _allowed(meant, measures, scenarios):
                return hit.group()
            new = hit.expand(told)
            return new[:1].upper() + new[1:] if hit.group()[:1].isupper() else new

        return with_text(release, lambda text: compiled.sub(once, text))

    return change


def _allowed(meant: tuple[Wanted, ...], measures: set[str], scenarios: set[str]) -> bool:
    if not measures and not scenarios:
        return True
    kept = not measures or {w.meaning[3] for w in meant} <= measures
    return bool(meant) and kept and (not scenarios or {w.meaning[2] for w in meant} <= scenarios)


def wanted_by_number(release: Release) -> dict[str, tuple[Wanted, ...]]:
    found: dict[str, tuple[Wanted, ...]] = defaultdict(tuple)
    for wanted in release.wanted:
        if number := NUMBER.search(wanted.raw):
            found[number.group()] += (wanted,)
    return found


def with_text(release: Release, change: Callable[[str], str], *, title: bool = False) -> Release:
    """The release with another text of its passages; of the title where that is asked for."""
    return replace(
        release,
        passages=tuple(
            (kind, change(text) if i or title else text)
            for i, (kind, text) in enumerate(release.passages)
        ),
    )


# ---------------------------------------------------------------- what is read of it


@cache
def as_published(release: Release) -> tuple[Observation, ...]:
    return tuple(read(release))


def reading(seen: Observation) -> Key:
    """All that a figure is read as."""
    period = seen.period
    return (
        seen.figure.value,
        seen.figure.unit,
        tone_key(seen.region.name) if seen.region else "",
        seen.metric,
        seen.scenario,
        seen.measure,
        _basis(seen.basis or ""),
        period and (period.year, _day(period.start), _day(period.end), period.basis),
    )


def _day(day: date | None) -> str:
    return "" if day is None else day.isoformat().replace("-02-29", "-02-28")


def _basis(printed: str) -> str:
    """What a figure is compared with, where it is a phrase of the text: dates in one form."""
    plain = re.sub(r"(\d+) (\d+) (\d{4})", r"\1/\2/\3", canonical(printed))
    return re.sub(r"tháng (\d+)(?: năm |/| )(\d{4})", r"tháng \1/\2", plain)


def right(release: Release) -> tuple[Observation, ...]:
    """The figures that are read as the list says."""
    wanted = {(w.value, w.meaning) for w in release.wanted}
    return tuple(o for o in as_published(release) if (o.figure.value, meaning(o)) in wanted)


def changed(release: Release, way: Way) -> tuple[Changed, ...] | None:
    """The figures that this way to say it makes read otherwise; None where it changes no word."""
    told = way.change(release)
    if told == release:
        return None
    now = [(way.same(reading(o)), o) for o in read(told)]
    left = Counter(key for key, _ in now)
    lost = []
    for seen in right(release):
        key = reading(seen)
        if left[key] > 0:
            left[key] -= 1
        else:
            lost.append(seen)
    others = [o for key, o in now if left[key] > 0]
    return tuple(Changed(seen, _nearest(seen, others)) for seen in lost)


def _nearest(was: Observation, others: list[Observation]) -> Observation | None:
    same = [o for o in others if _size(o) == _size(was)]
    if not same:
        return None
    key = reading(was)
    return max(same, key=lambda o: sum(a == b for a, b in zip(key, reading(o), strict=True)))


def _size(seen: Observation) -> object:
    return None if seen.figure.value is None else abs(seen.figure.value)


def every_release() -> list[Release]:
    """All releases of the lists that the floors were set on: none that are or were closed later."""
    names = sorted(p.name for p in DATA.glob("*releases_*.csv"))
    closed = ("unseen", "opened", "looked_at_releases_7")
    return [r for name in names if not name.startswith(closed) for r in releases(name)]
