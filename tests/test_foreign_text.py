"""Running text in another language is named among the unread, and none of its numbers guessed at."""

from __future__ import annotations

from datetime import date

import pytest

from normalizers.bilingual import is_foreign
from normalizers.context import DocumentContext
from normalizers.sentences.reading import read_passages
from solieu.model import Content, Passage

ENGLISH = "In 2024, exports of goods of Lao Cai reached USD 2.5 billion, down 4.4 percent."


@pytest.mark.parametrize(
    ("text", "foreign"),
    [
        (ENGLISH, True),
        ("The population of Nam Dinh in 2024 was 1,887,100 persons.", True),
        ("TOTAL STATE BUDGET REVENUE of the province was estimated at 5,000 billion dong", True),
        ("Les exportations de marchandises ont atteint 355,5 milliards de dollars en 2024.", True),
        ("Năm 2024, xuất khẩu của Samsung Electronics Vietnam đạt 2,5 tỷ USD.", False),
        ("Dan so tinh Nam Dinh nam 2024 la 1.887.100 nguoi, tang 0,9% so voi nam truoc.", False),
        ("TONG THU NGAN SACH NHA NUOC NAM 2024 DAT 5.000 TY DONG", False),
        ("Tæng thu ng©n s¸ch nhµ n\u00adíc n¨m 2004 ®¹t 5.000 tû ®ång", False),
        ("Source: General Statistics Office", False),
        ("BHXH, BHYT, BHTN: 5.000", False),
        ("", False),
    ],
)
def test_texts_in_another_language(text, foreign):
    assert is_foreign(text) is foreign


def test_its_figures_are_named_and_not_guessed():
    passages = (
        Passage(ENGLISH, 1, "paragraph", page=3),
        Passage("The conference was held in the capital of the province.", 2, "paragraph"),
        Passage("Năm 2024, toàn tỉnh Lào Cai có 5.792 người tham gia BHXH tự nguyện.", 3),
    )
    context = DocumentContext(document_id="0" * 64, published_on=date(2024, 7, 10), year=2024)
    seen, unread = read_passages(Content(passages), context)
    assert [o.figure.raw for o in seen] == ["5.792"]
    told = [(u.place.page, u.place.passage, u.raw, u.reason) for u in unread]
    assert told == [(3, 1, ENGLISH, "the passage is not in Vietnamese")]
