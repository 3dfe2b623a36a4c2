"""What one document may cost."""

from __future__ import annotations

from dataclasses import dataclass

DEFAULT_SECONDS = 300.0
DEFAULT_MEMORY = 4 * 1024**3


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may cost."""

    seconds: float = DEFAULT_SECONDS
    memory: int = DEFAULT_MEMORY
    """Bytes of address space; 0 for no limit. Enforced on Linux only."""


DEFAULT_LIMITS = Limits()
