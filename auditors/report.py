"""Claims to findings: status, severity and a sentence that a reader can redo.

An accusation needs a clear law, sure readings and no missing cell; anything less is a question
(warning) or an open matter (unknown), with the reason in the message.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import cached_property

from auditors import consequences, facts, footnotes, lost, messages
from auditors.desk import Desk
from auditors.explain import (
    SEVERAL,
    Book,
    Candidate,
    Explanation,
    explained,
    quotient_text,
    sum_text,
)
from auditors.identities import DOUBT, Claim, with_values
from auditors.lost import LostRow
from solieu.model import CheckStatus, Figure, Finding, Line, Severity
from solieu.unit_names import unit_word

Judgement = tuple[CheckStatus, Severity, str]

_NOTHING = Explanation()

_UNWEIGHED = {"question", "growth", "two_documents", "common_base", "list"}

# Columns and units that one sentence names.
SHOWN = 4

# Layouts with sentences of their own.
_FORMS = {"formula", "common_base", "growth", "two_documents"}


class Clerk:
    """Writes the findings of one document."""

    def __init__(
        self, desk: Desk, claims: Sequence[Claim], gone: Mapping[lost.Key, LostRow] | None = None
    ) -> None:
        self.desk = desk
        self.book = Book(claims)
        self._lost = gone or {}

    @cached_property
    def _lines(self) -> Mapping[int, tuple[dict[int, Line], dict[int, Line]]]:
        return {
            s.table.number: ({x.index: x for x in s.lines}, {x.index: x for x in s.crosses})
            for s in self.desk.sheets
        }

    @cached_property
    def _used(self) -> Mapping[int, tuple[str, ...]]:
        return {s.table.number: s.table.used for s in self.desk.sheets}

    def finding(self, claim: Claim) -> Finding:
        """The claim as a row of the findings."""
        if claim.outcome == "holds":
            used = claim.check in self._used.get(claim.table or 0, ())
            passed: Judgement = ("unknown", "info", "used") if used else ("pass", "info", "")
            return self._row(claim, passed, _NOTHING, key="holds")
        judgement = self._judge(claim)
        told = judgement[0] == "fail" and claim.layout != "question"
        explanation = explained(claim, self.book) if told else _NOTHING
        return self._row(claim, judgement, explanation, key="off")

    def _judge(self, claim: Claim) -> Judgement:
        doubt = _doubt(claim)
        if doubt:
            return "unknown", "warning" if doubt in {"alternative", "doubtful"} else "info", doubt
        if claim.layout == "question":
            return "fail", "warning", claim.reason
        if abs(claim.residual) <= _last_place(claim):
            return "fail", "info", "last_place"
        return "fail", "error" if claim.certainty == "clear" else "warning", claim.reason

    def _row(
        self, claim: Claim, judgement: Judgement, explanation: Explanation, *, key: str
    ) -> Finding:
        status, severity, reason = judgement
        meaning = self.desk.meaning.get(claim.whole.figure_id)
        region = meaning.region if meaning is not None else None
        period = meaning.period if meaning is not None else None
        other = _other_reading(claim) if reason == "alternative" else None
        suspect = explanation.suspect or other
        proposal = explanation.suspect or explanation.slip or other
        return Finding(
            check=claim.check,
            status=status,
            severity=severity,
            figure_ids=tuple([f.figure_id for f in claim.figures]),
            published=claim.whole.value,
            expected=claim.expected,
            tolerance=claim.tolerance,
            region_name=region.name if region is not None else None,
            metric=meaning.metric if meaning is not None else None,
            scenario=meaning.scenario if meaning is not None else None,
            measure=meaning.measure if meaning is not None else None,
            year=period.year if period is not None else None,
            suspect_id=suspect.figure.figure_id if suspect is not None else None,
            suggestion=_suggestion(proposal) if proposal is not None else None,
            message_vi=self._message(claim, explanation, reason, key, "vi"),
            message_en=self._message(claim, explanation, reason, key, "en"),
            details=self._details(claim, explanation, reason) if key == "off" else _extent(claim),
        )

    def _details(self, claim: Claim, explanation: Explanation, reason: str) -> dict[str, str]:
        weight = self._weight(claim) if reason != "last_place" else None
        said = {"consequence": weight[0]} if weight is not None else {}
        return _details(claim, explanation, reason) | said

    def _message(
        self, claim: Claim, explanation: Explanation, reason: str, key: str, lang: str
    ) -> str:
        name = "partial" if claim.of_which and key == "off" else key
        form = claim.layout if claim.layout in _FORMS else claim.check
        form = "part_whole" if claim.of_which else form
        sentences = [messages.say_from(f"{form}.{name}", lang, _Fields(self, claim, lang))]
        if claim.truncated:
            sentences.append(messages.say("truncated", lang))
        if claim.rows > 1 and key == "holds":
            rows = messages.number(Decimal(claim.rows), lang)
            sentences.append(messages.say("many_rows", lang, rows=rows))
        sentences += self._why(claim, reason, lang)
        if key == "off" and reason != "last_place" and (weight := self._weight(claim)):
            sentences.append(messages.say(f"consequence.{weight[0]}", lang, count=weight[1]))
        if key == "off" and claim.certainty != "guess" and reason != "last_place":
            sentences += [*self._carried(explanation, lang), *_ways(explanation, lang)]
            if explanation.lacking:
                sentences.append(messages.say("explain.lacking", lang))
        if key == "off" and reason == "row_missing":
            sentences += self._lost_row(claim, lang)
        return " ".join(sentences)

    def _why(self, claim: Claim, reason: str, lang: str) -> list[str]:
        if not reason:
            return []
        fields: dict[str, object] = {"unread": claim.unread, "blank": claim.blank}
        other = _other_reading(claim) if reason == "alternative" else None
        if other is not None:
            fields |= _read_otherwise(other, lang)
        if reason in {"footnote", "footnote_says"}:
            fields["note"] = footnotes.note(self.desk, claim)
        return [messages.say(f"reason.{reason}", lang, **fields)]

    def _lost_row(self, claim: Claim, lang: str) -> list[str]:
        """What the row would hold that the table lacks, and which unit it may be."""
        row = self._lost.get(lost.key(claim))
        if row is None:
            return []
        cells = [f"{self._head(c.whole)}: {_gap(c, lang)}" for c in row.columns[:SHOWN]]
        more = "; …" if len(row.columns) > SHOWN else ""
        sentences = [messages.say("explain.row", lang, row="; ".join(cells) + more)]
        if row.missing and len(row.missing) <= SHOWN:
            sentences.append(messages.say("explain.unit", lang, missing=", ".join(row.missing)))
        return sentences

    def _carried(self, explanation: Explanation, lang: str) -> list[str]:
        if explanation.carried is None:
            return []
        return [messages.say("explain.carried", lang, column=self._head(explanation.carried))]

    def _head(self, figure: Figure) -> str:
        """The column's name."""
        spot = figure.place
        column = self._lines[spot.table or 0][1].get(spot.column or 0)
        return messages.label(column.labels, 40) if column is not None else ""

    def _weight(self, claim: Claim) -> tuple[str, int] | None:
        """What is decided by a failed law, and how much of it; nothing where that is unsure."""
        if claim.outcome != "off" or claim.certainty != "clear" or claim.layout in _UNWEIGHED:
            return None
        if consequences.target(claim):
            return "target", 1
        if consequences.sign(claim):
            return "sign", 1
        places = consequences.passed(claim, self._beside(claim)) if claim.over else 0
        return ("ranking", places) if places else None

    def _beside(self, claim: Claim) -> list[Decimal]:
        """The other figures of the whole's column, totals left out."""
        spot = claim.whole.place
        lines = self._lines.get(spot.table or 0)
        if lines is None or spot.row is None:
            return []
        rows = {i for i, x in lines[0].items() if x.role in {"part", "of_which"} and i != spot.row}
        column = self._columns.get((spot.table, spot.column), {})
        return [value for row, value in column.items() if row in rows]

    @cached_property
    def _columns(self) -> Mapping[tuple[int | None, int | None], Mapping[int, Decimal]]:
        found: dict[tuple[int | None, int | None], dict[int, Decimal]] = {}
        for sheet in self.desk.sheets:
            for (row, column), figure in sheet.cells.items():
                if figure.value is not None:
                    found.setdefault((sheet.table.number, column), {})[row] = figure.value
        return found

    def place(self, claim: Claim, lang: str) -> str:
        """Where the whole stands: row and column of a table, or the phrase."""
        spot = claim.whole.place
        lines = self._lines.get(spot.table or 0)
        if lines is None or spot.row is None or spot.column is None:
            return self._phrase(claim.whole)
        row, column = lines[0].get(spot.row), lines[1].get(spot.column)
        words = [
            messages.say(f"word.{name}", lang, label=messages.label(line.labels))
            for name, line in (("row", row), ("column", column))
            if line is not None and any(line.labels)
        ]
        text = ", ".join(words)
        return text[:1].upper() + text[1:] if text else whole_text(claim.whole)

    def _phrase(self, figure: Figure) -> str:
        """The words around the figure as published, and the region that they speak of."""
        meaning = self.desk.meaning.get(figure.figure_id)
        quoted = self._quoted(figure)
        if meaning is None:
            return quoted
        region = meaning.region.name if meaning.region is not None else meaning.region_text
        return f"{quoted} ({region})" if region else quoted

    @cached_property
    def _texts(self) -> Mapping[int, str]:
        return {p.number: p.text for p in self.desk.reading.content.passages}

    def _quoted(self, figure: Figure) -> str:
        place = figure.place
        text = self._texts.get(place.passage or 0)
        if text is None or place.start is None or place.end is None:
            meaning = self.desk.meaning.get(figure.figure_id)
            return f"“{meaning.metric_label}”" if meaning is not None else whole_text(figure)
        return f"“{messages.around(text, place.start, place.end)}”"


