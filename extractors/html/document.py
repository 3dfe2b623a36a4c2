"""Pages of portals: the article and its tables in reading order, furniture marked as such.

Beautiful Soup on lxml is the reference for what a page's tree is; lxml builds it directly here
because that takes a tenth of the time (see `html_tree`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors import limits
from extractors.charset import declared_charset, decode, legacy_notice
from extractors.continued import with_parts_joined
from extractors.cues import is_cue
from extractors.html.drafts import Box, Draft, TableDraft
from extractors.html.ending import cut_notice, is_cut, with_loss_shown
from extractors.html.head import page_title, published_on
from extractors.html.tree import parse
from extractors.html.walk import PROSE, Walk
from extractors.surroundings import Block, finish, is_capital_heading
from solieu.legacy import decode_legacy, from_tcvn3, from_vni
from solieu.model import Content, Grid, Notice, Passage, PassageKind, SourceDocument, make_passage
from solieu.quick import replace

_MOST_OF_PAGE = 0.4  # a box with more of the page's writing is no furniture, whatever it is called
_LINKED = 0.7
_SMALL_TABLE = 12  # figures; a table above it is data even in a box with a doubtful name
_BULLET = re.compile(r"[-–—+•*·▪●]\s*(?=\S)(?!\d)")
_SAMPLE_TEXTS = 1500


def extract(document: SourceDocument) -> Content:
    """Blocks of a page in reading order; a page without figures is no error."""
    limits.check_size(document.content)
    decoded = decode(document.content, declared_charset(document.content))
    cut = is_cut(decoded.text)
    root = parse(with_loss_shown(decoded.text) if cut else decoded.text)
    drafts = Walk(root).run()
    furniture = _furniture(drafts)
    headings = _headings(drafts, furniture)
    metas = list(root.iter("meta"))  # all of the page is passed through for them
    title = page_title(root, metas, headings)
    blocks = _blocks(drafts, furniture, title)
    published = published_on(root, metas, decoded.text, _dated_lines(blocks), title)
    blocks, title, notice = _modern(blocks, title)
    return Content(
        blocks=finish(with_parts_joined(blocks)),
        title=title,
        published_on=published,
        reader="lxml",
        notices=(*decoded.notices, *notice, *([cut_notice()] if cut else [])),
    )


def _dated_lines(blocks: Sequence[Block]) -> list[str]:
    """Lines that may date the page: a site's clock before the title, but no teaser after it."""
    passages = [b for b in blocks if isinstance(b, Passage)]
    at = next((i for i, p in enumerate(passages) if p.kind == "title"), 0)
    return [p.text for i, p in enumerate(passages) if i <= at or p.kind != "boilerplate"]


Drafts = Sequence[Draft | TableDraft]


def _furniture(drafts: Drafts) -> list[bool]:
    """For each draft whether it is menu, sidebar, teaser or footer."""
    prose = [d for d in drafts if isinstance(d, Draft) and len(d.text) >= PROSE]
    total = sum([len(d.text) for d in prose if _is_prose(d)])
    most = _MOST_OF_PAGE * total
    found = [_in_furniture(d, most) for d in drafts]
    _mark_tail(drafts, found)
    if total:
        _mark_widgets(drafts, found)
    return found


def _mark_widgets(drafts: Drafts, found: list[bool]) -> None:
    """A small table right below "Giá vàng" or "Thời tiết": the page's writing is elsewhere."""
    below = False
    for i, draft in enumerate(drafts):
        if isinstance(draft, Draft):
            below = is_cue("widget", draft.text) and draft.tag != "h1"
        found[i] = found[i] or (below and (isinstance(draft, Draft) or _is_small(draft.grid)))


def _is_prose(draft: Draft) -> bool:
    return len(draft.text) >= PROSE and draft.link_share < 0.5


def _in_furniture(draft: Draft | TableDraft, most: float) -> bool:
    """`most` is the writing that a box of furniture may hold."""
    if isinstance(draft, TableDraft):
        return _small_in(draft.grid, [box for box in draft.boxes if box.prose <= most])
    for box in draft.boxes:
        if box.prose <= most:
            return True
    if is_cue("noise", draft.text):
        return True
    linked = draft.links and draft.link_share >= _LINKED
    return bool(linked) and draft.kind != "heading" and len(draft.text) < 300


def _small_in(grid: Grid, boxes: Sequence[Box]) -> bool:
    return bool(boxes) and (_is_small(grid) or any(box.sure for box in boxes))


