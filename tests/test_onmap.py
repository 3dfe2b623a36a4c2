"""Figures on the map of another day: what is carried over, what is added, what stays apart."""

import csv
from datetime import date

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

import pipeline
from commands import cli
from engines.onmap import mapped
from normalizers.regions import resolve
from normalizers.regions.carried import carried, makers
from normalizers.regions.gazetteer import gazetteer
from normalizers.regions.units import region_of
from solieu.errors import OutputError
from writers.onmap import write

NOW = date(2026, 7, 1)
EVE = date(2025, 6, 30)


def unit(*names, on):
    region = None
    for name in names:
        region = resolve(name, on, region).region
    assert region is not None, names
    return region


def row(number, value, *names, on=date(2024, 12, 31), **said):
    region = unit(*names, on=on)
    return {
        "observation_id": f"figure {number}",
        "document_id": "one",
        "region_code": region.code,
        "region_valid_from": region.valid_from,
        "region_name": region.name,
        "region_level": region.level,
        "region_path": region.path,
        "metric": "social_insurance_participants",
        "metric_label": "BHXH",
        "scenario": "actual",
        "measure": "level",
        "basis": None,
        "year": on.year,
        "period": str(on.year),
        "period_start": None,
        "period_end": on,
        "value": value,
        "unit": "person",
        "qualifier": None,
        "confidence": 0.99,
    } | said


def seen(rows, on=NOW):
    return [(r["how"], r["region_name"], r["value"], r["complete"]) for r in mapped(rows, on)]


HAI_PHONG = row(1, 500.0, "Thành phố Hải Phòng")
HAI_DUONG = row(2, 300.0, "Tỉnh Hải Dương")


def test_merged_provinces_are_added():
    (found,) = mapped([HAI_PHONG, HAI_DUONG], NOW)
    assert (found["how"], found["complete"], found["value"]) == ("summed", True, 800.0)
    assert (found["region_name"], found["region_valid_from"]) == (
        "Thành phố Hải Phòng",
        date(2025, 7, 1),
    )
    assert found["older_units"] == ["Thành phố Hải Phòng", "Tỉnh Hải Dương"]
    assert found["observation_ids"] == ["figure 1", "figure 2"]


def test_a_sum_that_lacks_a_unit_says_which():
    (found,) = mapped([HAI_PHONG], NOW)
    assert (found["how"], found["complete"]) == ("incomplete", False)
    assert found["missing_units"] == ["Tỉnh Hải Dương"]


def test_the_sum_is_comparable_with_the_new_unit():
    newer = row(3, 810.0, "Thành phố Hải Phòng", on=date(2025, 12, 31))
    assert seen([newer]) == [("same", "Thành phố Hải Phòng", 810.0, True)]
    old = next(mapped([HAI_PHONG, HAI_DUONG], NOW))
    new = next(mapped([newer], NOW))
    assert (old["region_code"], old["region_valid_from"]) == (
        new["region_code"],
        new["region_valid_from"],
    )


def test_two_documents_complete_each_other():
    other = HAI_DUONG | {"document_id": "two"}
    (found,) = mapped([HAI_PHONG, other], NOW)
    assert (found["how"], found["value"], found["document_id"]) == ("summed", 800.0, None)


def test_unknown_labels_of_two_documents_are_not_added():
    rows = [r | {"metric": None} for r in (HAI_PHONG, HAI_DUONG | {"document_id": "two"})]
    assert [how for how, *_ in seen(rows)] == ["incomplete", "incomplete"]


def test_a_unit_that_stands_keeps_its_figure():
    assert seen([row(1, 7.5, "Tỉnh Cao Bằng", unit="percent")]) == [
        ("same", "Tỉnh Cao Bằng", 7.5, True)
    ]


def test_a_renamed_unit_is_carried_over():
    hue = row(1, 12.0, "Tỉnh Thừa Thiên Huế", on=date(2020, 12, 31))
    assert seen([hue]) == [("whole", "Thành phố Huế", 12.0, True)]


