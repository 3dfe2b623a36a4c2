"""What reading documents needs, imported once and before workers are made of it.

A worker then starts in milliseconds, and all of them share one copy of the word lists. Libraries
for workbooks and Word files are imported by the workers that meet one: all would wait for them.
"""

from __future__ import annotations

import gc
import os
from importlib import import_module

from engines import patterns
from writers.lean import without_pandas

_MODULES = (
    "auditors",
    "engines.contents",
    "engines.outcomes",
    "extractors.pdf",
    "extractors.text",
    "normalizers.sentences.reading",
    "normalizers.tables.reading",
    "pipeline",
    "writers.packed",
    "writers.report",
)
_SENTENCE = "Đến 31/5/2024, tỉnh Lâm Đồng có 83.554 người tham gia BHXH, tăng 5,2% so với năm 2023."
_HEAD = ("TT", "Chỉ tiêu", "Đơn vị tính", "Thực hiện năm 2023", "Kế hoạch 2024 (tỷ đồng)", "Tỷ lệ")
_ROW = ("1", "Xã Đạ K'Nàng", "Tỷ đồng", "1.204,5", "1.310", "108,8%")
_CELLS = "".join(f"<tr><td>{'</td><td>'.join(row)}</td></tr>" for row in (_HEAD, _ROW, _ROW))
_PAGE = f"<h1>Thu ngân sách</h1><p>Đơn vị: tỷ đồng</p><table>{_CELLS}</table><p>{_SENTENCE}</p>"
"""What each worker would build for itself, were it not asked for here."""


_FEWEST_NEW = 50_000
"""New objects from which it is worth to look for garbage: a large table makes a million that stay,
and the usual 700 have them looked through again and again, a tenth of the time."""


def warm() -> None:
    """Import the readers and let them build what they build at first use."""
    gc.disable()  # nothing of this goes away again
    # A worker has one core, and the threads of a library for matrices would only spin.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    patterns.begin()
    without_pandas()
    for module in _MODULES:
        import_module(module)
    _read()
    patterns.keep_new(0)
    gc.freeze()
    gc.set_threshold(_FEWEST_NEW, 20, 20)
    gc.enable()


def _read() -> None:
    import extractors  # noqa: PLC0415 (what is said above must be said before)
    import normalizers  # noqa: PLC0415
    from solieu.model import Content, Passage, SourceDocument  # noqa: PLC0415

    page = SourceDocument("", _PAGE.encode(), "text/html", "")
    normalizers.normalize(extractors.extract(page), page.digest)
    normalizers.normalize(Content((Passage(_SENTENCE, 1),)), "")


warm()
