"""PDFs: tables and running text in reading order, whatever way the tables are drawn.

Dates in a PDF's properties say when the file was made, not when the figures were published, so
they are not taken over.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractors.pdf import limits, scan, tesseract
from extractors.pdf.beside import rows_of_tables
from extractors.pdf.fonts import FontDecoder, unmapped_notice
from extractors.pdf.joins import joined
from extractors.pdf.objects import PageObjects, PageReader
from extractors.pdf.pdfium import PdfiumReader, damaged
from extractors.pdf.prose import (
    passages,
    published_on,
    title_of,
    without_running_heads,
)
from extractors.pdf.tables import page_tables
from extractors.pdf.turn import on_shown_page, upright
from extractors.pdf.usable import page_kind
from extractors.surroundings import finish, without_links
from solieu.errors import UnreadableDocument
from solieu.model import Content, Grid, Notice, Passage, SourceDocument
from solieu.quick import replace


def extract(document: SourceDocument) -> Content:
    """Tables and passages of a PDF.

    Raises `UnreadableDocument` for damaged and locked files, `NoText` for a document of pictures
    where no text recognition is installed.
    """
    reader = open_pdf(document.content)
    try:
        return _Extraction(reader, document).content()
    finally:
        reader.close()


def page_grids(document: SourceDocument) -> list[Grid]:
    """The tables of each page as printed, before any joining over pages; pictures recognised.

    Raises as `extract` does.
    """
    reader = open_pdf(document.content)
    decoder = FontDecoder()
    try:
        found: list[Grid] = []
        pictures: list[int] = []
        for page in _prepared(reader, decoder):
            if page_kind(page) == "picture":
                pictures.append(page.number)
            else:
                found += _shown_grids(page)
    finally:
        reader.close()
    if pictures and tesseract.version() is None and len(pictures) == reader.page_count:
        raise scan.no_text(document.name, len(pictures))
    if pictures and tesseract.version() is not None:
        for page in scan.recognised(document.content, pictures[: limits.SCAN_PAGES]):
            found += _shown_grids(upright(page))
    return sorted(found, key=lambda grid: grid.page or 0)


def _shown_grids(page: PageObjects) -> list[Grid]:
    shown = (_on_shown_page(grid, page) for grid in page_tables(page, marks=False).grids)
    return [grid for grid in shown if isinstance(grid, Grid)]


def open_pdf(content: bytes) -> PageReader:
    """The fast reader; the reference reader where pdfium cannot open a file that is not locked."""
    try:
        return PdfiumReader(content)
    except UnreadableDocument as error:
        if "password" in error.message_en or b"%PDF" not in content[:1024]:
            raise
        # pdfplumber costs a second to import and is needed for damaged files only
        from extractors.pdf.reference import DAMAGE, PlumberReader  # noqa: PLC0415

        try:
            reader = PlumberReader(content)
        except DAMAGE:
            raise error from None
        if not reader.page_count:
            raise
        return reader


def _prepared(reader: PageReader, decoder: FontDecoder) -> Iterator[PageObjects]:
    for page in reader.pages():
        page.words = decoder.words(page.words)
        yield upright(page)


class _Extraction:
    """What is gathered page by page."""

    def __init__(self, reader: PageReader, document: SourceDocument) -> None:
        self.reader = reader
        self.document = document
        self.decoder = FontDecoder()
        self.blocks: dict[int, list[Passage | Grid]] = {}
        self.notices: list[Notice] = []
        self.heights: dict[int, float] = {}
        self.pictures: list[int] = []
        self.texts = 0
        self.failed = 0
        self.name = reader.name

    def content(self) -> Content:
        for page in _prepared(self.reader, self.decoder):
            self._page(page)
        if self.failed and not self.texts and not self.pictures:
            raise damaged()
        if self.pictures:
            self._recognise()
        blocks = [block for number in sorted(self.blocks) for block in self.blocks[number]]
        blocks = without_links(joined(without_running_heads(blocks, self.heights)))
        return Content(
            finish(blocks),
            title=title_of(blocks, self.reader.title, recognised=not self.texts),
            published_on=published_on(blocks),
            page_count=self.reader.page_count,
            reader=self.name,
            notices=(*self.decoder.notices(), *self.notices, *self._cut()),
        )

    def _page(self, page: PageObjects) -> None:
        if page.failed:
            self.failed += 1
            self.notices.append(_unreadable(page.number))
            return
        kind = page_kind(page)
        if kind == "picture":
            self.pictures.append(page.number)
        if kind != "text":
            return
        self.texts += 1
        if page.unmapped:
            self.notices.append(unmapped_notice(page.unmapped, page.number))
        if page.truncated:
            self.notices.append(_truncated(page.number))
        self._add(page)

    def _add(self, page: PageObjects) -> None:
        self.heights[page.number] = page.height / page.scale
        self.blocks[page.number] = page_blocks(page)

    def _recognise(self) -> None:
        """Read the pictures among the pages, or say that and how they can be read."""
        version = tesseract.version()
        if version is None:
            if not self.texts:
                raise scan.no_text(self.document.name, len(self.pictures))
            self.notices.append(scan.unread_notice(self.pictures))
            return
        self.name = f"{self.name}, {version}" if self.texts else version
        read, left = self.pictures[: limits.SCAN_PAGES], self.pictures[limits.SCAN_PAGES :]
        for page in scan.recognised(self.document.content, read):
            self._add(upright(page))
        self.notices.append(scan.recognised_notice(read))
        if left:
            self.notices.append(scan.left_notice(left))

    def _cut(self) -> tuple[Notice, ...]:
        if self.reader.page_count <= limits.PDF_PAGES:
            return ()
        return (
            Notice(
                "pages_left",
                f"Tài liệu có {self.reader.page_count} trang, chỉ đọc {limits.PDF_PAGES} trang đầu;"
                " hãy chia nhỏ tệp.",
                f"The document has {self.reader.page_count} pages, the first {limits.PDF_PAGES} "
                "were read; split the file.",
            ),
        )


def page_blocks(page: PageObjects) -> list[Passage | Grid]:
    """Tables and passages of one page, top to bottom."""
    tables = page_tables(page)
    blocks: list[Passage | Grid] = [*passages(page, tables.rest)]
    placed: list[Passage | Grid] = [*tables.grids, *tables.boilerplate]
    beside = {box for row in rows_of_tables(tables.grids) for box in row}
    for block in sorted(placed, key=_top):
        place = _below_its_title if block.box in beside else _place
        blocks.insert(place(blocks, block), block)
    return [_on_shown_page(block, page) for block in blocks]


def _top(block: Passage | Grid) -> float:
    return block.box[1] if block.box is not None else 0.0


def _place(blocks: Sequence[Passage | Grid], block: Passage | Grid) -> int:
    """Where a table goes among passages in reading order: before the first one under it."""
    if block.box is None:
        return len(blocks)
    x0, top, x1, _ = block.box
    for number, other in enumerate(blocks):
        if (
            other.box is not None
            and other.box[1] >= top
            and other.box[0] < x1
            and other.box[2] > x0
        ):
            return number
    return len(blocks)


def _below_its_title(blocks: Sequence[Passage | Grid], block: Passage | Grid) -> int:
    """Where one of several tables beside each other goes: right after the last line over it."""
    if block.box is None:
        return len(blocks)
    x0, top, x1, _ = block.box
    over = (
        number
        for number, other in enumerate(blocks, start=1)
        if other.box is not None and other.box[1] < top and other.box[0] < x1 and other.box[2] > x0
    )
    return max(over, default=0)


def _on_shown_page(block: Passage | Grid, page: PageObjects) -> Passage | Grid:
    if isinstance(block, Grid) and not page.rotated and page.scale == 1.0:
        return block
    return replace(block, box=on_shown_page(block.box, page))


def _unreadable(page: int) -> Notice:
    return Notice(
        "page_unreadable",
        f"Trang {page} bị hỏng, không đọc được.",
        f"Page {page} is damaged and was not read.",
        page,
    )


def _truncated(page: int) -> Notice:
    return Notice(
        "page_truncated",
        f"Trang {page} có quá nhiều ký tự hoặc nét vẽ (có thể là bản đồ), chỉ đọc một phần.",
        f"Page {page} holds too many characters or lines (a map, perhaps); only part was read.",
        page,
    )
