"""`python -m compiling`, which `python3 dev.py compile` runs in the project's environment."""

from __future__ import annotations

import sys

from compiling import building


def main() -> None:
    """Build, or say what is missing: the program runs without being compiled."""
    if lack := building.missing():
        sys.exit(
            f"{lack}\nOn Debian or Ubuntu: sudo apt install build-essential python3-dev\n"
            "Solieu runs without being compiled, at about two thirds of the speed."
        )
    made = building.build()
    print(f"\nMade {made.relative_to(building.ROOT)}. Into an environment of its own:")
    print(f"    pip install {made.relative_to(building.ROOT)}")


main()