class _Fields(dict[str, object]):
    """What a message may name, worked out when it does."""

    def __init__(self, clerk: Clerk, claim: Claim, lang: str) -> None:
        super().__init__(count=max(len(claim.terms), claim.rows))
        self._clerk, self._claim, self._lang = clerk, claim, lang

    def __missing__(self, name: str) -> str:
        return _FIELDS[name](self._clerk, self._claim, self._lang)


def _amount(value: Decimal, claim: Claim, lang: str) -> str:
    return messages.with_unit(messages.amount(value, claim.whole, lang), claim.whole, lang)


def _gap(claim: Claim, lang: str) -> str:
    return _amount(claim.residual, claim, lang)


def _difference(claim: Claim, lang: str) -> str:
    text = messages.amount(claim.residual, claim.whole, lang, signed=True)
    points = messages.say("word.points", lang) if claim.whole.unit == "percent" else ""
    return f"{text}{points}"


_FIELDS: dict[str, Callable[[Clerk, Claim, str], str]] = {
    "place": lambda clerk, claim, lang: clerk.place(claim, lang),
    "published": lambda _, claim, lang: _amount(claim.whole.value or Decimal(0), claim, lang),
    "expected": lambda _, claim, lang: _amount(claim.expected, claim, lang),
    "difference": lambda _, claim, lang: _difference(claim, lang),
    "sum": lambda _, claim, lang: sum_text(claim, lang),
    "quotient": lambda _, claim, lang: quotient_text(claim, lang),
    "other": lambda _, claim, lang: _first_term(claim, lang),
}


