"""A finished run as a researcher uses it: data frames, Arrow, SQL, and the way back to the page."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

    from writers.figure_view import FigureView


def names() -> tuple[str, ...]:
    """The tables of a run."""
    from writers.schema import TABLES  # noqa: PLC0415 (the commands start without Arrow)

    return TABLES


class Dataset:
    """The tables of a run.

    `Dataset("output").sql("select metric, count(*) from observations group by 1")`
    """

    def __init__(self, folder: Path | str) -> None:
        self.folder = Path(folder)

    def arrow(self, name: str) -> pa.Table:
        """One of documents, observations, findings, unread as an Arrow table."""
        import pyarrow.parquet as pq  # noqa: PLC0415 (the commands start without it)

        return pq.read_table(self.folder / f"{name}.parquet")

    def batches(self, name: str, columns: list[str] | None = None) -> Iterator[pa.RecordBatch]:
        """The same, some thousands of rows at a time."""
        import pyarrow.parquet as pq  # noqa: PLC0415

        with pq.ParquetFile(self.folder / f"{name}.parquet") as file:
            yield from file.iter_batches(columns=columns)

    def accusations(self) -> Iterator[dict[str, Any]]:
        """The failed checks of severity error as dictionaries, with `source` of the document."""
        from pyarrow import compute  # noqa: PLC0415

        sources: dict[str, str] = {}
        for batch in self.batches("documents", ["document_id", "source"]):
            sources.update(zip(*(column.to_pylist() for column in batch.columns), strict=True))
        wrong = (compute.field("status") == "fail") & (compute.field("severity") == "error")
        for batch in self.batches("findings"):
            for row in batch.filter(wrong).to_pylist():
                yield {**row, "source": sources[row["document_id"]]}

    def table(self, name: str) -> pd.DataFrame:
        """The same as a data frame."""
        frame: pd.DataFrame = self.arrow(name).to_pandas()
        return frame

    def documents(self) -> pd.DataFrame:
        """One row for each document that was read, or could not be."""
        return self.table("documents")

    def observations(self) -> pd.DataFrame:
        """One row for each published figure."""
        return self.table("observations")

    def findings(self, status: str | None = None) -> pd.DataFrame:
        """One row for each check of the arithmetic; `status` keeps pass, fail or unknown."""
        found = self.table("findings")
        return found if status is None else found[found["status"] == status]

    def contradictions(self) -> pd.DataFrame:
        """The failed checks of severity error."""
        failed = self.findings("fail")
        return failed[failed["severity"] == "error"]

    def unread(self) -> pd.DataFrame:
        """What holds something and gave no figure, and why."""
        return self.table("unread")

    def sql(self, query: str) -> pd.DataFrame:
        """The answer of DuckDB, which must be installed, to a query over the four tables."""
        import duckdb  # noqa: PLC0415 (an extra of the user's own)

        with duckdb.connect() as connection:
            for name in names():
                connection.register(name, self.arrow(name))
            answer: pd.DataFrame = connection.sql(query).to_arrow_table().to_pandas()
        return answer

    def figure(self, identifier: str) -> FigureView:
        """The figure whose id begins with `identifier`, with its document and its checks.

        Raises:
            KeyError: no figure or several begin so.
        """
        from writers.figure_view import view_of  # noqa: PLC0415

        tables = (self.arrow(name) for name in ("observations", "documents", "findings"))
        return view_of(identifier, *tables)

    def figures(self, identifiers: Iterator[str] | list[str]) -> list[FigureView]:
        """Several figures, such as the `observation_ids` of a finding."""
        return [self.figure(identifier) for identifier in identifiers]

    @cached_property
    def _sizes(self) -> dict[str, int]:
        return {name: self.arrow(name).num_rows for name in names()}

    def __repr__(self) -> str:
        sizes = ", ".join(f"{count:,} {name}" for name, count in self._sizes.items())
        return f"<{type(self).__name__} {self.folder}: {sizes}>"

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><th style='text-align:left'>{name}</th><td>{count:,}</td></tr>"
            for name, count in self._sizes.items()
        )
        return f"<table><caption>{escape(str(self.folder))}</caption>{rows}</table>"


class MemoryDataset(Dataset):
    """The same tables kept in memory; there is no folder to come back to."""

    def __init__(self, tables: dict[str, Any]) -> None:
        super().__init__(Path())
        self._tables = tables

    def arrow(self, name: str) -> pa.Table:
        table: pa.Table = self._tables[name]
        return table

    def batches(self, name: str, columns: list[str] | None = None) -> Iterator[pa.RecordBatch]:
        table = self._tables[name]
        yield from (table.select(columns) if columns else table).to_batches()


def in_memory(dataset: Dataset) -> MemoryDataset:
    """The tables of a dataset whose folder will not stay."""
    return MemoryDataset({name: dataset.arrow(name) for name in names()})
