"""How much of one document is read before it is refused: all numbers of this kind in one place.

They are far above what authorities publish (a national yearbook has about 1,000 pages) and low
enough that a hostile file costs seconds and not the machine.
"""

from __future__ import annotations

from typing import NoReturn

from solieu.errors import LimitExceeded

MAX_TEXT_BYTES = 64 * 1024 * 1024
"""A page, text or CSV above this is refused."""
MAX_DEPTH = 2_000
"""Elements inside one another; what lies deeper is read as text of the last level."""
MAX_TABLE_CELLS = 1_000_000
"""Cells of one table, spans counted once."""
MAX_ROW_CELLS = 16_384
"""Cells of one row, which is what a spreadsheet has; more are cells that were never closed."""
MAX_TABLE_COLUMNS = 2_000
"""Grid columns of one table; column spans that would go beyond count as one."""
MAX_BLOCKS = 500_000
"""Passages and tables of one document."""


def too_large(what_en: str, what_vi: str, found: int, limit: int) -> NoReturn:
    """Refuse a document, with the two sizes and what helps."""
    raise LimitExceeded(
        f"{what_en}: {found:,} is above the limit of {limit:,}; split the file and read the parts",
        f"{what_vi}: {found:,} vượt giới hạn {limit:,}; hãy chia nhỏ tệp rồi đọc từng phần",
    )


def check_size(content: bytes) -> None:
    """Refuse text that is too large to hold as a tree."""
    if len(content) > MAX_TEXT_BYTES:
        too_large("Size in bytes", "Dung lượng (byte)", len(content), MAX_TEXT_BYTES)
