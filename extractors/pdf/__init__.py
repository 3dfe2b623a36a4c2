"""PDFs, born digital or scanned: tables and running text."""

from extractors.pdf.document import extract, page_blocks, page_grids

__all__ = ["extract", "page_blocks", "page_grids"]
