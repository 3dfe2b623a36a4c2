"""pdfium's C functions called with values that need no conversion: a third of the time per call.

Declared argument types make ctypes convert every argument of every call. Without them a number goes
as a C int and an instance of a C type as it is, so addresses must come as `POINTER` or `byref`.
Python's lock is held meanwhile: to give it up takes longer than any of these calls.
"""

from __future__ import annotations

import ctypes
from typing import Any


class Pointer(ctypes.c_void_p):
    """An address; a result of this type can be handed on as it is."""


def direct(function: Any, result: Any) -> Any:
    """The same function of the library without declared arguments."""
    address = ctypes.cast(function, ctypes.c_void_p).value
    assert address is not None
    return ctypes.PYFUNCTYPE(result)(address)
