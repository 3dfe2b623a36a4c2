"""Labels of headers and phrases of prose to codes, and labels that must stay without one."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import get_args

import pytest

from normalizers.context import DocumentContext
from normalizers.facts import DATA, read_rows
from normalizers.metrics import (
    Vocabulary,
    match_header,
    match_phrase,
    use,
    vocabulary,
)
from normalizers.sentences.reading import read_passages
from normalizers.spelling import canonical
from solieu.errors import UsageError
from solieu.model import Content, Measure, Passage

SI = "social_insurance_participants"
VOLUNTARY = "voluntary_social_insurance_participants"
COMPULSORY = "compulsory_social_insurance_participants"
HEALTH = "health_insurance_participants"
UNEMPLOYMENT = "unemployment_insurance_participants"
REVENUE = "insurance_contribution_revenue"

HEADERS = [
    (["BẢO HIỂM XÃ HỘI TỰ NGUYỆN", "Thực hiện 2023"], VOLUNTARY, None),
    (
        ["BHYT HỘ GIA ĐÌNH", "Kế hoạch giao Năm 2024"],
        "household_health_insurance_participants",
        None,
    ),
    (
        ["BHYT HỘ GIA ĐÌNH", "Số phát triển tăng so với năm 2023"],
        "household_health_insurance_participants",
        "change",
    ),
    (["BHXH bắt buộc"], COMPULSORY, None),
    (["BHXHBB"], COMPULSORY, None),
    (["Số người tham gia BHXH TN"], VOLUNTARY, None),
    (["BHXH", "Tự nguyện"], VOLUNTARY, None),
    (["Tham gia BHXH", "Bắt buộc"], COMPULSORY, None),
    (["Bảo hiểm thất nghiệp"], UNEMPLOYMENT, None),
    (["BHYT"], HEALTH, None),
    (["BHYT", "Hộ gia đình"], "household_health_insurance_participants", None),
    (["BHYT HSSV"], "student_health_insurance_participants", None),
    (["BHXH (bao gồm bắt buộc và tự nguyện)"], SI, None),
    (["Số người tham gia BHXH, BHYT"], "social_and_health_insurance_participants", None),
    (["Tỷ lệ bao phủ BHYT (% dân số)"], HEALTH, "share"),
    (["Số thu BHXH, BHYT, BHTN", "So với kế hoạch (%)"], REVENUE, "plan_completion"),
    (["Số nợ BHXH"], "insurance_arrears", None),
    (["Tỷ lệ nợ"], "insurance_arrears", "share"),
    (["Chi phí khám chữa bệnh BHYT"], "health_insurance_medical_expenditure", None),
    (["Số đơn vị tham gia BHXH"], "participating_employers", None),
    (["Dân số trung bình (người)"], "average_population", None),
    (["Diện tích và dân số", "Dân số trung bình"], "average_population", None),
    (["Chi thường xuyên"], "recurrent_expenditure", None),
    (
        ["Thu NSNN trên địa bàn", "Ước TH 2024"],
        "state_budget_revenue_in_the_area",
        None,
    ),
    (["Kim ngạch xuất khẩu (triệu USD)"], "export_turnover", None),
    (["Tỷ lệ hộ nghèo"], "multidimensional_poverty_rate", "share"),
    (["Sản lượng thuỷ sản"], "fishery_production", None),
]
UNKNOWN = [
    ["Dịch vụ"],
    ["Số chi"],
    ["Số thu"],
    ["Thu nội địa", "Thuế giá trị gia tăng"],
    ["Chi đầu tư phát triển", "Chi xây dựng cơ bản tập trung"],
    ["Thu BHYT"],
    ["Tổng số"],
    ["Xuất khẩu"],
    ["Thu nhập bình quân"],
    ["Dân số trung bình", "Nam"],
    ["Ghi chú"],
    ["Diện tích đất nông nghiệp có giao thông nông thôn"],
    [],
]
PROSE = [
    ("số người tham gia BHXH bắt buộc: 61.204 người", COMPULSORY, "level"),
    ("đã phát triển mới 912 người tham gia BHXH tự nguyện", VOLUNTARY, "change"),
    ("qua bưu điện: 401 người", "voluntary_social_insurance_participants_via_post", "change"),
    ("đạt 88,12% tỉ lệ bao phủ BHYT", HEALTH, "share"),
    ("BHXH đạt 41,5% lực lượng lao động trong độ tuổi", SI, "share"),
    ("BHTN 20,5% lực lượng lao động", UNEMPLOYMENT, "share"),
    ("đạt 97% KH giao", None, "plan_completion"),
    ("đạt 95,2% so với kế hoạch BHXH Việt Nam", None, "plan_completion"),
    ("Số thu đạt 812.604 triệu đồng", REVENUE, "level"),
    ("thu hồi 5,2 tỷ đồng tiền chậm đóng", "arrears_recovered", "level"),
    ("gửi giấy mời tới 120 đơn vị", "employers_invited", "level"),
    ("có 84 đơn vị tham dự hội nghị", "employers_attended", "level"),
    ("12 hội nghị đối thoại với doanh nghiệp", "employer_dialogue_conferences", "level"),
    ("910.220 người tham gia BHXH, BHYT", "social_and_health_insurance_participants", "level"),
    ("chi trả cho 1.204 người hưởng BHXH một lần", "lump_sum_social_insurance_recipients", "level"),
]


@pytest.mark.parametrize(("path", "metric", "measure"), HEADERS)
def test_header(path, metric, measure):
    match = match_header(path)
    assert (match.metric, match.measure) == (metric, measure)


@pytest.mark.parametrize("path", UNKNOWN)
def test_unknown_header_gives_no_code(path):
    assert match_header(path).metric is None


def told(text):
    """Metric and measure of each figure of a statement, in a text on insurance."""
    insurance = Passage("Chính sách BHXH, BHYT trên địa bàn.", 2)
    seen, _ = read_passages(Content((Passage(text, 1), insurance)), DocumentContext("0" * 64))
    return [(o.metric, o.measure) for o in seen]


@pytest.mark.parametrize(("text", "metric", "measure"), PROSE)
def test_statement(text, metric, measure):
    assert told(text) == [(metric, measure)]


def test_a_statement_without_a_known_subject_has_no_code():
    assert told("đã trồng 1.200 cây xanh") == [(None, "level")]


@pytest.mark.parametrize(
    ("text", "noun", "unit"),
    [
        ("127 thẻ BHYT cho đối tượng bảo trợ", "thẻ BHYT", "count"),
        ("người chưa tham gia BHXH", "người chưa tham gia BHXH", "person"),
        ("thu BHYT là", "", "VND"),
        ("Công ty X nợ BHXH", "", "VND"),
        ("số đơn vị của tỉnh", "đơn vị", "organisation"),
    ],
)
def test_neighbouring_phrases_are_not_taken(text, noun, unit):
    match = match_phrase(text, noun, unit, insurance=True)
    assert match is None or match.metric is None


def test_agency_is_no_scheme():
    assert match_phrase("BHXH tỉnh có 210 người", "người", "person", insurance=True) is None


def test_every_code_of_the_rules_is_in_the_vocabulary():
    known = set(vocabulary().metrics)
    assert {r["metric"] for r in read_rows(DATA / "metric_slots.csv") if r["metric"]} <= known
    assert {r["metric"] for r in read_rows(DATA / "rate_labels.csv") if r["metric"]} <= known


@pytest.mark.parametrize("name", ["metric_slots.csv", "rate_labels.csv", "measure_cues.csv"])
def test_measures_in_the_data_are_measures(name):
    found = {r["measure"] for r in read_rows(DATA / name)} - {""}
    assert found <= set(get_args(Measure))


@pytest.mark.parametrize("code", sorted(vocabulary().metrics))
def test_a_metrics_own_label_leads_to_it(code):
    metric = vocabulary().metrics[code]
    found = match_header([metric.label_vi])
    assert found.metric == code
    assert metric.label_en


def test_codes_are_unique():
    codes = [r["code"] for r in read_rows(DATA / "metrics.csv")]
    assert len(codes) == len(set(codes))


def test_a_user_adds_a_vocabulary(tmp_path: Path):
    own = tmp_path / "own.csv"
    own.write_text(
        "code,label_vi,label_en,unit,labels\nbee_hives,Số tổ ong,Bee hives,count,tổ ong|đàn ong\n",
        encoding="utf-8-sig",
    )
    words = Vocabulary.load(own)
    assert match_header(["Số đàn ong năm 2024"], words).metric == "bee_hives"
    assert match_header(["Số đàn ong năm 2024"]).metric is None
    assert match_header(["BHXH bắt buộc"], words).metric == COMPULSORY


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Bảo hiểm xã hội tự nguyện", "BHXH TN"),
        ("bảo hiểm y tế hộ gia đình", "BHYT HGĐ"),
        ("Thuỷ sản hoá", "Thủy sản hóa"),
        ("bảo hiểm xã hội (BHXH) bắt buộc", "BHXH BB"),
        ("Quý I", "quý i"),
    ],
)
def test_one_spelling(one, other):
    assert canonical(one) == canonical(other)


WITHOUT_THEIR_TEXT = {
    "đạt tỷ lệ 49,04% lực lượng lao động trong độ tuổi",
    "chỉ tiêu giảm nợ BHXH, BHTN, BHYT từng quý năm 2023",
}
"""The first goes on with the scheme named before it; the second holds no figure."""
FIXTURE = Path(__file__).parents[2] / "shared" / "fixtures" / "metrics.csv"


@pytest.mark.skipif(not FIXTURE.exists(), reason="the shared fixtures are not here")
def test_shared_fixture():
    with FIXTURE.open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    wanted = {r["input"]: (r["metric"] or None, r["measure"] or "level") for r in rows}
    missed = {text for text, meant in wanted.items() if meant not in told(text)}
    assert missed <= WITHOUT_THEIR_TEXT


# ---------------------------------------------------------------- a vocabulary of one's own


@pytest.fixture
def own_words(tmp_path):
    path = tmp_path / "own.csv"
    path.write_text(
        "code,label_vi,label_en,unit,labels\n"
        "books,Sổ sức khỏe điện tử,Health books,count,sổ sức khoẻ điện tử\n"
        "poor,BHYT hộ nghèo,HI of the poor,person,người nghèo tham gia BHYT\n",
        encoding="utf-8",
    )
    use(path)
    yield path
    use(None)


def test_own_wordings_are_used_in_headers_and_prose(own_words):
    assert match_header(["Sổ sức khỏe điện tử"]).metric == "books"
    passage = Passage("Có 12.345 người nghèo tham gia BHYT; 300.120 người tham gia BHYT.", 1)
    seen, _ = read_passages(Content((passage,)), DocumentContext("0" * 64))
    assert [o.metric for o in seen] == ["poor", "health_insurance_participants"]


def test_shipped_wordings_are_back_when_the_own_ones_go(own_words):
    use(None)
    assert match_header(["Sổ sức khỏe điện tử"]).metric is None


def test_a_vocabulary_without_its_columns_says_which_it_needs(tmp_path):
    path = tmp_path / "bad.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(UsageError, match="label_vi"):
        Vocabulary.load(path)


@pytest.mark.parametrize(
    ("path", "metric"),
    [
        (("Tỷ lệ thất nghiệp", "Thành thị"), "urban_unemployment_rate"),
        (("Tỷ lệ thất nghiệp", "Nông thôn"), None),
        (("Dân số trung bình", "Thành thị"), None),
        (("Dân số trung bình", "Thành phố"), "average_population"),
        (("Dân số trung bình thành thị",), None),
        (("Thu nhập bình quân đầu người", "Thành thị"), None),
        (("Thu nhập bình quân đầu người", "Năm 2023"), "income_per_capita"),
    ],
)
def test_towns_are_a_part_of_what_a_head_counts(path, metric):
    assert match_header(path).metric == metric
