"""What the codes of the dataset are called, for pages that people read."""

from __future__ import annotations


def metric_names() -> dict[str, tuple[str, str]]:
    """Code of a metric to its Vietnamese and English name."""
    from normalizers.metrics import vocabulary  # noqa: PLC0415 (only what writes a page needs it)

    return {code: (m.label_vi, m.label_en) for code, m in vocabulary().metrics.items()}
