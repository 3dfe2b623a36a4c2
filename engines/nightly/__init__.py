"""The nightly run: sources to an archive, new bytes to rows, and what changed since yesterday.

`night` is the flow on one page; `fetching`, `reading` and `tables` are its three steps.
"""

from engines.nightly.night import Options, Surroundings, dry_run, manners, run, stem

__all__ = ["Options", "Surroundings", "dry_run", "manners", "run", "stem"]
