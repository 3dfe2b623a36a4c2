"""Patterns of many words: the longest that fits is found, in any case and spacing."""

import re

import pytest

from normalizers.branching import any_of

WORDS = ["tỷ", "tỷ đồng", "tỷ lệ", "triệu đồng", "triệu", "đồng", "%", "m2", "m"]
PATTERN = re.compile(rf"({any_of(WORDS)})(?!\w)", re.IGNORECASE)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("tỷ đồng", "tỷ đồng"),
        ("Tỷ   Đồng/người", "Tỷ   Đồng"),
        ("tỷ đồngx", "tỷ"),
        ("tỷ lệch", "tỷ"),
        ("TRIỆU", "TRIỆU"),
        ("m2", "m2"),
        ("m3", None),
        ("% so", "%"),
        ("tấn", None),
    ],
)
def test_the_longest_word_that_ends_there(text, found):
    match = PATTERN.match(text)
    assert (match and match[1]) == found


def test_the_same_as_all_words_one_after_the_other():
    longest_first = sorted(WORDS, key=len, reverse=True)
    plain = re.compile(rf"({'|'.join(map(re.escape, longest_first))})(?!\w)", re.IGNORECASE)
    texts = [a + b for a in WORDS for b in ("", "x", " ", " đồng", " lệ", "2")]
    assert [PATTERN.findall(t) for t in texts] == [plain.findall(t) for t in texts]
