"""How much of a PDF is read before its reader gives up, so that no file can hold up a run."""

PDF_PAGES = 5_000
"""Pages after this one are left, with a notice."""

PDF_PAGE_CHARACTERS = 200_000
PDF_PAGE_OBJECTS = 100_000
"""Drawing objects and path segments of one page."""

PDF_PAGE_RULES = 4_000
"""Rules of one page; a page with more is a map or a chart."""

PDF_FORM_DEPTH = 8
"""Forms drawn inside forms."""

SCAN_WORKERS = 4
SCAN_SECONDS = 120
"""For one page in Tesseract."""

SCAN_PAGES = 300
"""Scanned pages after this many are left, with a notice; each takes seconds."""

PDF_FORM_DRAWINGS = 100_000
"""Drawings that one form may unfold to."""

PDF_FORMS = 5_000
"""Forms of one file that are looked at before it is opened."""