@pytest.mark.parametrize(
    "said",
    [
        {"unit": "percent", "measure": "share"},
        {"measure": "growth", "unit": "percent"},
        {"unit": "VND", "metric": None, "metric_label": "Thu nhập bình quân đầu người"},
        {"unit": "quintal/ha", "metric": None, "metric_label": "Năng suất lúa"},
    ],
)
def test_rates_and_means_are_never_added(said):
    rows = [HAI_PHONG | said, HAI_DUONG | said]
    assert seen(rows) == [
        ("not_additive", "Thành phố Hải Phòng", 500.0, False),
        ("not_additive", "Thành phố Hải Phòng", 300.0, False),
    ]


def test_a_mean_population_adds_up():
    said = {"metric": None, "metric_label": "Dân số trung bình"}
    assert seen([HAI_PHONG | said, HAI_DUONG | said])[0][0] == "summed"


def test_the_same_figure_given_twice_counts_once():
    again = HAI_PHONG | {"observation_id": "figure 9", "confidence": 0.5}
    assert seen([HAI_PHONG, again, HAI_DUONG]) == [("summed", "Thành phố Hải Phòng", 800.0, True)]


def test_two_values_for_one_unit_are_not_chosen_from():
    other = HAI_PHONG | {"observation_id": "figure 9", "value": 501.0}
    assert {how for how, *_ in seen([HAI_PHONG, other, HAI_DUONG])} == {"contradictory"}


def test_three_wards_that_became_one():
    names = ("Tỉnh Trà Vinh", "Thành phố Trà Vinh")
    rows = [row(n, 100.0 * n, *names, f"Phường {n}") for n in (1, 3, 9)]
    (found,) = mapped(rows, NOW)
    assert (found["how"], found["value"]) == ("summed", 1300.0)
    assert found["region_path"] == "Tỉnh Vĩnh Long / Phường Trà Vinh"


def test_a_divided_district_is_left_as_published():
    city = row(1, 900.0, "Tỉnh Trà Vinh", "Thành phố Trà Vinh")
    (found,) = mapped([city], NOW)
    assert (found["how"], found["value"], found["region_name"]) == ("split", 900.0, None)
    assert "Tỉnh Vĩnh Long / Phường Trà Vinh" in found["candidates"]


def test_communes_whose_parts_went_elsewhere_are_divided():
    communes = [region_of(u, EVE) for u in gazetteer() if u.level == 3 and u.stands(EVE)]
    divided = [r for r in communes if carried(r, NOW).how == "split"]
    assert 400 < len(divided) < 500, "460 communes, by the resolutions of 2025"


def test_the_way_back():
    after = date(2025, 12, 31)
    rows = [
        row(1, 800.0, "Thành phố Hải Phòng", on=after),
        row(2, 9.0, "Tỉnh Cao Bằng", on=after),
        row(3, 5.0, "Thành phố Huế", on=after),
    ]
    assert seen(rows, EVE) == [
        ("split", None, 800.0, False),
        ("same", "Tỉnh Cao Bằng", 9.0, True),
        ("same", "Thành phố Huế", 5.0, True),
    ]


def test_the_country_and_what_is_no_unit():
    whole = row(1, 1.0, "Cả nước")
    area = row(2, 2.0, "Cả nước") | {"region_level": "other", "region_name": "Tây Nguyên"}
    nowhere = row(3, 3.0, "Cả nước") | {"region_level": None, "region_name": None}
    found = list(mapped([whole, area, nowhere], NOW))
    assert [r["how"] for r in found] == ["unknown", "unknown", "same"]


