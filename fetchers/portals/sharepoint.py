r"""SharePoint lists: the link to the next page is an argument of a script, slashes as \u002f."""

from __future__ import annotations

import re
from collections.abc import Mapping

_PAGING = re.compile(r"""(?:RefreshPageTo\s*\(\s*event\s*,|EnterFolder\s*\()\s*["']([^"']+)["']""")
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")


def address(attributes: Mapping[str, str]) -> str | None:
    r"""The address that a paging link carries in its script.

    >>> address({"href": "javascript:", "onclick": r"RefreshPageTo(event, '\u002fTin?Paged=TRUE')"})
    '/Tin?Paged=TRUE'
    """
    for name in ("onclick", "href"):
        if found := _PAGING.search(attributes.get(name, "")):
            return _ESCAPE.sub(lambda m: chr(int(m[1], 16)), found[1]).replace("&amp;", "&")
    return None
