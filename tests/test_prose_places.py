"""Whose figures a sentence gives when it names what a unit was made of."""

from __future__ import annotations

from datetime import date

import pytest

from normalizers.context import DocumentContext
from normalizers.regions import resolve
from normalizers.sentences.reading import read_passages
from solieu.model import Content, Passage

ON = date(2025, 10, 1)
COMMUNE = resolve("Xã Ea Kar", ON, None).region


@pytest.mark.parametrize(
    ("text", "territory"),
    [
        ("Xã thành lập trên cơ sở sáp nhập thị trấn Ea Kar và 2 xã, có 48.216 người.", "Xã Ea Kar"),
        (
            "Xã Ea Kar thành lập từ xã Cư Huê và xã Ea Đar; toàn xã có 11.214 hộ dân.",
            "Xã Ea Kar",
        ),
        ("Sau sáp nhập, xã Ea Đar có 214 hộ nghèo.", "Xã Ea Đar"),
        ("Sau khi sáp nhập thị trấn Ea Kar, xã Ea Kar có 312 hộ cận nghèo.", "Xã Ea Kar"),
        ("Xã Ea Đar có 214 hộ nghèo trước khi hợp nhất với xã Cư Huê.", "Xã Ea Đar"),
    ],
)
def test_what_a_unit_was_made_of_owns_none_of_its_figures(text: str, territory: str) -> None:
    assert COMMUNE is not None
    context = DocumentContext("d", year=2025, region=COMMUNE, on=ON)
    seen, _ = read_passages(Content((Passage(text, 1, "paragraph"),)), context)
    last = seen[-1].region
    assert last is not None
    assert last.name == territory
