"""Rules of stars, leaders of dots, a word a hundred times: read, and not tried in every way.

A pattern that can share out such a run in many ways takes years over it; the documents are read by
a program of their own, which is ended then.
"""

from __future__ import annotations

import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from normalizers import normalize
from normalizers.regions.labels import tidy
from normalizers.sentences.stories import opens_story
from solieu.model import Cell, Content, Grid, Passage
from solieu.numerals import read_numeral

PIECES = (
    *"*.-_=()¹…|/,:;+%#•A1",
    *("a ", "A ", "1 ", "1.", "1,", "(1) ", "1/", "I+", "12,5% ", "1.234 người, ", "12/12/2022 "),
    *(
        "năm ",
        "ba ",
        "tăng ",
        "từ ",
        "đến ",
        "và ",
        "số ",
        "so với ",
        "lần lượt ",
        "Việt Nam ",
        "TP. ",
    ),
    *("huyện Nam Sách, ", "hai triệu ", "Nguyễn ", "ngày 1 tháng 1 ", "theo Quyết định số 1/QĐ "),
)
LENGTH = 400
ENDINGS = ("", " x")


def documents(run: str) -> list[Content]:
    """The run in a sentence, as a title, and in each kind of cell of a small table."""
    sentence = f"Năm 2024 toàn tỉnh có 12 hộ, {run} và 15 người."
    titled = Content((Passage(run, 1, "title"), Passage("Có 12 hộ.", 2)), title=run)
    return [Content((Passage(sentence, 1),)), titled, *(table(run, at) for at in range(6))]


def table(run: str, at: int) -> Content:
    texts = ["Huyện", "Số hộ", "Huyện Nam Sách", "12", "Huyện Kim Thành", "13"]
    texts[at] = run
    cells = tuple(Cell(text, n // 2 + 1, n % 2 + 1) for n, text in enumerate(texts))
    return Content((Grid(cells, 3, 2, number=1, notes=(run,)),))


def main() -> None:
    for piece in PIECES:
        for ending in ENDINGS:
            for content in documents(piece * (LENGTH // len(piece)) + ending):
                normalize(content, "0" * 64)


def test_any_run_is_read_in_the_end():
    home = Path(__file__).parents[1]
    code = f"import sys; sys.path[:0] = {[str(home), str(home / 'tests')]}; "
    code += "import test_repeated_marks as t; t.main()"
    done = subprocess.run([sys.executable, "-c", code], timeout=300, check=False)
    assert done.returncode == 0


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("1. Thành phố Mỹ Tho (1)", "Thành phố Mỹ Tho"),
        ("Phường 5 (2)*.", "Phường 5"),
        ("Huyện A: (1)", "Huyện A"),
        ("Huyện A²", "Huyện A"),
        ("(12)", "(12)"),
        ("Huyện A " + "." * 60 + " 5", "Huyện A " + "." * 60 + " 5"),
        ("Huyện A " + "." * 60, "Huyện A"),
    ],
)
def test_marks_at_the_end_of_a_label(label, name):
    assert tidy(label) == name


@pytest.mark.parametrize(
    ("printed", "value", "marks"),
    [
        ("1.234 **", 1234, ("**",)),
        ("* 12¹²", 12, ("*", "12")),
        ("*" * 60, None, ()),
        ("12 " + "*" * 60, None, ()),
        ("¹" * 60 + "x", None, ()),
    ],
)
def test_marks_beside_a_number(printed, value, marks):
    numeral = read_numeral(printed)
    assert (numeral.best.value if numeral.best else None) == value
    assert numeral.marks == marks
    assert value is None or isinstance(numeral.readings[0].value, Decimal)


@pytest.mark.parametrize(
    ("sentence", "story"),
    [
        ("Bà Hoàng Thị Lan, tổ 14 phường Đông Hải, vay 50 triệu đồng.", True),
        ("Ông T.H., xã Mỹ Quí, vay 50 triệu đồng.", True),
        ("Ông " + "A" * 200 + " làm 12 sào.", False),
    ],
)
def test_a_name_and_where_its_bearer_lives(sentence, story):
    assert opens_story(sentence) is story
