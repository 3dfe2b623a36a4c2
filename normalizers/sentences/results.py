"""The year of a result that names none, where the text is at the year it is compared with."""

from __future__ import annotations

import re
from datetime import date

from normalizers.periods.reading import PeriodMention
from normalizers.sentences.settings import Carried, Sentence, Setting
from normalizers.sentences.when.ahead import YEAR_ASSUMED
from normalizers.sentences.when.compared import told_to_compare
from normalizers.sentences.when.times import usable
from solieu.model import Period

_PRINTED = re.compile(r"(?:19|20)\d\d")


def past_base(sentence: Sentence, carried: Carried, setting: Setting) -> Period | None:
    """The time of a sentence that names none and compares with the very year that the text is at.

    "Năm 2019 có 412 hộ nghèo. Số hộ đã thoát nghèo tăng 12% so với năm 2019": told of a later year.
    """
    now = carried.period or setting.results or setting.document_period
    if now is None or not _is_annual(now):
        return None
    base = max((_year(m) for m in sentence.times if _year(m) and _compares(sentence, m)), default=0)
    if base < now.year:
        return None
    own = (m for m in usable(sentence.text, sentence.times) if not _compares(sentence, m))
    if next(own, None) is not None:
        return None
    known = (carried.latest, setting.results, setting.document_period)
    later = next((p for p in known if p is not None and p.year > base), None)
    return later or Period(base + 1, str(base + 1), source="text", flags=(YEAR_ASSUMED,))


def _compares(sentence: Sentence, mention: PeriodMention) -> bool:
    return told_to_compare(sentence.text, mention)


def _year(mention: PeriodMention) -> int:
    """The year compared with, where it is printed and whole."""
    period = mention.period
    whole = period is not None and _is_annual(period) and _PRINTED.search(mention.text)
    return period.year if period is not None and whole else 0


def _is_annual(period: Period) -> bool:
    year_end = period.basis == "stock" and period.end == date(period.year, 12, 31)
    return period.code == str(period.year) or year_end
