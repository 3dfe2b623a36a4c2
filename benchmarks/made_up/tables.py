"""Whole documents around one table: text of six layouts, HTML, xlsx, docx, PDF."""

from __future__ import annotations

import random

from benchmarks.made_up import around, files, texts
from benchmarks.made_up.gold import Document
from benchmarks.made_up.regional import Made, regional


def wrapped(rng: random.Random, made: Made) -> tuple[list[str], list[str]]:
    """Lines above and below the table."""
    setting, plan = made.setting, made.plan
    insurance = "BH" in plan.subject
    heading = around.title(
        rng, setting, plan, years=any(str(plan.year - 1) in e for h in made.sheet.heads for e in h)
    )
    top: list[str] = []
    official = rng.random() < 0.6
    if official:
        top += around.issuer(rng, setting, insurance=insurance) + around.number_line(rng)
        if rng.random() < 0.6:
            top.append(around.place_and_day(setting.region, setting.day))
    else:
        top += around.portal_top(rng, setting)
    top += heading
    top += around.intro(rng, setting.day.year)
    caption = around.caption(rng, plan.caption_unit)
    if caption:
        made.sheet.caption = caption
        top.append(caption)
    bottom = around.closing(rng)
    if not official:
        bottom += around.portal_bottom(rng, setting.day.year)
    return top, bottom


def text_document(rng: random.Random, family: str, name: str) -> Document:
    plain = family in {"per_line", "glued"}
    made = regional(
        rng,
        most=16 if plain else 26,
        spaces=family not in {"aligned", "glued"},
        plain=plain,
        glued=family == "glued",
    )
    if family == "per_line" and made.sheet.depth > 1:
        return text_document(rng, family, name)
    top, bottom = wrapped(rng, made)
    blank = "\n\n" if rng.random() < 0.5 else "\n"
    table = texts.RENDERERS[family](made.sheet, rng)
    content = "\n\n".join([blank.join(top), table, blank.join(bottom)])
    return Document(
        f"{name}.txt", family, content.encode(), tuple(made.ledger.facts), tuple(made.ledger.plants)
    )


def file_document(rng: random.Random, family: str, name: str) -> Document:
    made = regional(rng, most=40)
    top, bottom = wrapped(rng, made)
    suffix, write = files.WRITERS[family]
    content = write(rng, made.sheet, top, bottom)
    return Document(
        f"{name}.{suffix}", family, content, tuple(made.ledger.facts), tuple(made.ledger.plants)
    )
