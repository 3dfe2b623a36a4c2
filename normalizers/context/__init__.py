"""What the whole document says about each of its figures: territory, time, scenario, separators."""

from normalizers.context.dates import UNDATED
from normalizers.context.document import DocumentContext, document_context
from normalizers.context.named import named_territory
from normalizers.context.separators import priors

__all__ = [
    "UNDATED",
    "DocumentContext",
    "document_context",
    "named_territory",
    "priors",
]
