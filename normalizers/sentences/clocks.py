"""What is known of the time in which a sentence speaks, before its own words are read."""

from __future__ import annotations

from normalizers.periods.reading import PeriodContext
from normalizers.sentences.aims.scenarios import foretells
from normalizers.watching import watched
from solieu.model import Period
from solieu.quick import replace

_IN_MONTH = watched(
    r"\btrong tháng\b(?!\s*\d)|\b(?:tính chung|lũy kế) \d{1,2} tháng\b|\b(?:tháng|quý) trước\b"
    r"|\btrong tuần\b|\btuần (?:qua|này|trước)\b"
)
"""The month or week of a document that names none is the last of those told of before."""


_WHOLE_YEAR = watched(r"\bcả năm\b(?! (?:học|(?:19|20)\d\d))")
"""Of the year that the text has come to: "Năm 2024 …; quý I/2025 …. Phấn đấu cả năm …"."""


def clock_of(text: str, first: int, clock: PeriodContext, heard: Period | None) -> PeriodContext:
    """The document's clock as a sentence sets it; `first` is where its first figure stands."""
    if clock.reference is None and _IN_MONTH.search(text):
        clock = replace(clock, reference=heard)
    later = heard is not None and clock.year is not None and heard.year > clock.year
    if later and heard is not None and clock.published_on is None and _WHOLE_YEAR.search(text):
        clock = replace(clock, year=heard.year, reference=None)
    if text.rstrip().endswith("?") and clock.published_on is not None:
        clock = replace(clock, year=None, reference=None)  # who asks lives on the page's day
    return replace(clock, plan=True) if foretells(text, first) else clock
