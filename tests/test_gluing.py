"""Glued tables: what is cut, what is refused, and that nothing is guessed or lost."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from normalizers.gluing import cutting as gluing
from normalizers.gluing.cuts import COMMA, DOT, Accepts, options
from normalizers.gluing.cutting import CutResult, cut
from normalizers.gluing.header import identities, plans, titles_of
from normalizers.gluing.records import Record, columns_numbered, sheet
from solieu.model import Cell, Grid


def glued(*lines: str) -> Grid:
    cells = tuple(Cell(line, row, 1) for row, line in enumerate(lines, 1) if line)
    return Grid(cells, len(lines), 1, 3, "glued", page=2, title="Giao chỉ tiêu")


def body(result: CutResult) -> list[list[str]]:
    assert result.grid is not None, result.reason
    head = result.grid.header_rows or 0
    return [[c.text for c in cells] for row, cells in result.grid.by_row().items() if row > head]


def paths(grid: Grid) -> list[tuple[str, ...]]:
    covering, rows = grid.covering(), range(1, (grid.header_rows or 0) + 1)
    return [
        tuple(dict.fromkeys(covering[row, column].text for row in rows))
        for column in range(1, grid.column_count + 1)
    ]


TWO_GROUPS = (
    "STT",
    "Huyện, thị xã",
    "BHXH TỰ NGUYỆN",
    "BHYT HỘ GIA ĐÌNH",
    "Ghi chú",
    "Thực hiện 2021Kế hoạch giao Năm 2022Tăng so với năm 2021" * 2,
)


def test_two_levels_a_broken_record_and_the_columns_kept_apart() -> None:
    result = cut(
        glued(
            *TWO_GROUPS,
            "1Huyện An Bình4,2105,030820",
            "21,30422,115811",
            "2Thị xã Bình Sơn1,9002,25035018,40019,020620 ",
            "3Huyện Cẩm Khê2,1452,9017569,87010,445575",
            "TỔNG CỘNG8,25510,1811,92649,57451,5802,006",
        )
    )
    assert body(result) == [
        ["1", "Huyện An Bình", "4,210", "5,030", "820", "21,304", "22,115", "811"],
        ["2", "Thị xã Bình Sơn", "1,900", "2,250", "350", "18,400", "19,020", "620"],
        ["3", "Huyện Cẩm Khê", "2,145", "2,901", "756", "9,870", "10,445", "575"],
        ["TỔNG CỘNG", "8,255", "10,181", "1,926", "49,574", "51,580", "2,006"],
    ]
    assert result.grid is not None
    assert paths(result.grid) == [
        ("STT",),
        ("Huyện, thị xã",),
        ("BHXH TỰ NGUYỆN", "Thực hiện 2021"),
        ("BHXH TỰ NGUYỆN", "Kế hoạch giao Năm 2022"),
        ("BHXH TỰ NGUYỆN", "Tăng so với năm 2021"),
        ("BHYT HỘ GIA ĐÌNH", "Thực hiện 2021"),
        ("BHYT HỘ GIA ĐÌNH", "Kế hoạch giao Năm 2022"),
        ("BHYT HỘ GIA ĐÌNH", "Tăng so với năm 2021"),
        ("Ghi chú",),
    ]
    assert all(cell.header == (cell.row <= 2) and cell.page == 2 for cell in result.grid.cells)
    assert (result.grid.kind, result.grid.number, result.grid.title) == (
        "cells",
        3,
        "Giao chỉ tiêu",
    )


def test_grammar_and_columns_alone_use_no_identity() -> None:
    result = cut(
        glued(
            "STTHuyệnThực hiện 2021Kế hoạch 2022Tăng so với 2021",
            "1Huyện An Bình4,2106,0301,820",
            "2Thị xã Bình Sơn11,90013,2501,350",
            "Tổng cộng16,11019,2803,170",
        )
    )
    assert result.used == ()
    assert body(result)[1] == ["2", "Thị xã Bình Sơn", "11,900", "13,250", "1,350"]


def test_identity_and_total_that_chose_are_named() -> None:
    """Every row has small numbers: only b - a and the sums tell 1|210|9 from 12|10|9."""
    result = cut(
        glued(
            "STT",
            "Xã, phường",
            "Thực hiện 2021Kế hoạch 2022Tăng so với 2021",
            "1Xã An Hòa812943131",
            "2Xã Bình Minh455620165",
            "3Xã Cẩm Lý7781.002224",
            "4Xã Đại Đồng340515175",
            "Tổng cộng2.3853.080695",
        )
    )
    assert body(result)[0] == ["1", "Xã An Hòa", "812", "943", "131"]
    assert "row_difference" in result.used


@pytest.mark.parametrize(
    ("lines", "label", "first"),
    [
        # The label's number is the one that lets the column meet its total.
        (
            ("1Phường 15,7927,593", "2Phường 23,6545,291", "3Phường 31,2002,105"),
            "Phường 1",
            "5,792",
        ),
        (("1Quận 125,7927,593", "2Quận 134,1005,291", "3Quận 141,2002,105"), "Quận 12", "5,792"),
        (
            ("1Xã Tân An5,7927,593", "2Xã Tân Bình4,1005,291", "3Xã Lộc1,2002,105"),
            "Xã Tân An",
            "5,792",
        ),
    ],
)
def test_labels_that_end_in_digits(lines: tuple[str, ...], label: str, first: str) -> None:
    result = cut(glued("STT", "Đơn vị", "Thực hiện 2021Kế hoạch 2022", *lines))
    assert body(result)[0][1:3] == [label, first]


def test_a_number_that_may_belong_to_the_label_is_not_guessed() -> None:
    """One lone Phường 1 or Phường 15, nothing to tell them apart: the row has no figures."""
    result = cut(
        glued(
            "STT",
            "Đơn vị",
            "Thực hiện 2021Kế hoạch 2022",
            "1Phường 125,7927,593",
            "2Xã Tân Bình14,10015,291",
            "3Xã Tân Lộc11,20012,105",
        )
    )
    assert result.grid is not None
    assert body(result)[0] == ["1", "Phường"]
    assert body(result)[1] == ["2", "Xã Tân Bình", "14,100", "15,291"]
    assert [u.raw for u in result.unread] == ["1Phường 125,7927,593"]


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        (("Thông báo", "Các đơn vị thực hiện nghiêm túc."), gluing.NO_ROWS),
        (("1Xã An Hòa8.1202.943", "2Xã Bình4.5506.620"), gluing.NO_COLUMNS),
        (
            (
                "STT",
                "Xã",
                "Thực hiện 2021Kế hoạch 2022",
                "1Xã An8.1202.9431.111",
                "2Xã Bình4.5506.6201.112",
            ),
            gluing.NO_CUT,
        ),
        (
            (
                "STT",
                "Xã, phường",
                "Nam",
                "Nữ",
                "Trẻ em",
                "1Xã An12345",
                "2Xã Bình23456",
                "3Xã Cao34567",
            ),
            gluing.AMBIGUOUS,
        ),
    ],
)
def test_refusals_keep_every_line(lines: tuple[str, ...], reason: str) -> None:
    result = cut(glued(*lines))
    assert (result.grid, result.reason) == (None, reason)
    assert [u.raw for u in result.unread] == list(lines)
    assert all(u.place.table == 3 and u.place.page == 2 for u in result.unread)


def test_an_empty_cell_is_not_papered_over() -> None:
    """`12`, nothing, `3,456` prints what `1`, `2`, `3,456` prints; no total tells them apart."""
    result = cut(
        glued(
            "STT",
            "Đơn vị",
            "Hộ nghèo",
            "Hộ cận nghèo",
            "Người có công",
            "1Xã Tân An123,456",
            "2Xã Tân Bình14,10015,2912,008",
            "3Xã Tân Lộc11,20012,1051,777",
        )
    )
    assert body(result)[0] == ["1", "Xã Tân An"]
    assert len(result.unread) == 1


def test_dashes_rates_and_falls() -> None:
    result = cut(
        glued(
            "STT",
            "Huyện",
            "Thực hiện 2021Kế hoạch 2022Tăng, giảm so với 2021Tỷ lệ (%)",
            "1Huyện An Bình4.2105.0301.82011,9%",
            "2Thị xã Bình Sơn2.2501.900-35084,44%",
            "3Huyện Cẩm Khê2.1452.901756135,24%",
            "4Huyện Đức Phổ1.500--1.5000%",
        )
    )
    rows = body(result) if result.grid else []
    assert ["2", "Thị xã Bình Sơn", "2.250", "1.900", "-350", "84,44%"] in rows
    assert ["3", "Huyện Cẩm Khê", "2.145", "2.901", "756", "135,24%"] in rows


@pytest.mark.parametrize(
    ("line", "titles"),
    [
        ("Thực hiện 2023Kế hoạch giao Năm 2024", ["Thực hiện 2023", "Kế hoạch giao Năm 2024"]),
        ("STTHuyện, thị xãTỷ lệ (%)Ghi chú", ["STT", "Huyện, thị xã", "Tỷ lệ (%)", "Ghi chú"]),
        ("BHXH TỰ NGUYỆNBHYT HỘ GIA ĐÌNH", ["BHXH TỰ NGUYỆN", "BHYT HỘ GIA ĐÌNH"]),
        ("202120222023", ["2021", "2022", "2023"]),
        ("Số người (BHXH Việt Nam giao)Đạt", ["Số người (BHXH Việt Nam giao)", "Đạt"]),
        ("Học sinh, sinh viên", ["Học sinh, sinh viên"]),
        ("Năm 2021Năm 2022", ["Năm 2021", "Năm 2022"]),
    ],
)
def test_titles_that_ran_together(line: str, titles: list[str]) -> None:
    assert titles_of(line) == titles


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("AB123456", (6, True)),
        ("(1)(2)(3)(4)", (4, False)),
        ("12345678910", (10, False)),
        ("1Huyện", None),
        ("20212022", None),
        ("5", None),
    ],
)
def test_numbering_rows(line: str, expected: tuple[int, bool] | None) -> None:
    assert columns_numbered(line) == expected


def test_groups_of_unequal_width_begin_where_the_first_leaf_returns() -> None:
    (plan,) = plans(["STT", "Huyện", "BHXH", "BHYT", "Thực hiệnKế hoạchTỷ lệ (%)Thực hiệnKế hoạch"])
    assert [(g.title, g.first, g.width) for g in plan.groups] == [("BHXH", 0, 3), ("BHYT", 3, 2)]


@pytest.mark.parametrize(
    ("header", "label", "leaves"),
    [
        (["STT", "Xã", "Nam", "Nữ"], "Xã", ("Nam", "Nữ")),
        (["TTTên cơ sởNamNữ"], "Tên cơ sở", ("Nam", "Nữ")),
        (["STT", "Thực hiện 2021", "Kế hoạch 2022"], None, ("Thực hiện 2021", "Kế hoạch 2022")),
        (["STT", "Huyện", "202120222023"], "Huyện", ("2021", "2022", "2023")),
        (["STT", "Huyện,", "thị xã", "Nam", "Nữ", "AB12"], "Huyện, thị xã", ("Nam", "Nữ")),
        (["ĐVT: người", "Huyện", "Nam", "Nữ", "(1)(2)(3)=(2)-(1)"], "Huyện", ("Nam", "Nữ")),
    ],
)
def test_flat_heads(header: list[str], label: str | None, leaves: tuple[str, ...]) -> None:
    found = {p.leaves: p.label for p in plans(header)}
    assert found.get(leaves, "missing") == label


def test_promises_of_the_header() -> None:
    (plan,) = plans(["STTHuyệnTổng sốBắt buộcTự nguyện"])
    assert [(i.kind, i.target, i.inputs) for i in identities(plan)] == [("row_total", 0, (1, 2))]


@pytest.mark.parametrize(
    ("run", "style", "columns", "expected"),
    [
        ("5,7927,5931,801", COMMA, 3, [("5,792", "7,593", "1,801")]),
        ("5.792-0", DOT, 3, [("5.792", "-", "0")]),
        ("1235.000", DOT, 2, [("1", "235.000"), ("12", "35.000"), ("123", "5.000")]),
        ("5,7927,5931,801", COMMA, 4, []),
        ("5,79", COMMA, 1, []),
    ],
)
def test_cuts_by_grammar(
    run: str, style: object, columns: int, expected: list[tuple[str, ...]]
) -> None:
    record = Record((1,), run, "1", "Huyện Gia Lộc", run)
    found = options(record, (Accepts(),) * columns, style)  # type: ignore[arg-type]  # DOT or COMMA
    assert found is not None
    assert [c.printed for c in found.full] == expected


def test_records_and_what_stands_around_them() -> None:
    found = sheet(
        ["STT", "Huyện", "Số người", "1Huyện An", "Bình4.210", "2Huyện Lộc5.300", "Nguồn: BHXH"]
    )
    assert found is not None
    assert found.header == ("STT", "Huyện", "Số người")
    assert [(r.ordinal, " ".join(r.label.split()), r.run) for r in found.records] == [
        ("1", "Huyện An Bình", "4.210"),
        ("2", "Huyện Lộc", "5.300"),
    ]
    assert found.footer == ("Nguồn: BHXH",)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(*[st.integers(1000, 9_999_999)] * 4), min_size=2, max_size=8),
    st.sampled_from([",", "."]),
)
def test_thousands_always_come_back(rows: list[tuple[int, ...]], mark: str) -> None:
    """Where every value has a separator the boundaries are forced, whatever the values."""
    printed = [[f"{v:,}".replace(",", mark) for v in row] for row in rows]
    lines = [f"{i}Huyện Gia Lộc{''.join(row)}" for i, row in enumerate(printed, 1)]
    result = cut(glued("STT", "Huyện", "Hộ nghèoHộ cận nghèoNgười có côngTrẻ em", *lines))
    assert [row[2:] for row in body(result)] == printed
    assert result.used == ()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text("0123456789.,-%() ABXãPhường\n", max_size=30), max_size=12))
def test_nothing_is_lost_whatever_is_printed(lines: list[str]) -> None:
    result = cut(glued("STT", "Huyện", "Thực hiệnKế hoạch", *lines))
    assert (result.grid is None) == (result.reason is not None)
    if result.grid is None:
        assert len(result.unread) >= 3


@pytest.fixture(scope="module")
def bench() -> ModuleType:
    path = Path(__file__).parent.parent / "benchmarks" / "glued.py"
    spec = importlib.util.spec_from_file_location("benchmarks_glued", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_random_tables_are_never_cut_wrongly(bench: ModuleType) -> None:
    counts, by_setting, wrong = bench.run(80, 2024)
    assert wrong == []
    assert counts["right"] >= 0.6 * sum(counts.values())
    exact = by_setting["totals exact"]
    assert exact["right"] >= 0.9 * sum(exact.values())


def test_empty_cells_are_never_cut_wrongly(bench: ModuleType) -> None:
    _, _, wrong = bench.run(25, 7, blanks=0.05)
    assert wrong == []
