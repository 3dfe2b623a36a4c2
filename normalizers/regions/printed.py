"""The names of territories as patterns: in any case, tone, spacing and spelling that is printed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from normalizers.regions.labels import either_tone


@lru_cache(maxsize=8192)
def printed_as(name: str) -> tuple[str, ...]:
    """Patterns for a capitalised name, and the same in capitals, in any spacing of its dashes."""
    syllables = [s for s in re.split(r"\s*[-–—]\s*|\s+", name) if s]
    written = [syllables, _run_together(syllables)]
    shapes = (_joined(one) for w in written for one in (w, [s.upper() for s in w]))
    return tuple(dict.fromkeys(shapes))


def _joined(syllables: list[str]) -> str:
    return r"(?:\s*[-–—]\s*|\s+)".join(map(_written, syllables))


def _run_together(syllables: list[str]) -> list[str]:
    """A letter alone stands at the head of the next syllable too: "Krông A Na", "Krông Ana"."""
    lone = next((at for at, s in enumerate(syllables[:-1]) if len(s) == 1 and s.isalpha()), None)
    if lone is None:
        return syllables
    one = syllables[lone] + syllables[lone + 1].lower()
    return [*syllables[:lone], one, *syllables[lone + 2 :]]


_DAK = re.compile(r"(?i:đắk|đăk)\Z")
_APOSTROPHE = re.compile(r"(?:\\?['’])(\w)")


def _written(syllable: str) -> str:
    """A syllable as it is printed: "Đắk", "Đăk", "Dak"; "R'Lấp", "R’lấp"."""
    if _DAK.match(syllable):
        return "(?:ĐẮK|ĐĂK|DAK)" if syllable.isupper() else "(?:Đ[ắăa]k|D[ăa]k|Đắc)"
    shape = either_tone(syllable)
    return _APOSTROPHE.sub(lambda hit: f"['’‘](?i:{hit.group(1)})", shape)


def any_choice(patterns: Iterable[str]) -> str:
    """Any of them, the longest first; those that begin alike are looked at together."""
    begun: dict[str, list[str]] = {}
    for pattern in sorted(dict.fromkeys(patterns), key=len, reverse=True):
        letter = pattern[0] if pattern[0].isalpha() else ""
        begun.setdefault(letter, []).append(pattern[len(letter) :])
    return "|".join(f"{letter}(?:{'|'.join(rest)})" for letter, rest in begun.items())
