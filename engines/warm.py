"""Everything that reading documents needs, imported once and before workers are made of it.

A worker then starts in milliseconds, and all of them share one copy of the word lists.
"""

from __future__ import annotations

import gc
from importlib import import_module

import extractors
import normalizers
from solieu.model import Content, Passage, SourceDocument
from writers.lean import without_pandas

_MODULES = (
    "auditors",
    "engines.contents",
    "engines.outcomes",
    "extractors.pdf",
    "extractors.sheets",
    "extractors.text",
    "extractors.word",
    "normalizers.sentences.reading",
    "normalizers.tables.reading",
    "pipeline",
    "writers.packed",
    "writers.report",
)
_SENTENCE = "Đến 31/5/2024, tỉnh Lâm Đồng có 83.554 người tham gia BHXH, tăng 5,2% so với năm 2023."
_PAGE = f"<h1>Bảng</h1><p>{_SENTENCE}</p><table><tr><td>Xã A</td><td>12</td></tr></table>"


def warm() -> None:
    """Import the readers and let them build what they build at first use."""
    without_pandas()
    for module in _MODULES:
        import_module(module)
    page = SourceDocument("", _PAGE.encode(), "text/html", "")
    normalizers.normalize(extractors.extract(page), page.digest)
    normalizers.normalize(Content((Passage(_SENTENCE, 1),)), "")
    gc.freeze()


warm()
