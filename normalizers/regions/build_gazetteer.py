"""Packs a table of administrative units into the file that `normalizers.regions.gazetteer` loads.

    python -m normalizers.regions.build_gazetteer units.csv changes_20250701.csv

`units.csv` has code, name, type, level, parent_code, valid_from, valid_to, src, successor_codes;
rows with src=D come from a source without a licence and are left out (normalizers/data/SOURCES.md).
"""

from __future__ import annotations

import csv
import gzip
import sys
from pathlib import Path

from normalizers.regions.gazetteer import PACKED, TYPES, loose

Row = dict[str, str]


def rows_of(path: Path) -> list[Row]:
    """The rows of a CSV file with a header."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def order(row: Row) -> tuple[str, str, str, str]:
    """Children of one parent stand together, provinces first."""
    return (row["parent_code"], row["level"], row["code"], row["valid_from"])


def unit_line(row: Row) -> str:
    """A unit as `normalizers.regions.gazetteer` reads it back."""
    fields = (
        row["level"],
        row["code"],
        row["name"],
        str(TYPES.index(row["type"])),
        row["parent_code"],
        row["valid_from"],
        row["valid_to"],
        row["successor_codes"],
    )
    return "\t".join(fields)


def name_index(rows: list[Row]) -> list[str]:
    """Name keys with the numbers of the rows that bear them."""
    index: dict[str, list[str]] = {}
    for number, row in enumerate(rows):
        index.setdefault(loose(row["name"]), []).append(str(number))
    return [f"{key}\t{' '.join(numbers)}" for key, numbers in sorted(index.items())]


def parent_bounds(rows: list[Row]) -> list[str]:
    """Parent codes with the first row below them and the row after the last."""
    bounds: dict[str, tuple[int, int]] = {}
    for number, row in enumerate(rows):
        first, _ = bounds.get(row["parent_code"], (number, number))
        bounds[row["parent_code"]] = (first, number + 1)
    return [f"{code}\t{first} {last}" for code, (first, last) in bounds.items()]


def pack(units: list[Row], changes: list[Row]) -> bytes:
    """The same bytes for the same rows: no clock goes in."""
    rows = sorted((row for row in units if row["src"] != "D"), key=order)
    moved = [f"{c['level']}\t{c['old_code']}\t{c['new_code']}\t{c['extent'][0]}" for c in changes]
    sections = ([unit_line(row) for row in rows], name_index(rows), parent_bounds(rows), moved)
    text = "\f".join("\n".join(lines) for lines in sections)
    return gzip.compress(text.encode("utf-8"), compresslevel=9, mtime=0)


def main(arguments: list[str]) -> int:
    """Writes the packed file; 2 for a wrong call."""
    if len(arguments) != 2:
        sys.stderr.write(f"{__doc__}\n")
        return 2
    units, changes = (rows_of(Path(path)) for path in arguments)
    PACKED.write_bytes(pack(units, changes))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
