"""How is a table somebody else made (CSV, TSV, XLSX, Parquet) read, whatever its encoding?

`open_table(path)` detects kind, encoding and separator, says what it found (`.detected`), and
streams rows with their line numbers. Every value is text as a person would write it; missing
values are recognised with `is_missing`, dates with `dates`, scores with `numbers`.
"""

from loopwell.kit.tables.missing import is_missing
from loopwell.kit.tables.model import Chunk, Detected, Ragged, Row, Table, TableError
from loopwell.kit.tables.opening import open_table

__all__ = ["Chunk", "Detected", "Ragged", "Row", "Table", "TableError", "is_missing", "open_table"]
