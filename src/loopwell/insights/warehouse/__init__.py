"""The warehouse: facts for the numbers, kept by DuckDB or PostgreSQL, asked through Ibis.

Nothing else of Loopwell imports ibis or duckdb. It is a projection: it can always be rebuilt.
"""

from loopwell.insights.warehouse.engine import (
    Change,
    Columns,
    Engine,
    WarehouseBusy,
    WarehouseUnavailable,
)
from loopwell.insights.warehouse.opening import close_warehouse, warehouse

__all__ = [
    "Change",
    "Columns",
    "Engine",
    "WarehouseBusy",
    "WarehouseUnavailable",
    "close_warehouse",
    "warehouse",
]
