"""Pages whose text lies on its side are turned upright before tables are looked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

from extractors.pdf.objects import PageObjects, Rule, Word, merge_rules
from solieu.model import Box

_MOST = 0.6
"""The part of a page's words that must be turned for the page to be turned."""


def upright(page: PageObjects) -> PageObjects:
    """The page with most of its words upright; `rotated` says by how much its text was turned."""
    turned = Counter([w.angle for w in page.words if w.angle])
    if not turned:
        return page
    angle, count = turned.most_common(1)[0]
    if count < _MOST * len(page.words):
        return page
    turn = _turner(angle, page.width, page.height)
    words = [_turned_word(w, angle, turn) for w in page.words]
    sides = angle in (90, 270)
    lines = [turn((r.start, r.at, r.end, r.at)) for r in page.across]
    lines += [turn((r.at, r.start, r.at, r.end)) for r in page.down]
    return replace(
        page,
        width=page.height if sides else page.width,
        height=page.width if sides else page.height,
        words=words,
        across=merge_rules(Rule(b[1], b[0], b[2]) for b in lines if b[2] - b[0] > b[3] - b[1]),
        down=merge_rules(Rule(b[0], b[1], b[3]) for b in lines if b[2] - b[0] <= b[3] - b[1]),
        fills=[turn(b) for b in page.fills],
        drawn=[turn(b) for b in page.drawn],
        images=[turn(b) for b in page.images],
        rotated=angle,
    )


def on_shown_page(box: Box | None, page: PageObjects) -> Box | None:
    """A box on the page as it is shown, from one on the page that tables were looked for in."""
    if box is None:
        return None
    if page.rotated:
        # turning on by the rest of a full circle undoes the turn
        box = _turner((360 - page.rotated) % 360, page.width, page.height)(box)
    x0, top, x1, bottom = (round(v / page.scale, 2) for v in box)
    return (x0, top, x1, bottom)


def _turner(angle: int, width: float, height: float) -> Callable[[Box], Box]:
    """How boxes move when letters that stand turned by the angle are set upright."""

    def turn(box: Box) -> Box:
        x0, top, x1, bottom = box
        if angle == 90:
            return (top, width - x1, bottom, width - x0)
        if angle == 180:
            return (width - x1, height - bottom, width - x0, height - top)
        return (height - bottom, x0, height - top, x1)

    return turn


def _turned_word(word: Word, angle: int, turn: Callable[[Box], Box]) -> Word:
    x0, top, x1, bottom = turn((word.x0, word.top, word.x1, word.bottom))
    return word._replace(x0=x0, top=top, x1=x1, bottom=bottom, angle=(word.angle - angle) % 360)