def _last_place(claim: Claim) -> Decimal:
    """How far off a rounded figure may be and still be a matter of one last digit.

    An amount typed in whole millions beside others carried to the đồng, a plain number without a
    unit that may stand for millions, a double with fifteen digits of which the page shows two: all
    of them are off by less than a reader can see.
    """
    if claim.layout == "common_base":
        return Decimal(0)
    if claim.over:
        return claim.tolerance + _seen_place(claim.whole)
    places = [_seen_place(f) for f in claim.figures]
    if claim.tolerance:
        return claim.tolerance + max(places)
    if all(facts.countable_unit(f.unit) for f in claim.figures):
        return Decimal(0)
    return sum(places, Decimal(0)) / 2


def _seen_place(figure: Figure) -> Decimal:
    """The last place that a page shows: spreadsheets hold digits that nobody printed."""
    value = abs(figure.value or Decimal(0))
    if figure.exact or not value or value / figure.rounding < Decimal(10) ** 10:
        return figure.rounding
    return value * _UNSEEN


# Ten digits and more are a computed double; pages show four or five of them.
_UNSEEN = Decimal("1e-4")


def _first_term(claim: Claim, lang: str) -> str:
    first = claim.terms[0].figure
    assert first.value is not None
    return messages.with_unit(messages.amount(first.value, first, lang), first, lang)


def _doubt(claim: Claim) -> str:
    """Why nothing follows from a failed claim; empty where it stands."""
    if claim.unread:
        return "unread"
    if claim.blank and claim.residual > 0:
        return "blank"
    if _other_reading(claim) is not None:
        return "alternative"
    if claim.doubtful:
        return "doubtful"
    return claim.reason if claim.certainty == "guess" else ""


