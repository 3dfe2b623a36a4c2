"""How surely and how fast a published name finds its unit.

    python benchmarks/regions.py [--errors 1]

Round trip: every unit at seven dates, by its official name inside its parent, and by its bare name.
Typing errors: one to three random edits (70 % of them a wrong mark), inside the parent, once with
the type word and once bare with the level known, as in a list of districts.
Speed: a first look-up and a repeated one, and the time to load the packed gazetteer.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
import unicodedata
from collections import Counter
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from normalizers.regions.gazetteer import LEVELS, Unit, gazetteer
from normalizers.regions.resolver import _resolve, resolve
from normalizers.regions.units import region_of
from solieu.model import Region
from solieu.text import fold

DATES = [
    date(2017, 9, 1),
    date(2018, 7, 31),
    date(2020, 6, 30),
    date(2023, 4, 23),
    date(2025, 3, 15),
    date(2025, 7, 1),
    date(2026, 7, 1),
]
MARKED = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵdđ"
FAMILIES: dict[str, str] = {}
for letter in MARKED:
    FAMILIES.setdefault(fold(letter), "")
    FAMILIES[fold(letter)] += letter


def standing(on: date) -> list[Unit]:
    return [u for u in gazetteer() if u.stands(on)]


def parent_region(unit: Unit, on: date) -> Region | None:
    above = gazetteer().parent(unit, on)
    return region_of(above, on) if above else None


def wrong_mark(name: str, rng: random.Random) -> str:
    spots = [i for i, c in enumerate(name) if fold(c) in FAMILIES]
    if not spots:
        return wrong_letter(name, rng)
    at = rng.choice(spots)
    choice = rng.choice([c for c in FAMILIES[fold(name[at])] if c != name[at].lower()])
    return name[:at] + (choice.upper() if name[at].isupper() else choice) + name[at + 1 :]


def wrong_letter(name: str, rng: random.Random) -> str:
    spots = [i for i, c in enumerate(name) if c.isalpha()]
    if not spots:
        return name
    at = rng.choice(spots)
    kind = rng.randrange(3)
    letter = rng.choice("abcdeghiklmnopqrstuvxy")
    if kind == 0:
        return name[:at] + letter + name[at + 1 :]
    if kind == 1:
        return name[:at] + name[at + 1 :]
    return name[:at] + letter + name[at:]


def misspelt(name: str, errors: int, rng: random.Random) -> str:
    name = unicodedata.normalize("NFC", name)
    for _ in range(errors):
        name = (wrong_mark if rng.random() < 0.7 else wrong_letter)(name, rng)
    return name


def outcome(
    unit: Unit, on: date, printed: str, within: Region | None, *, level: bool = False
) -> str:
    match = resolve(printed, on, within, LEVELS[unit.level] if level else None)
    if match.status != "one":
        return "refused"
    right = region_of(unit, on)
    return "right" if match.region == right else "wrong"


def round_trips() -> None:
    print("date         units   typed right/wrong/refused      bare right/wrong/refused")
    for on in DATES:
        units = standing(on)
        rows = []
        for bare in (False, True):
            tally = Counter(
                outcome(u, on, u.name if bare else u.title, parent_region(u, on)) for u in units
            )
            rows.append(f"{tally['right']:6d} {tally['wrong']:4d} {tally['refused']:4d}")
        print(f"{on}  {len(units):6d}          {rows[0]}               {rows[1]}")


def typing_errors(errors: int, on: date, seed: int = 7) -> None:
    rng = random.Random(seed)
    for level in (2, 3):
        tally: Counter[str] = Counter()
        for unit in standing(on):
            if unit.level != level:
                continue
            for typed in (False, True):
                name = misspelt(unit.name, errors, rng)
                if name == unit.name:
                    continue
                printed = f"{unit.type} {name}" if typed else name
                tally[outcome(unit, on, printed, parent_region(unit, on), level=not typed)] += 1
        total = tally.total()
        if total:
            shares = "  ".join(
                f"{k} {100 * tally[k] / total:.2f} %" for k in ("right", "wrong", "refused")
            )
            print(f"{errors} error(s), level {level}, {on}: {total} names  {shares}")


def speed() -> None:
    gazetteer.cache_clear()
    start = time.perf_counter()
    gazetteer()
    print(f"load {1000 * (time.perf_counter() - start):.1f} ms")
    on = date(2023, 4, 23)
    units = random.Random(1).sample(standing(on), 3000)
    jobs = [(u.title, parent_region(u, on)) for u in units]
    for label in ("first", "again"):
        start = time.perf_counter()
        for name, within in jobs:
            resolve(name, on, within)
        print(f"{label} look-up {1e6 * (time.perf_counter() - start) / len(jobs):.1f} µs")
    _resolve.cache_clear()
    start = time.perf_counter()
    for name, within in jobs:
        resolve(name, on, within)
    print(
        f"look-up without the result cache {1e6 * (time.perf_counter() - start) / len(jobs):.1f} µs"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--errors", type=int, default=3)
    options = parser.parse_args()
    speed()
    round_trips()
    for errors in range(1, options.errors + 1):
        for on in (date(2023, 4, 23), date(2025, 12, 6)):
            typing_errors(errors, on)


if __name__ == "__main__":
    main()
