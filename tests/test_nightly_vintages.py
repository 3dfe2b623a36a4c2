"""Versions of bytes to vintages of figures; figures before to figures after."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from auditors.revisions import changed
from engines.nightly.reading import _MEANING, figures_digest
from engines.nightly.vintages import Seen, revisions, vintages
from solieu.model import Figure, Observation, Period, Place, Region


def seen(*pairs):
    """Versions from (status, figures); runs are "01", "02", ... with a run between each."""
    return [
        Seen(f"{2 * n + 1:02}", f"d{n}", status, figures, f"{2 * n:02}" if n else None)
        for n, (status, figures) in enumerate(pairs)
    ]


def test_a_counter_makes_versions_and_one_vintage():
    (only,) = vintages(seen(("ok", "A"), ("ok", "A"), ("ok", "A")), "09")
    assert (only.digest, only.first_seen, only.last_seen) == ("d0", "01", "09")
    assert only.superseded is None


def test_other_figures_begin_a_vintage_and_end_the_one_before():
    first, second = vintages(seen(("ok", "A"), ("ok", "B")), "07")
    assert (first.last_seen, first.superseded) == ("02", "03")
    assert (second.first_seen, second.last_seen, second.superseded) == ("03", "07", None)
    assert revisions([first, second]) == [(first, second)]


def test_a_failure_stands_beside_what_was_known_until_it_can_be_read_again():
    versions = seen(("ok", "A"), ("failed", ""), ("ok", "A"))
    known, broken = vintages(versions, "09")
    assert (known.superseded, known.last_seen) == (None, "09")
    assert (broken.failed, broken.first_seen, broken.superseded) == (True, "03", "05")
    known, broken, after = vintages(seen(("ok", "A"), ("failed", ""), ("ok", "B")), "09")
    assert known.superseded == after.first_seen == "05"
    assert revisions([known, broken, after]) == [(known, after)]


statuses = st.tuples(st.sampled_from(["ok", "ok", "empty", "failed"]), st.sampled_from("ABC"))


@given(st.lists(statuses, min_size=1, max_size=12))
def test_at_every_time_exactly_the_figures_that_stood_are_known(pairs):
    """Against the plain definition: the last readable version at a time says what is known."""
    versions = seen(*pairs)
    found = vintages(versions, versions[-1].run)
    figures = {v.digest: v.figures for v in versions}
    for now in [v.run for v in versions]:
        readable = [v for v in versions if v.run <= now and v.status != "failed"]
        standing = [
            v
            for v in found
            if not v.failed and v.first_seen <= now and (v.superseded is None or v.superseded > now)
        ]
        expected = [readable[-1].figures] if readable else []
        assert [figures[v.digest] for v in standing] == expected
        broken = [
            v
            for v in found
            if v.failed and v.first_seen <= now and (v.superseded is None or v.superseded > now)
        ]
        last = [v for v in versions if v.run <= now][-1]
        assert [v.digest for v in broken] == ([last.digest] if last.status == "failed" else [])
    for v in found:
        assert v.first_seen <= v.last_seen
        assert v.superseded is None or v.last_seen < v.superseded or v.failed


@given(st.lists(statuses, min_size=1, max_size=12), st.integers(1, 11))
def test_what_was_known_does_not_depend_on_what_comes_later(pairs, cut):
    """A night that is derived again, with later nights known, says the same of its own time."""
    versions = seen(*pairs)
    early = versions[:cut]
    now = early[-1].run
    before = [(v.digest, v.first_seen) for v in vintages(early, now)]
    after = [(v.digest, v.first_seen) for v in vintages(versions, versions[-1].run)]
    assert after[: len(before)] == before


def figure(n, label, value, region="Huyện Nam Sách", metric=None):
    place = Place(passage=1, start=n)
    said = Figure(place.figure_id("d"), place, str(value), Decimal(value), "person")
    where, period = Region(region, "district"), Period(2024, "2024-04")
    return Observation(said, label, "prose", where, metric=metric, period=period)


def pairs(before, after):
    old = [figure(n, *r) for n, r in enumerate(before)]
    new = [figure(n + 50, *r) for n, r in enumerate(after)]
    return [(a.figure.value, b.figure.value) for a, b in changed(old, new)]


def test_one_changed_figure_is_one_pair():
    assert pairs([("thu", 1), ("chi", 2)], [("thu", 1), ("chi", 3)]) == [(2, 3)]


def test_rows_that_move_or_come_are_no_revision():
    assert pairs([("thu", 1), ("chi", 2)], [("chi", 2), ("mới", 9), ("thu", 1)]) == []
    assert pairs([("thu", 1), ("chi", 2)], [("chi", 2)]) == []


def test_of_equal_labels_the_figures_that_stayed_are_set_aside():
    assert pairs([("a", 1), ("a", 2), ("a", 3)], [("a", 1), ("a", 7), ("a", 3)]) == [(2, 7)]
    assert pairs([("a", 1), ("a", 2)], [("a", 1), ("a", 2), ("a", 3)]) == []


def test_regions_are_told_apart():
    assert pairs([("a", 1, "A"), ("a", 2, "B")], [("a", 2, "A"), ("a", 2, "B")]) == [(1, 2)]


def test_under_another_label_the_metric_says_that_it_is_the_same_figure():
    before = [("số thu", 1, "A", "revenue"), ("người", 5, "A", "people")]
    after = [("tổng số thu", 1, "A", "revenue"), ("số người tham gia", 6, "A", "people")]
    assert pairs(before, after) == [(5, 6)]
    assert pairs([("a", 1, "A")], [("b", 2, "A")]) == []


labels = st.lists(st.tuples(st.sampled_from(["thu", "chi"]), st.integers(0, 5)), max_size=6)


@given(labels)
def test_nothing_is_revised_where_nothing_changed_whatever_the_order(rows):
    assert pairs(rows, rows) == []
    assert pairs(rows, rows[::-1]) == []


@given(labels.filter(bool), st.data())
def test_one_changed_value_is_at_most_one_revision_of_that_value(rows, data):
    place = data.draw(st.integers(0, len(rows) - 1))
    label, value = rows[place]
    changed = [*rows[:place], (label, value + 100), *rows[place + 1 :]]
    assert pairs(rows, changed) == [(value, value + 100)]


def test_the_digest_of_figures_ignores_places():
    def row(place, label, value):
        keys = dict.fromkeys(_MEANING)
        return {**keys, "row": place, "metric_label": label, "value": value, "qualifier": None}

    assert figures_digest([row(1, "thu", 5.0)]) == figures_digest([row(2, "thu", 5.0)])
    assert figures_digest([row(1, "thu", 5.0)]) != figures_digest([row(1, "thu", 6.0)])