def whole_text(figure: Figure) -> str:
    """The figure itself, where nothing better names its place."""
    return f"“{figure.raw}”"


def _read_otherwise(other: Candidate, lang: str) -> dict[str, object]:
    """Two readings of one print differ in nothing but the scale, so both are given in full."""
    values = {"value": other.value, "now": other.figure.value or Decimal(0)}
    unit = unit_word(other.figure.unit, lang)
    told = {k: f"{messages.number(v, lang)} {unit}".rstrip() for k, v in values.items()}
    return {"figure": other.figure.raw, **told}


def _named(candidate: Candidate, lang: str) -> dict[str, object]:
    value = messages.amount(candidate.value, candidate.figure, lang)
    percent = "%" if candidate.figure.unit == "percent" else ""
    return {"figure": candidate.figure.raw, "value": f"{value}{percent}"}


def _ways(explanation: Explanation, lang: str) -> list[str]:
    """What would make it hold, and how many such ways there are."""
    candidates = explanation.candidates
    if explanation.swap is not None:
        one, other = (f.raw for f in explanation.swap)
        return [messages.say("explain.swap", lang, one=one, other=other)]
    if explanation.above is not None:
        text = sum_text(explanation.above, lang)
        return [messages.say("explain.above", lang, sum=text)]
    if explanation.broken >= SEVERAL:
        return [messages.say("explain.broken", lang, count=explanation.broken)]
    if not candidates:
        return []
    if len(candidates) == 1:
        sentences = [messages.say("explain.one", lang, **_named(candidates[0], lang))]
    else:
        sentences = [messages.say("explain.many", lang, count=len(candidates))]
    if explanation.turned is not None:
        one, other = (f.raw for f in explanation.turned)
        sentences.append(messages.say("explain.turned", lang, one=one, other=other))
    slip = explanation.slip
    if slip is not None:
        kind = messages.say(f"slip.{slip.slip}", lang)
        sentences.append(messages.say("slip.one", lang, kind=kind, **_named(slip, lang)))
    return sentences


def _suggestion(candidate: Candidate) -> str:
    return messages.say("suggest.value", "vi", **_named(candidate, "vi"))


def _details(claim: Claim, explanation: Explanation, reason: str) -> dict[str, str]:
    """Keys are stable: kind, reason, weights, explanations, candidates, slips, above, pattern.

    `scale` is what one of the printed whole is worth, where that is not one.
    """
    found = {
        "kind": "exact" if not claim.tolerance else "beyond_rounding",
        "weights": ",".join(str(t.weight) for t in claim.terms),
        "explanations": str(len(explanation.candidates)),
        "candidates": ",".join(c.figure.figure_id for c in explanation.candidates),
        "slips": ",".join(c.figure.figure_id for c in explanation.candidates if c.slip),
    }
    if reason:
        found["reason"] = reason
    worth = messages.scale(claim.whole)
    if worth != 1:
        found["scale"] = f"{worth:f}"
    if explanation.swap is not None:
        found["candidates"] = ",".join(f.figure_id for f in explanation.swap)
    if explanation.lacking:
        found["pattern"] = "row_missing"
    if explanation.above is not None:
        found["above"] = sum_text(explanation.above, "vi")
    return found


def _extent(claim: Claim) -> dict[str, str]:
    return {"rows": str(claim.rows)} if claim.rows > 1 else {}


def _other_reading(claim: Claim) -> Candidate | None:
    """The one figure whose other reading, which the print allows, makes the law hold."""
    for figure in claim.figures:
        if figure.alternative is None:
            continue
        changed = with_values(claim, _switched(figure))
        if changed.outcome == "holds":
            return Candidate(figure, figure.alternative)
    doubted = {f.figure_id for f in claim.figures if f.alternative is not None}
    if len(doubted) > 1:
        changed = with_values(claim, lambda f: f.alternative if f.figure_id in doubted else f.value)
        if changed.outcome == "holds":
            first = next(f for f in claim.figures if f.figure_id in doubted)
            return Candidate(first, first.alternative or Decimal(0))
    return None


def _switched(figure: Figure) -> Callable[[Figure], Decimal | None]:
    def value(f: Figure) -> Decimal | None:
        return figure.alternative if f.figure_id == figure.figure_id else f.value

    return value


__all__ = ["DOUBT", "Clerk"]
