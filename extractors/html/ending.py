"""Whether a page came whole: what broke off on its way ends anywhere, in a table or in a figure."""

from __future__ import annotations

import re

from solieu.model import Notice

_TAIL = 2048
"""Letters in which a page's end stands, but for what its server adds behind it."""
_CLOSED = re.compile(r"</(?:html|body)\b", re.IGNORECASE)
_OPENED = re.compile(r"<(?:html|body)\b", re.IGNORECASE)
_TABLE = re.compile(r"<(/?)table\b", re.IGNORECASE)
_LOST = "\ufffd"


def is_cut(text: str) -> bool:
    """A page that was begun and not ended, and breaks off inside a table, a tag or a text.

    HTML lets authors leave out the end of a page, but never that of a table.
    """
    if _CLOSED.search(text, max(0, len(text) - _TAIL)) or _CLOSED.search(text):
        return False
    ends = [m[1] for m in _TABLE.finditer(text)]
    if ends.count("") > ends.count("/"):
        return True
    return not text.rstrip().endswith(">") and _OPENED.search(text) is not None


def with_loss_shown(text: str) -> str:
    """The cut page with a mark where it breaks off in a text: its last figure may go on."""
    return text if text.rfind("<") > text.rfind(">") else text.rstrip() + _LOST


def cut_notice() -> Notice:
    """Said of a page that did not come whole."""
    return Notice(
        "cut_short",
        "Trang bị cắt cụt: phần cuối không có trong tệp nên không đọc được. Hãy tải lại trang.",
        "The page is cut short: its end is missing from the file and was not read. Fetch it again.",
    )
