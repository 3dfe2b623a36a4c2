"""A portal of a few hosts, and nights over it that are killed at random moments."""

import hashlib
import json
import random
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path

from tests.portal import NIGHT, Portal, config_text, html

DRIVER = Path(__file__).parent / "killed_night.py"
HOSTS = [f"so{n}.test" for n in range(4)]
DAYS = (0, 1, 2)
"""The first night, an eventful and a quiet one."""


def fill(portal, day, pages):
    """Some pages on each host; on the second day some change, one vanishes, one is new.

    The third day is like the second.
    """
    day = min(day, 1)
    portal.pages.clear()
    for host in HOSTS:
        numbers = range(pages + day)
        links = "".join(f'<a class="t" href="/tin/{n}">Tin</a>' for n in numbers)
        portal.pages[host, "/tin"] = html("Tin", links)
        for n in numbers:
            value = f"{n + 1}.{100 + day * (n % 3 == 0)}"
            lines = "".join(f"<p>Số {k}: {value} người</p>" for k in range(20))
            portal.pages[host, f"/tin/{n}"] = html("Tin", f"{lines}<i>{host} {day * (n % 2)}</i>")
    if day:
        del portal.pages[HOSTS[0], "/tin/1"]


class Driver:
    """The process that runs nights and kills them."""

    def __init__(self):
        self._process = subprocess.Popen(
            [sys.executable, str(DRIVER)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def night(self, config, output, day, after=None):
        asked = {"config": str(config), "output": str(output), "day": day, "after": after}
        self._process.stdin.write(json.dumps(asked) + "\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())

    def close(self):
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()


@contextmanager
def driver():
    running = Driver()
    try:
        yield running
    finally:
        running.close()


def is_over(output, day):
    """Whether the run of that night has ended: starting again would be another run."""
    if not (output / "state.sqlite").exists():
        return False
    with closing(sqlite3.connect(output / "state.sqlite")) as db:
        try:
            run = (NIGHT + timedelta(days=day)).isoformat()
            found = db.execute("SELECT state FROM runs WHERE run = ?", (run,)).fetchone()
        except sqlite3.OperationalError:
            return False
    return found == ("written",)


def bytes_of(output):
    """Digests of everything that a user reads: tables, package, report, archive."""
    found = {}
    for path in sorted(output.rglob("*")):
        name = path.relative_to(output).as_posix()
        kept = path.suffix == ".parquet" or name.startswith(("report/", "archive/", "datapackage"))
        if path.is_file() and kept and path.name != "versions.jsonl":
            found[name] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found


def kill_often(folder, kills, *, pages=6, seed=20240501):
    """Nights killed `kills` times in all; nights that were let end, each with the expected bytes.

    Gives the number of nights, and how long an undisturbed one takes. Raises AssertionError where
    the bytes of any of them differ from the undisturbed night's.
    """
    chance = random.Random(seed)
    with Portal() as portal, driver() as running:
        sources = [(h, portal.url("/tin", h), 'kind = "listing"\nfollow = "a.t"') for h in HOSTS]
        config = folder / "sources.toml"
        config.write_text(config_text(portal, *sources, delay=0.01), encoding="utf-8")
        calm, expected, takes = [folder / f"calm{day}" for day in DAYS], [], []
        for day in DAYS:
            fill(portal, day, pages)
            if day:
                shutil.copytree(calm[day - 1], calm[day])
            how, seconds = running.night(config, calm[day], day)
            assert how == 0
            takes.append(seconds)
            expected.append(bytes_of(calm[day]))
        cut = nights = 0
        while cut < kills:
            day = DAYS[nights % len(DAYS)]
            fill(portal, day, pages)
            wild = folder / f"wild{nights}"
            if day:
                shutil.copytree(calm[day - 1], wild)
            most = min(kills, cut + max(1, kills // 3))  # some for another night
            begun = False
            while not is_over(wild, day):
                after = chance.uniform(0, takes[day]) if cut < most else None
                how, _ = running.night(config, wild, day, after)
                assert how in (0, "killed")
                cut += how == "killed" and not is_over(wild, day)
                if how == 0 and not begun:  # a machine that was busy before is free now
                    takes[day] = min(takes[day], seconds)
                begun = True
            found = bytes_of(wild)
            assert found == expected[day], sorted(set(found.items()) ^ set(expected[day].items()))
            shutil.rmtree(wild)
            nights += 1
        return nights, takes
