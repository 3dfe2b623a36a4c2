"""Regions by name, day and surroundings: the one door for the rest of the program."""

from normalizers.regions.changes import predecessors, region_rows, successors
from normalizers.regions.gazetteer import COUNTRY, Gazetteer
from normalizers.regions.mentions import Mention, find_regions
from normalizers.regions.resolver import Match, resolve
from normalizers.regions.units import children, parent_of

__all__ = [
    "COUNTRY",
    "Gazetteer",
    "Match",
    "Mention",
    "children",
    "find_regions",
    "parent_of",
    "predecessors",
    "region_rows",
    "resolve",
    "successors",
]