@pytest.mark.parametrize(
    ("day", "count"),
    [
        (date(1989, 7, 1), 44),
        (date(1991, 8, 12), 49),
        (date(1991, 12, 26), 53),
        (date(1997, 1, 1), 61),
        (date(2004, 1, 1), 64),
        (date(2008, 8, 1), 63),
        (date(2020, 1, 1), 63),
        (date(2025, 7, 1), 34),
    ],
)
def test_as_many_provinces_as_the_laws_made(day, count):
    """The units of a day, found again from today's: none is lost and none counted twice."""
    whole, parts = set(), set()
    for unit_now in (u for u in gazetteer() if u.level == 1 and u.stands(NOW)):
        made = makers(resolve(unit_now.title, NOW).region, "province", day, NOW)
        whole |= made.whole
        parts |= made.parts
    assert len(whole | parts) == count
    assert not whole & parts


def test_the_command_writes_parquet_and_csv(tmp_path):
    run = tmp_path / "run"
    pipeline.run(["samples"], run, workers=1)
    for name in ("now.parquet", "now.csv"):
        told = CliRunner().invoke(
            cli, ["onmap", "-o", str(run), "--on", "2025-07-01", "--to", str(tmp_path / name)]
        )
        assert told.exit_code == 0, told.output
        assert "nothing prorated" in told.output
    rows = pq.read_table(tmp_path / "now.parquet").to_pylist()
    with (tmp_path / "now.csv").open(encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.DictReader(file))) == len(rows)
    used = [i for r in rows for i in r["observation_ids"]]
    figures = pq.read_table(run / "observations.parquet")["observation_id"].to_pylist()
    assert len(used) == len(set(used)), "no figure stands under two units"
    assert set(used) <= set(figures)


def test_a_document_is_done_before_the_next_is_read():
    """Only what another document may complete is held back."""
    read = []

    def rows():
        for document in ("one", "two"):
            read.append(document)
            yield row(1, 7.0, "Tỉnh Cao Bằng") | {"document_id": document}
            yield HAI_PHONG | {"document_id": document}

    found = mapped(rows(), NOW)
    assert (next(found)["region_name"], read) == ("Tỉnh Cao Bằng", ["one", "two"])
    assert [(r["region_name"], r["document_id"]) for r in found] == [
        ("Tỉnh Cao Bằng", "two"),
        ("Thành phố Hải Phòng", "one"),
        ("Thành phố Hải Phòng", "two"),
    ]


@pytest.mark.parametrize("name", ["now.parquet", "now.csv"])
def test_a_file_that_breaks_off_leaves_the_last_one(tmp_path, name):
    goal = tmp_path / "new" / name
    write(mapped([HAI_PHONG], NOW), goal)
    last = goal.read_bytes()

    def broken():
        yield from mapped([HAI_PHONG], NOW)
        raise OSError(28, "No space left on device")

    with pytest.raises(OutputError, match=r"now.*No space left"):
        write(broken(), goal)
    assert goal.read_bytes() == last
    assert list(goal.parent.iterdir()) == [goal]


@pytest.mark.parametrize("kind", ["parquet", "csv"])
def test_a_goal_that_cannot_be_written_is_told(tmp_path, kind):
    run, folder = tmp_path / "run", tmp_path / "file"
    pipeline.run(["samples/bao-cao-thang-5-hai-phong.txt"], run, workers=1)
    folder.touch()
    told = CliRunner().invoke(
        cli, ["onmap", "-o", str(run), "--to", str(folder / f"now.{kind}"), "--lang", "en"]
    )
    assert told.exit_code == 4
    assert "Cannot write to" in told.output


@pytest.mark.parametrize(("folder", "goal"), [("empty", "now.parquet"), ("run", "now.xlsx")])
def test_wrong_use_is_told(tmp_path, folder, goal):
    (tmp_path / "empty").mkdir()
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "observations.parquet").touch()
    told = CliRunner().invoke(
        cli, ["onmap", "-o", str(tmp_path / folder), "--to", str(tmp_path / goal)]
    )
    assert told.exit_code == 2
