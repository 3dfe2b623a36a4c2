"""Spreadsheets: .xlsx, .xls, .ods."""

from extractors.sheets.document import extract

__all__ = ["extract"]
