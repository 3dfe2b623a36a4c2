"""Regions by name, day and surroundings: the one door for the rest of the program."""

from normalizers.gazetteer import COUNTRY, Gazetteer, gazetteer
from normalizers.region_changes import predecessors, region_rows, successors
from normalizers.region_mentions import Mention, find_regions
from normalizers.region_resolver import Match, resolve, resolve_column
from normalizers.region_units import children, parent_of

__all__ = [
    "COUNTRY",
    "Gazetteer",
    "Match",
    "Mention",
    "children",
    "find_regions",
    "gazetteer",
    "parent_of",
    "predecessors",
    "region_rows",
    "resolve",
    "resolve_column",
    "successors",
]
