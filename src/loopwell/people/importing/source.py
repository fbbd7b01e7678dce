"""How is an upload's file opened, and in which order are its dates written?"""

from collections.abc import Sequence
from pathlib import Path

from django.conf import settings

from loopwell.kit.tables import Table, open_table
from loopwell.kit.tables.dates import DateFormat, detect_date_order, forced_format
from loopwell.people.models import Upload

LOOK_AT = 20_000
DISTINCT = 200_000


def path_of(upload: Upload) -> Path:
    """Where the file is: under the data folder, or where the command was given it."""
    path = Path(upload.path)
    return path if path.is_absolute() else Path(settings.MEDIA_ROOT) / path


def rejects_path(upload: Upload, phase: str) -> Path:
    return Path(settings.MEDIA_ROOT) / "imports" / f"{upload.ref}.{phase}.rejects.csv"


def open_upload(upload: Upload) -> Table:
    """The table as detected or as forced; raises TableError."""
    options = upload.options
    return open_table(
        path_of(upload),
        encoding=options.get("encoding") or None,
        delimiter=options.get("delimiter") or None,
        sheet=options.get("sheet") or None,
    )


def date_formats(
    upload: Upload, table: Table, targets: Sequence[str], *, whole: bool = True
) -> dict[str, DateFormat]:
    """For each date field mapped, the order its column proves, or the one forced.

    `whole` reads the entire file; otherwise the first rows, enough for a preview.
    """
    forced = str(upload.options.get("date_order") or "")
    wanted = {t: upload.mapping[t] for t in targets if upload.mapping.get(t) in table.columns}
    if forced:
        return {target: forced_format(forced) for target in wanted}
    if not wanted:
        return {}
    seen: dict[str, set[str]] = {target: set() for target in wanted}
    places = [(seen[target], table.columns.index(column)) for target, column in wanted.items()]
    looked_at = 0
    for chunk in table.chunks():
        for values, place in places:
            if len(values) < DISTINCT:
                values.update(row[place] for row in chunk.rows)
        looked_at += len(chunk.rows)
        if not whole and looked_at >= LOOK_AT:
            break
    return {target: detect_date_order(values) for target, values in seen.items()}
