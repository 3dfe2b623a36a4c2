"""What the whole document says about each of its figures: territory, time, scenario, separators.

A title outranks a letterhead, a letterhead the running text; what nothing names stays None.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from normalizers.context.dates import UNDATED, lead_day, map_date, named_period, publication_day
from normalizers.context.head import head_lines, subtitles, title_lines, title_of
from normalizers.context.named import told_in_full
from normalizers.context.separators import NATIONAL_PRIOR, priors
from normalizers.context.territory import territory_of
from normalizers.layout.laid import LayOut, lay_out
from normalizers.layout.titles import title_scenario
from normalizers.metrics.words import names_insurance
from normalizers.periods.founded import year_founded
from normalizers.periods.reading import PeriodContext
from solieu.model import Content, Period, Region, Scenario


@dataclass(frozen=True, slots=True)
class DocumentContext:
    """The defaults that a table or a sentence falls back to where it says nothing itself."""

    document_id: str
    title: str | None = None
    published_on: date | None = None
    region: Region | None = None
    """The territory the document speaks of; None where nothing names it."""
    year: int | None = None
    period: Period | None = None
    told: Period | None = None
    """The time that the text above a table tells of, for a table that names none. It completes no
    head: "6 tháng" below a text of June may be a term."""
    year_flags: tuple[str, ...] = ()
    """What is to be said of times that take their year from `year`: how it was worked out."""
    scenario: Scenario = "actual"
    prior: float = NATIONAL_PRIOR
    """Probability that a dot groups thousands, before a column's own evidence."""
    decimal_comma: float = NATIONAL_PRIOR
    """Probability that a comma before three digits of running text is a decimal mark."""
    founded: int | None = None
    """The year in which the unit was founded or set up again, where the text tells of that time."""
    insurance: bool = False
    """Its title or letterhead names a fund or the agency of social insurance."""
    on: date = UNDATED
    """The day whose administrative map reads the names."""

    def periods(self) -> PeriodContext:
        """What `normalizers.periods.reading` needs to complete a bare "quý I" or "ngày 31/5"."""
        return PeriodContext(
            published_on=self.published_on,
            year=self.year,
            reference=self.period,
            plan=self.scenario == "plan",
            flags=self.year_flags,
        )


def document_context(content: Content, document_id: str, laid: LayOut = lay_out) -> DocumentContext:
    """Read title, letterhead and headings once for all figures of a document."""
    titles = tuple(dict.fromkeys(title[:_LONGEST_TITLE] for title in title_lines(content, laid)))
    head = tuple(head_lines(content, laid))
    prose = [p.text for p in content.passages if p.kind != "boilerplate"]
    published = content.published_on or publication_day(head) or lead_day(prose)
    scenario = title_scenario(titles) or ("plan" if _told_ahead(titles, prose) else "actual")
    clock = PeriodContext(published_on=published, plan=scenario == "plan")
    period = named_period(titles, clock) or named_period(subtitles(content), clock)
    on = map_date(period, published, (head, prose), ahead=scenario == "plan")
    dots, commas = priors(prose)
    return DocumentContext(
        document_id=document_id,
        title=title_of(titles, content),
        published_on=published,
        region=told_in_full(territory_of(titles, head, content, on), prose[:_LEAD], on),
        year=period.year if period else None,
        period=period,
        scenario=scenario,
        prior=dots,
        decimal_comma=commas,
        founded=year_founded((*titles, *prose[:_LEAD])),
        insurance=any(map(names_insurance, (*titles, *head))),
        on=on,
    )


def _told_ahead(titles: Sequence[str], prose: Sequence[str]) -> bool:
    """Does a list of indicators give goals: "tăng 1,2% so với ước thực hiện năm 2017"?

    Who knows a year's outcome only as an estimate speaks of the year after it.
    """
    listed = any(map(_INDICATORS.match, titles))
    return listed and any(map(_AGAINST_ESTIMATE.search, prose))


_INDICATORS = re.compile(
    r"\W*(?:\d+ )?(?:(?:các|những|một số|hệ thống) )?(?:chỉ|mục) tiêu\b", re.IGNORECASE
)
_AGAINST_ESTIMATE = re.compile(
    r"\bso (?:sánh )?(?:với )?ước (?:thực hiện|TH)(?: cả)? năm (?:19|20)\d\d", re.IGNORECASE
)
_LEAD = 6
"""Passages that tell where the unit of the title lies, and since when it is one."""
_LONGEST_TITLE = 2_000
"""Letters of a title that are looked at: a damaged page may put all that it says into one."""
