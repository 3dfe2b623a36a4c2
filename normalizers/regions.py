"""Regions by name, day and surroundings: the one door for the rest of the program."""

from normalizers.gazetteer import COUNTRY, Gazetteer, gazetteer
from normalizers.region_mentions import Mention, find_regions
from normalizers.region_resolver import Match, children, parent_of, resolve

__all__ = [
    "COUNTRY",
    "Gazetteer",
    "Match",
    "Mention",
    "children",
    "find_regions",
    "gazetteer",
    "parent_of",
    "resolve",
]
