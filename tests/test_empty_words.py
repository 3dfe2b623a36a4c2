"""Words that name no subject: none of them may be of a thing that is measured."""

from itertools import pairwise

import pytest

from normalizers.facts import rows
from normalizers.sentences.naming.words import EMPTY_ROLES, says
from normalizers.spelling import canonical, words

OF_ANYTHING = {
    *("số tiền", "số xã", "số đơn", "đơn vị", "địa phương"),
    *("tỷ lệ", "bình quân", "thực hiện", "so sánh", "so với", "trong đó"),
}
"""Pairs of words in the names of metrics that any figure may be told with, whatever it counts."""


def things_measured():
    labels = (label for row in rows("metrics.csv") for label in row["labels"].split("|"))
    return {" ".join(pair) for label in labels for pair in pairwise(canonical(label).split())}


def measured_in(phrase):
    pairs = {" ".join(pair) for pair in pairwise(canonical(phrase).split())}
    return pairs & things_measured() - OF_ANYTHING


@pytest.mark.parametrize("role", EMPTY_ROLES)
def test_no_empty_word_names_what_is_measured(role):
    assert {phrase: named for phrase in words(role) if (named := measured_in(phrase))} == {}


@pytest.mark.parametrize(
    "phrase", ["ngân sách này", "một số doanh nghiệp", "số hộ nghèo này", "các dự án đầu tư"]
)
def test_a_pronoun_with_its_thing_would_be_seen(phrase):
    assert measured_in(phrase)


@pytest.mark.parametrize("role", ["goods", "livestock"])
def test_goods_are_never_empty(role):
    assert [phrase for phrase in words(role) if not says(phrase)] == []


def test_every_metric_keeps_words_of_its_own():
    silent = {row["code"] for row in rows("metrics.csv") if not says(canonical(row["label_vi"]))}
    assert silent == {"military_recruitment_target"}  # "giao quân", which the naming knows whole
