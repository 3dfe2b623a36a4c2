"""Cells of workbooks merged to the end of the sheet."""

import io
import zipfile

import openpyxl
import pytest

from extractors import extract
from extractors.sniff import media_type
from solieu.errors import LimitExceeded
from solieu.model import SourceDocument


def read(content):
    kind = media_type(content, "a.xlsx")
    return extract(SourceDocument("a.xlsx", content, kind, "a.xlsx")).grids


def saved(*rows, merged=()):
    """A workbook with these merged cells, which openpyxl itself would take minutes to write."""
    book, plain, changed = openpyxl.Workbook(), io.BytesIO(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.active.merge_cells("B1:C1")
    book.save(plain)
    merges = "".join(f'<mergeCell ref="{reference}"/>' for reference in merged)
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            part = old.read(name).decode()
            new.writestr(name, part.replace("</mergeCells>", f"{merges}</mergeCells>"))
    return changed.getvalue()


TABLE = (
    ["Địa phương", "Số hộ", None],
    [None, "2023", "2024"],
    ["Xã A", 21, 22],
    ["Xã B", 31, 32],
)
NOTED = [[*row, note] for row, note in zip(TABLE, ("Ghi chú", "", "Nguồn", ""), strict=True)]


@pytest.mark.parametrize("merged", ["D1:D1048576", "D1:XFD1048576", "D3:XFD300000"])
def test_cells_merged_to_the_end_of_the_sheet_end_with_what_is_used(merged):
    (plain,), (grid,) = read(saved(*TABLE)), read(saved(*NOTED, merged=[merged]))
    assert (grid.row_count, grid.column_count) == (4, 4)
    assert [c for c in grid.cells if c.column < 4] == list(plain.cells)


def test_a_workbook_merged_as_a_whole_holds_its_first_cell():
    (grid,) = read(saved(["Danh sách"], merged=["A1:XFD1048576"]))
    assert [(c.text, c.row_span, c.column_span) for c in grid.cells] == [("Danh sách", 1, 1)]


def test_more_merged_cells_than_any_table_has_are_refused():
    merged = [f"A{row}:ZZ{row + 99}" for row in range(10, 10_000, 100)]
    with pytest.raises(LimitExceeded, match="merged"):
        read(saved(*TABLE, merged=merged))
