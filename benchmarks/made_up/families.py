"""The families of made-up documents, each document the same for the same seed."""

from __future__ import annotations

import random

from benchmarks.made_up import files, press, releases, tables, texts
from benchmarks.made_up.gold import Document

STYLES = {f"press_{style.__name__}": style for style in press.STATEMENTS}
FAMILIES = (*texts.RENDERERS, *files.WRITERS, "press")
"""What a run covers; `press_<style>` alone has releases of one sentence style."""


def made_up(family: str, count: int, seed: int = 1) -> list[Document]:
    """`count` documents of a family."""
    return [one(family, i, seed) for i in range(count)]


def one(family: str, number: int, seed: int = 1) -> Document:
    rng = random.Random(f"{family} {seed} {number}")
    name = f"{family}_{seed}_{number}"
    if family == "press":
        return releases.press(rng, family, name)
    if family in STYLES:
        return releases.press(rng, family, name, (STYLES[family],))
    if family in texts.RENDERERS:
        return tables.text_document(rng, family, name)
    return tables.file_document(rng, family, name)
