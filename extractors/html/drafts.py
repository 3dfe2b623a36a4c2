"""What a walk over a page gathers: stretches of text and tables, each with the boxes around it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from solieu.model import Grid

Kind = Literal["heading", "paragraph", "item", "caption"]


@dataclass(slots=True, eq=False)
class Box:
    """A part of the page that may be furniture; `sure` where its tag or its heading says so."""

    sure: bool
    prose: int = 0


@dataclass(slots=True)
class Draft:
    """A stretch of text as the markup sets it apart."""

    text: str
    kind: Kind
    tag: str
    links: int
    boxes: tuple[Box, ...]
    bold: bool = False
    home: Element | None = None
    """The element that holds this block beside its neighbours."""

    @property
    def link_share(self) -> float:
        return self.links / max(1, len(self.text))


@dataclass(slots=True)
class TableDraft:
    """A table that was read, and the boxes around it."""

    grid: Grid
    boxes: tuple[Box, ...]
    linked: bool = False
    """Most of its text leads to other pages."""
