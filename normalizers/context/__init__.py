"""What the whole document says about each of its figures: territory, time, scenario, separators."""

from normalizers.context.dates import UNDATED
from normalizers.context.document import DocumentContext, document_context
from normalizers.context.named import named_territory
from normalizers.context.separators import comma_prior, dot_prior

__all__ = [
    "UNDATED",
    "DocumentContext",
    "comma_prior",
    "document_context",
    "dot_prior",
    "named_territory",
]
