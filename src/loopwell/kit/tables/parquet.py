"""How is a Parquet file streamed as text rows?"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow  # noqa: ICN001 "pa" below is the same, without types
import pyarrow.compute
import pyarrow.parquet
from django.utils.translation import gettext as _

from loopwell.kit.tables.headers import clean_headers
from loopwell.kit.tables.model import Chunk, Detected, Table, TableError

pa: Any = pyarrow  # no types published
pc: Any = pyarrow.compute
pq: Any = pyarrow.parquet


class ParquetTable(Table):
    """A flat Parquet file; row numbers count from 1, for want of lines."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            with pq.ParquetFile(path) as file:
                names = file.schema_arrow.names
                rows = file.metadata.num_rows
        except (pa.ArrowException, OSError) as error:
            raise TableError(
                _("%(file)s is a damaged Parquet file (%(error)s): export it again.")
                % {"file": path.name, "error": error}
            ) from error
        if not rows:
            raise TableError(_("%s has columns but no rows: export it again.") % path.name)
        self.columns, notes = clean_headers(list(names))
        self.detected = Detected("parquet", notes=tuple(notes))

    def chunks(self, size: int = 10_000) -> Iterator[Chunk]:
        first = 1
        with pq.ParquetFile(self.path) as file:
            for batch in file.iter_batches(batch_size=size):
                columns = [_texts(column) for column in batch.columns]
                rows = [list(row) for row in zip(*columns, strict=True)]
                yield Chunk(list(range(first, first + len(rows))), rows)
                first += len(rows)


def _texts(column: Any) -> list[str]:
    """A column as a person would write it: 9 and not 9.0, ISO dates, nothing for null."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        column = column.dictionary_decode()
        kind = column.type
    if pa.types.is_floating(kind):
        return [
            "" if v is None or v != v else f"{v:g}" if abs(v) < 1e5 else repr(v)
            for v in column.to_pylist()
        ]
    if pa.types.is_timestamp(kind):
        return ["" if v is None else v.isoformat(" ", "seconds") for v in column.to_pylist()]
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        return ["" if v is None else v for v in column.to_pylist()]
    if pa.types.is_nested(kind) or pa.types.is_binary(kind):
        return ["" if v is None else str(v) for v in column.to_pylist()]
    return [v or "" for v in pc.cast(column, pa.string()).to_pylist()]
