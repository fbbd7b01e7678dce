"""In which encoding was this text file written?"""

import codecs
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from django.utils.translation import gettext as _

from loopwell.kit.tables.leftovers import has_leftovers
from loopwell.kit.tables.letters import likeliest_code_page
from loopwell.kit.tables.model import TableError

BLOCK = 1 << 20
EVIDENCE = 200_000  # bytes of non-ASCII lines looked at
BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True)
class Encoding:
    """A Python codec, the error handler to open the file with, and why."""

    codec: str
    errors: str = "strict"
    note: str = ""
    leftovers: bool = False  # letters of code page 850 among the others


def _c1(error: UnicodeError) -> tuple[str, int]:
    """As browsers do: the five bytes cp1252 leaves undefined stay what they are in latin-1."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("latin-1"), error.end


codecs.register_error("loopwell-c1", _c1)


def detect_encoding(path: Path) -> Encoding:
    """BOM, then UTF-16 without one, then strict UTF-8 over the whole file, then code pages.

    Raises TableError when the file holds NUL bytes (damaged or not text).
    """
    with path.open("rb") as file:
        head = file.read(4096)
    for bom, codec in BOMS:
        if head.startswith(bom):
            return Encoding(codec)
    wide = _utf16_without_bom(head)
    if wide:
        return Encoding(wide, note=_("UTF-16 without a byte-order mark"))
    problem = _first_invalid_utf8(path)
    if problem is None:
        return Encoding("utf-8")
    evidence = b"".join(_non_ascii_lines(path))
    found = forced_encoding(likeliest_code_page(evidence))
    if found.codec == "cp1252" and has_leftovers(evidence):
        note = _("letters of the old DOS code page 850 among the others (“‚” for “é”): mended")
        return replace(found, leftovers=True, note=note)
    return found


def forced_encoding(name: str) -> Encoding:
    """The encoding somebody asked for; TableError when there is none of this name."""
    try:
        codec = codecs.lookup(name).name
    except LookupError as error:
        raise TableError(
            _("There is no encoding “%(name)s”. Try utf-8, utf-16, cp1250, cp1251 or cp1252.")
            % {"name": name}
        ) from error
    codec = {"iso8859-1": "latin-1", "utf-8": "utf-8-sig"}.get(codec, codec)
    return Encoding(codec, "loopwell-c1" if codec.startswith("cp125") else "strict")


def _utf16_without_bom(head: bytes) -> str:
    pairs = len(head) // 2
    if pairs < 4:
        return ""
    even, odd = head[0 : 2 * pairs : 2].count(0), head[1 : 2 * pairs : 2].count(0)
    if odd > 0.3 * pairs and even < 0.05 * pairs:
        return "utf-16-le"
    if even > 0.3 * pairs and odd < 0.05 * pairs:
        return "utf-16-be"
    return ""


def _first_invalid_utf8(path: Path) -> int | None:
    """Where the file stops being UTF-8, None when all of it is."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    offset = 0
    valid = True
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            place = block.find(b"\0")
            if place >= 0:
                raise TableError(_nul_message(path, offset + place))
            if (valid and not block.isascii()) or decoder.getstate()[0]:
                try:
                    decoder.decode(block)
                except UnicodeDecodeError:
                    valid = False
            offset += len(block)
    return None if valid and not decoder.getstate()[0] else offset


def _nul_message(path: Path, offset: int) -> str:
    with path.open("rb") as file:
        line = file.read(offset).count(b"\n") + 1
    return _(
        "%(file)s, line %(line)d holds a NUL byte: the file is damaged or not text. "
        "Export it again as CSV (UTF-8) or XLSX."
    ) % {"file": path.name, "line": line}


def _non_ascii_lines(path: Path) -> Iterator[bytes]:
    """Lines that can tell code pages apart, up to EVIDENCE bytes."""
    seen = 0
    with path.open("rb") as file:
        for line in file:
            if not line.isascii():
                seen += len(line)
                yield line
            if seen > EVIDENCE:
                return
