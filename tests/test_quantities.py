"""Figures of running text: value, unit, qualifier, kind; and what is no figure."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalizers.quantities import not_figures
from normalizers.quantities.not_figures import spans
from normalizers.quantities.number_words import value_of
from normalizers.quantities.reading import Quantity, find_quantities, read_quantity
from normalizers.units import rows as facts
from solieu.numerals import read_numeral

DATA = Path(__file__).parent / "data"
SHARED = Path(__file__).parents[2] / "shared" / "fixtures" / "numbers.csv"
SHARED_UNITS = {"người": "person", "%": "percent", "pp": "percentage_point", "xã": "commune"}
FLAGS_SHOWN = {
    "from", "to", "norm", "price", "unit_assumed", "maybe_date", "maybe_year", "glued",
    "broken_spacing", "proportion",
}  # fmt: skip


def table(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def figures(text: str) -> list[Quantity]:
    return [q for q in find_quantities(text) if q.kind != "ordinal_or_code"]


def number(value: Decimal) -> str:
    return f"{value.normalize():f}"


def shown(quantity: Quantity) -> str:
    """The quantity as the table writes it: value[/denominator] unit kind [>qualifier] [flags]."""
    value = number(quantity.value)
    if quantity.denominator is not None:
        value += f"/{number(quantity.denominator)}"
    words = [value, quantity.unit, quantity.kind]
    words += [f">{quantity.qualifier}"] if quantity.qualifier else []
    return " ".join(words + [f for f in quantity.flags if f in FLAGS_SHOWN])


def canonical(expected: str) -> str:
    value, _, rest = expected.partition(" ")
    return f"{'/'.join(number(Decimal(v)) for v in value.split('/'))} {rest}"


@pytest.mark.parametrize("row", table("quantities.csv"), ids=lambda r: r["text"])
def test_what_a_sentence_says(row):
    expected = [e for e in row["expected"].split("|") if e]
    named = [e for e in expected if e[0].isalpha()]
    found = find_quantities(row["text"])
    assert [shown(q) for q in found if q.kind != "ordinal_or_code"] == [
        canonical(e) for e in expected if not e[0].isalpha()
    ]
    codes = [q for q in found if q.kind == "ordinal_or_code"]
    wanted = " ".join(named).split()
    assert len(codes) == len(wanted)
    assert all(flag in q.flags for q, flag in zip(codes, wanted, strict=True))


@pytest.mark.parametrize(
    ("text", "raw"),
    [
        ("379.339 người", "379.339"),
        ("2.138.323 triệu đồng", "2.138.323 triệu đồng"),
        ("trên 1,94 triệu người", "1,94 triệu"),
        ("là 87,09 tỷ đồng.", "87,09 tỷ đồng"),
        ("93,20 %dân số", "93,20 %"),
        ("217/217 xã", "217/217"),
        ("61,4 tạ/ha", "61,4"),
        ("0,36 điểm %", "0,36 điểm %"),
        ("2 triệu rưỡi đồng", "2 triệu rưỡi đồng"),
        ("68,9 triệu đồng/người", "68,9 triệu đồng"),
    ],
)
def test_raw_is_the_figure_with_its_scale(text, raw):
    (quantity,) = find_quantities(text)
    assert quantity.raw == raw
    assert text[quantity.start : quantity.end] == raw


@pytest.mark.parametrize(
    ("text", "rounding", "exact"),
    [
        ("5.792 người", "1", True),
        ("1,94 triệu người", "10000", False),
        ("32,9%", "0.1", False),
        ("423 tỷ 536 triệu đồng", "1000000", False),
        ("gần 200 người", "1", False),
        ("319.317.000 đồng", "1", False),
        ("15 đơn vị", "1", True),
    ],
)
def test_rounding_and_exactness(text, rounding, exact):
    (quantity,) = find_quantities(text)
    assert (quantity.rounding, quantity.exact) == (Decimal(rounding), exact)


def test_a_mark_before_three_digits_stays_in_doubt():
    (money,) = figures("chi trả 47,322 tỷ đồng")
    assert money.value == Decimal(47322000000)
    assert money.alternative == Decimal(47322000000000)
    assert money.confidence < 0.95
    (people,) = figures("có 5,792 người")
    assert (people.value, people.alternative) == (Decimal(5792), Decimal("5.792"))
    assert people.confidence < 0.95
    (dotted,) = figures("có 5.792 người")
    assert dotted.alternative is None
    assert dotted.confidence >= 0.95


def test_the_numbers_around_settle_the_doubt():
    alone = figures("thu 1.832 tỷ đồng")[0]
    beside = figures("thu 1.832 tỷ đồng, tăng 12,4%, chi 298,7 tỷ đồng")[0]
    english = figures("thu 1.832 tỷ đồng, tăng 12.4%, chi 298.7 tỷ đồng, 1,204,500 người")[0]
    assert english.confidence < alone.confidence < beside.confidence
    assert find_quantities("thu 1.832 tỷ đồng", prior=0.07)[0].value == Decimal(1832000000)


def test_a_figure_beside_a_lost_letter_is_half_trusted():
    (whole,) = find_quantities("có 12.345 người")
    (cut,) = find_quantities("có \ufffd2.345 người")
    assert cut.flags == ("damaged",)
    assert cut.confidence < 0.6 < whole.confidence


def test_noun_and_unit_words():
    people, rate = figures("tăng 824 người tham gia BHXH tự nguyện, đạt 3% lực lượng lao động.")
    assert (people.unit_text, people.noun) == ("người", "người tham gia BHXH tự nguyện")
    assert (rate.unit_text, rate.noun) == ("%", "lực lượng lao động")
    (unknown,) = figures("lắp đặt 12 chuông báo cháy")
    assert (unknown.unit, unknown.noun) == ("count", "chuông báo cháy")
    assert "unitless" in unknown.flags


def test_nothing_printed_is_lost_without_a_word():
    for row in table("quantities.csv"):
        text = row["text"]
        covered = {n for q in find_quantities(text) for n in range(q.start, q.end)}
        lost = {n for n, c in enumerate(text) if c.isdigit()} - covered
        assert not lost or "1 vạn dân" in text


@given(st.integers(1, 10**7), st.sampled_from(["người", "hộ", "xã", "tỷ đồng", "triệu USD", "%"]))
def test_a_plain_figure_is_read_in_any_place(n, unit):
    plain = f"{n:,}".replace(",", ".")
    text = f"Theo báo cáo, kết quả đạt {plain} {unit}, tăng so với cùng kỳ"
    (quantity,) = find_quantities(text)
    scale = {"tỷ đồng": 10**9, "triệu USD": 10**6}.get(unit, 1)
    assert n * scale in (quantity.value, quantity.alternative) or unit == "%"
    assert text[quantity.start : quantity.end] == quantity.raw


@given(st.text(alphabet="0123456789.,/-% ()đồngtỷệhường ờikầư:–\n", max_size=60))
def test_any_text_gives_ordered_spans(text):
    end = 0
    for quantity in find_quantities(text):
        assert quantity.raw == text[quantity.start : quantity.end]
        assert quantity.start >= end
        end = quantity.end


def test_every_pattern_knows_its_example():
    for row in facts("not_figures.csv"):
        found = spans(row["example"])
        assert any(s.flag == row["flag"] for s in found), row["example"]


PIECES = [
    *(row["example"] for row in facts("not_figures.csv")),
    *"từ|kể từ|năm|quý IV|II.|ĐT: (|số:|+84 |T|QĐ-|1.888| - ".split("|"),
]


@given(
    st.lists(st.sampled_from(PIECES), max_size=6),
    st.lists(st.sampled_from(["", " ", "  ", ", ", ": ", "-", "/"]), min_size=6, max_size=6),
)
def test_patterns_tried_at_digits_find_what_they_find_everywhere(pieces, gaps):
    text = "".join(map("".join, zip(pieces, gaps, strict=False)))
    pattern, flags = not_figures._pattern(at_digit=False), not_figures._flags()
    everywhere = [
        not_figures.Span(m.start(), m.end(), flags[int(m.lastgroup[1:])])
        for window in not_figures._windows(text)
        for m in pattern.finditer(text, *window)
    ]
    assert spans(text) == everywhere or "www." in text or "@" in text


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("hai mươi lăm", 25),
        ("năm trăm", 500),
        ("một trăm linh năm", 105),
        ("mười hai", 12),
        ("chín trăm chín mươi chín", 999),
        ("hai ba", None),
        ("mươi", None),
    ],
)
def test_numbers_in_words(words, value):
    assert value_of(words.split()) == value


def test_a_cell_with_words_has_one_figure_or_none():
    assert read_quantity("≥ 95%").qualifier == "at_least"
    assert read_quantity("7,5-8,0").kind == "range_low"
    assert read_quantity("Phường 3") is None
    assert read_quantity("354 người, 470 hộ") is None


def verdict(row: dict[str, str]) -> str:
    found = figures(row["input"])
    if row["verdict"] == "none":
        return "right" if not found else ("silent" if found[0].confidence >= 0.95 else "wrong")
    if not found:
        return "refused"
    best, value = found[0], Decimal(row["value"])
    if row["unit"] and best.unit != row["unit"]:
        return "wrong"
    if row["verdict"] == "doubtful":
        seen = value in (best.value, best.alternative)
        return "right" if seen and best.confidence < 0.95 else "silent"
    if best.value == value:
        return "right"
    return "silent" if best.confidence >= 0.95 else "wrong"


def test_prose_written_before_the_reader():
    prose = [row for row in table("heldback_numerals.csv") if row["kind"] == "prose"]
    verdicts = [verdict(row) for row in prose]
    assert len(verdicts) >= 70
    assert verdicts.count("silent") == 0
    assert verdicts.count("right") >= 0.97 * len(verdicts)


@pytest.mark.skipif(not SHARED.exists(), reason="the shared fixtures are not on this machine")
def test_shared_fixture_in_full():
    with SHARED.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            numeral, unit = read_numeral(row["input"]), row["unit"]
            if numeral.status != "text" or row["class"] != "V":
                continue
            quantity = read_quantity(row["input"])
            assert quantity is not None, row["input"]
            assert float(quantity.value) == pytest.approx(float(row["value"]), rel=1e-12)
            if unit and not unit.endswith("?"):
                assert quantity.unit == SHARED_UNITS.get(unit, unit)


def test_an_item_number_is_no_part_of_a_percentage():
    found = find_quantities("6. 100% cán bộ, công chức tham gia")
    assert [(q.raw, q.value) for q in found] == [("6", 6), ("100%", 100)]


@pytest.mark.parametrize(
    ("text", "raw"),
    [
        ("Toàn tỉnh có hai triệu rưỡi người tham gia BHYT", ["hai triệu rưỡi"]),
        ("Số thu đạt mười hai tỷ đồng", ["mười hai tỷ đồng"]),
        ("Huyện có ba nghìn hai trăm hộ nghèo", []),
        ("Hàng triệu người dân được hưởng lợi", []),
    ],
)
def test_a_spelt_number_is_read_whole_or_not_at_all(text, raw):
    assert [q.raw for q in find_quantities(text)] == raw


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Thu 13.503.000.000đ (Mười ba tỷ, năm trăm linh ba triệu đồng).", [13503000000]),
        ("Thu 3 tỷ đồng (bằng chữ: Ba tỷ đồng chẵn).", [3000000000]),
        ("Kinh phí 45.000.000 đồng. Bằng chữ: Bốn mươi lăm triệu đồng.", [45000000]),
        ("Trồng 300 ha (hai triệu cây giống).", [300, 2000000]),
        ("Có hai triệu rưỡi cây xanh.", [2500000]),
    ],
)
def test_an_amount_repeated_in_words_is_one_figure(text, values):
    assert [q.value for q in figures(text)] == values
