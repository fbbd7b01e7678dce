"""How do files get into a case, and out of it again?"""

import mimetypes
import unicodedata
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.files.base import File as Upload
from django.db import transaction
from django.utils.translation import gettext as _

from loopwell.access.rules import Actor
from loopwell.cases.models import Case, File
from loopwell.cases.operations.locking import tell
from loopwell.cases.operations.seeing import require_seen, require_worked
from loopwell.kit.errors import Forbidden, Invalid
from loopwell.kit.ids import new_ref

LARGEST = 10 * 1024 * 1024
MOST_FILES = 20
LONGEST_NAME = 120
PICTURES = {  # the kinds a browser may show in the page, by their first bytes
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"GIF87a": "image/gif",
    b"GIF89a": "image/gif",
}


@transaction.atomic
def add_file(*, actor: Actor, now: datetime, case: Case, upload: "Upload[bytes]") -> File:
    """A file by somebody who works on the case, up to 10 MB, 20 in a case."""
    require_worked(actor, case)
    if upload.size > LARGEST:
        _refuse(_("The file is larger than 10 MB: make it smaller or split it."))
    row = keep_file(
        case=case,
        now=now,
        name=upload.name or "",
        chunks=upload.chunks(),
        by_id=actor.user_id,
    )
    tell(actor=actor, now=now, case=case, what="filed", file=row.pk, name=row.name)
    return row


def keep_file(
    *,
    case: Case,
    now: datetime,
    name: str,
    chunks: Iterable[bytes],
    by_id: int | None = None,
    letter_id: int | None = None,
) -> File:
    """Writes the bytes below the data folder, under a name nobody chose, and the row to them.

    Raises Invalid over the limits; also for attachments of the customer's letters.
    """
    if File.objects.filter(case=case).count() >= MOST_FILES:
        _refuse(_("This case has 20 files already: delete one first."))
    ref = new_ref()
    place = Path("cases") / case.ref / ref
    target = Path(settings.MEDIA_ROOT) / place
    target.parent.mkdir(parents=True, exist_ok=True)
    start, size = b"", 0
    try:
        with target.open("wb") as out:
            for chunk in chunks:
                start = start or bytes(chunk[:16])
                size += len(chunk)
                if size > LARGEST:
                    _refuse(_("The file is larger than 10 MB: make it smaller or split it."))
                out.write(chunk)
        if not size:
            _refuse(_("The file is empty."))
    except (Invalid, OSError):
        target.unlink(missing_ok=True)
        raise
    shown = clean_name(name)
    return File.objects.create(
        ref=ref,
        case=case,
        letter_id=letter_id,
        name=shown,
        media_type=media_type(shown, start),
        size=size,
        path=str(place),
        by_id=by_id,
        at=now,
    )


@transaction.atomic
def delete_file(*, actor: Actor, now: datetime, file: File) -> None:
    """By who added it; the row goes with the bytes (see cases.filing), the journal remembers."""
    require_seen(actor, file.case)
    if actor.user_id is None or file.by_id != actor.user_id:
        raise Forbidden(_("Only who added a file deletes it."))
    tell(actor=actor, now=now, case=file.case, what="unfiled", name=file.name)
    file.delete()


def clean_name(name: str) -> str:
    """The name as people know it, without folders and without what is not shown as it is:
    control characters, line ends, marks that turn the writing round."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    shown = "".join(c for c in last if unicodedata.category(c)[0] != "C" and c not in '<>:"|?*')
    stem, dot, ending = shown.strip(" .").rpartition(".")
    if not dot or not stem:
        return shown.strip(" .")[:LONGEST_NAME] or _("file")
    return f"{stem[: LONGEST_NAME - len(ending[:12]) - 1]}.{ending[:12]}"


def media_type(name: str, start: bytes) -> str:
    """A picture only by its bytes, everything else by its name, never by what was claimed."""
    for mark, kind in PICTURES.items():
        if start.startswith(mark):
            return kind
    if start[:4] == b"RIFF" and start[8:12] == b"WEBP":
        return "image/webp"
    guessed = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return "application/octet-stream" if guessed.startswith("image/") else guessed


def _refuse(message: str) -> None:
    raise Invalid(message, fields={"file": [message]})