def _is_small(grid: Grid) -> bool:
    return sum(1 for c in grid.cells if any(map(str.isdigit, c.text))) < _SMALL_TABLE


def _mark_tail(drafts: Drafts, found: list[bool]) -> None:
    """After the article, "Tin liên quan" and the like end it: what follows are teasers.

    Before the article they end nothing. Where the heading stands in a box of its own inside the
    article, writing beside the article's earlier paragraphs belongs to the article again; a small
    table behind it, where the article has had its own, is the price of gold or the weather.
    """
    homes: set[object] = set()
    ended = boxed = behind = tabled = False
    for i, draft in enumerate(drafts):
        if isinstance(draft, TableDraft):
            found[i] = found[i] or (behind and tabled and _is_small(draft.grid))
            tabled = tabled or not (ended or found[i])
            ended = ended and (found[i] or draft.linked)
        elif len(draft.text) < PROSE and is_cue("end", draft.text):
            behind = behind or bool(homes)
            if homes and not ended and not found[i]:
                ended, boxed = True, draft.home not in homes
            found[i] = True
        elif not found[i] and len(draft.text) >= PROSE and _is_prose(draft):
            ended = ended and not (boxed and draft.home in homes)
            behind = behind and draft.home not in homes
            if not ended:
                homes.add(draft.home)
        found[i] = found[i] or ended


def _headings(drafts: Drafts, furniture: Sequence[bool]) -> list[str]:
    """Texts of h1, then h2 and h3, that may be the title."""
    headings = [
        d
        for d, skipped in zip(drafts, furniture, strict=True)
        if isinstance(d, Draft) and d.kind == "heading" and not skipped
    ]
    return [d.text for tag in ("h1", "h2", "h3") for d in headings if d.tag == tag]


def _blocks(drafts: Drafts, furniture: Sequence[bool], title: str | None) -> list[Block]:
    found: list[Block] = []
    titled = False
    grids = 0
    for draft, skipped in zip(drafts, furniture, strict=True):
        if isinstance(draft, TableDraft):
            found += _rows_as_text(draft.grid) if skipped else [draft.grid]
            grids += not skipped
            continue
        is_title = not titled and title is not None and draft.text == title
        titled = titled or is_title
        kind = _kind(draft, skipped=skipped, title=is_title)
        number = len(found) + 1 - grids  # most keep it
        found.append(make_passage(draft.text, number, kind))
    return found


def _kind(draft: Draft, *, skipped: bool, title: bool) -> PassageKind:
    if title:
        return "title"
    if skipped:
        return "boilerplate"
    short_bold = draft.bold and draft.kind == "paragraph" and len(draft.text) <= 150
    if short_bold and not draft.text.endswith((".", ";", ",")) and not is_cue("unit", draft.text):
        return "heading"
    if draft.kind == "paragraph" and len(draft.text) <= 150 and is_capital_heading(draft.text):
        return "heading"
    return "item" if draft.kind == "paragraph" and _BULLET.match(draft.text) else draft.kind


def _rows_as_text(grid: Grid) -> list[Block]:
    """A counter or calendar in a sidebar: kept, never read as a table."""
    return [
        Passage(" | ".join(c.text.replace("\n", " ") for c in cells if c.text), 0, "boilerplate")
        for cells in grid.by_row().values()
        if any(c.text for c in cells)
    ]


def _modern(
    blocks: Sequence[Block], title: str | None
) -> tuple[list[Block], str | None, tuple[Notice, ...]]:
    """Text of TCVN3 or VNI fonts into Unicode, decided once for the whole page."""
    _, encoding = decode_legacy(" ".join(_texts(blocks)[:_SAMPLE_TEXTS]))
    if encoding is None:
        return list(blocks), title, ()
    read = from_tcvn3 if encoding == "TCVN3" else from_vni
    modern: list[Block] = []
    for block in blocks:
        if isinstance(block, Passage):
            modern.append(replace(block, text=read(block.text)))
        else:
            cells = tuple(replace(c, text=read(c.text)) for c in block.cells)
            modern.append(replace(block, cells=cells, title=read(block.title or "") or None))
    return modern, read(title) if title else None, legacy_notice(encoding)


def _texts(blocks: Sequence[Block]) -> list[str]:
    found: list[str] = []
    for block in blocks:
        if isinstance(block, Passage):
            found.append(block.text)
        else:
            found += [c.text for c in block.cells]
    return found
