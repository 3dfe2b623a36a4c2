"""Portal pages that hold one press release each: the bodies of the tests' lists, set as portals do.

    python benchmarks/speed/press_pages.py FOLDER
    python benchmarks/speed/against.py html FOLDER/*.html

The releases are those adapted from published texts (`tests/data/adapted_releases_*.csv`,
`looked_at_releases_*.csv`): figures, order and nesting are as published, ten figures a page on
average. What stands around is that of `corpus.py`'s pages, 20 to 160 KB of menus, scripts and teasers.
"""

from __future__ import annotations

import random
import re
import sys
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]

import corpus  # noqa: E402

from tests.releases import DATA, Release, published, releases  # noqa: E402


def page(release: Release, chance: random.Random) -> str:
    """The release in the place of a made-up page's article; its own title, date line and text."""
    around, _ = corpus.news(chance, "Nam Định", [], True, (5, 2024))
    whole, own = _UNDATED.sub("", around.decode()), published(release).decode()
    article = own[own.index("<article>") : own.index("</article>")].removeprefix("<article>")
    begin, end = whole.index("<h1>"), whole.index('<aside class="related">')
    if chance.random() < LEAN:
        whole = whole[:end] + whole[whole.index("</aside>", end) :]
    title = own[own.index("<title>") : own.index("</title>")]
    whole = whole[:begin] + article + whole[end:]
    return whole[: whole.index("<title>")] + title + whole[whole.index("</title>") :]


_UNDATED = re.compile(r"<meta property=\"article:published_time\"[^>]*>")
LEAN = 0.4
"""The share of pages without hundreds of teasers."""


def make(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    names = sorted(p.name for p in DATA.glob("*_releases_*.csv"))
    every = [r for name in names if name.startswith(("adapted", "looked")) for r in releases(name)]
    for number, release in enumerate(every):
        text = page(replace(release, format="html"), random.Random(number))
        (folder / f"{number:03}.html").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    make(Path(sys.argv[1]))
