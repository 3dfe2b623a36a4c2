"""pdfium's C functions with plain pointers: half the time per call of typed structures."""

from __future__ import annotations

import ctypes
from typing import Any


def direct(function: Any, result: Any, *arguments: Any) -> Any:
    """The same function of the library, called with addresses as integers."""
    address = ctypes.cast(function, ctypes.c_void_p).value
    assert address is not None
    return ctypes.CFUNCTYPE(result, *arguments)(address)
