"""Dates that no calendar has, from the print to the finding."""

from __future__ import annotations

from datetime import date

from auditors import audit
from normalizers import normalize
from solieu.model import Cell, Content, Grid, Observation, Passage, Reading


def read(content: Content) -> tuple[tuple[Observation, ...], list[tuple[str, set[str]]]]:
    """The observations, and of each finding the date and the figures that it names."""
    meaning = normalize(content, "d")
    reading = Reading("d", content, meaning.tables, meaning.observations, (), meaning.unread)
    printed = {o.figure.figure_id: o.figure.raw for o in meaning.observations}
    return meaning.observations, [
        (str(f.details["date"]), {printed[i] for i in f.figure_ids})
        for f in audit(reading)
        if f.check == "impossible_date"
    ]


def test_the_figures_of_an_impossible_date_are_doubtful_and_named():
    seen, found = read(
        Content(
            (
                Passage("Tính đến ngày 31/6/2024, toàn tỉnh có 78.560 người tham gia BHYT.", 1),
                Passage("Năm 2023, toàn tỉnh có 70.000 người tham gia BHYT.", 2),
            ),
            published_on=date(2025, 1, 15),
        )
    )
    told, past = seen
    assert (told.period and told.period.code, told.doubts()) == ("2024", ("impossible_date",))
    assert told.figure.confidence < 0.95
    assert "impossible_date" not in past.doubts()
    assert found == [("31/6/2024", {"78.560"})]


def test_the_sentence_that_goes_on_is_for_the_same_date():
    _, found = read(
        Content((Passage("Đến 31/6/2024 thu 120 tỷ đồng. Trong đó, thu thuế 50 tỷ đồng.", 1),))
    )
    assert found == [("31/6/2024", {"120 tỷ đồng", "50 tỷ đồng"})]


def test_an_impossible_date_compared_with_leaves_the_time_of_the_figure():
    seen, found = read(
        Content((Passage("Đến 30/6/2024 có 500 hộ nghèo, giảm 20 hộ so với ngày 31/6/2023.", 1),))
    )
    assert [o.period and o.period.code for o in seen] == ["2024-06-30", "2024-06-30"]
    assert [bool(o.misdated) for o in seen] == [False, True]
    assert found == [("31/6/2023", {"20"})]


def test_an_impossible_date_over_a_column():
    texts = [
        ["Huyện", "Đến 30/6/2024", "Đến 31/6/2023"],
        ["Huyện A", "1.203", "1.187"],
        ["Huyện B", "3.412", "3.276"],
    ]
    cells = tuple(
        Cell(text, r, c)
        for r, row in enumerate(texts, start=1)
        for c, text in enumerate(row, start=1)
    )
    grid = Grid(cells, 3, 3, number=1, title="Số hộ nghèo năm 2024")
    seen, found = read(Content((grid,)))
    years = {o.figure.raw: o.period.year for o in seen if o.period}
    assert years == {"1.203": 2024, "3.412": 2024, "1.187": 2023, "3.276": 2023}
    assert found == [("31/6/2023", {"1.187", "3.276"})]
