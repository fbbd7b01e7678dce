"""How does a picture that somebody uploads become a logo small enough for every message?"""

import re
from collections.abc import Iterator
from io import BytesIO

from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from loopwell.kit.errors import Invalid

MOST_BYTES = 2 * 1024 * 1024
MOST_PIXELS = 25_000_000
FITS = (240, 64)
KEPT_BYTES = 5 * 1024
FORMATS = ("PNG", "JPEG", "WEBP", "GIF")
_SVG = re.compile(rb"\s*(?:<\?xml[^>]*>|<!--.*?-->|<!DOCTYPE[^>]*>|\s)*<svg\b", re.S | re.I)


class LogoRefused(Invalid):
    """The picture cannot be our logo; the message says why and what to do."""

    def __init__(self, message: str) -> None:
        super().__init__(message, fields={"logo": [message]})


def logo_from(data: bytes) -> bytes:
    """A PNG of at most 240×64 pixels and 5 KB, made anew: nothing but its pixels is kept."""
    if len(data) > MOST_BYTES:
        raise LogoRefused(_("The file is larger than 2 MB. Save the logo smaller."))
    if _SVG.match(data.removeprefix(b"\xef\xbb\xbf")[:4096]):
        raise LogoRefused(
            _(
                "SVG files can carry programs, and mail programs do not show them. Save the logo "
                "as PNG and upload that."
            )
        )
    image = _opened(data)
    box = image.getchannel("A").getbbox()
    if box is None:
        raise LogoRefused(_("The picture is empty: every point of it is transparent."))
    image = image.crop(box)
    image.thumbnail(FITS, Image.Resampling.LANCZOS)
    for png in _ever_smaller(image):
        if len(png) <= KEPT_BYTES:
            return png
    raise LogoRefused(_("The picture has too many details for a logo. Use a simpler one."))


def _opened(data: bytes) -> Image.Image:
    """Its size is looked at before it is unpacked: a small file can unpack to gigabytes."""
    try:
        with Image.open(BytesIO(data), formats=FORMATS) as image:
            if image.width * image.height > MOST_PIXELS:
                raise LogoRefused(
                    _("The picture has %(width)d × %(height)d points. Save it smaller.")
                    % {"width": image.width, "height": image.height}
                )
            return ImageOps.exif_transpose(image).convert("RGBA")
    except UnidentifiedImageError:
        message = _("This is no picture we can read. Upload a PNG, JPEG, WebP or GIF file.")
        raise LogoRefused(message) from None
    except Image.DecompressionBombError:
        raise LogoRefused(_("The picture has too many points. Save it smaller.")) from None
    except (OSError, ValueError, SyntaxError, EOFError) as error:  # what Pillow says of damage
        raise LogoRefused(_("The picture is damaged. Save it again and upload that.")) from error


def _ever_smaller(image: Image.Image) -> Iterator[bytes]:
    yield _png(image)
    for share in (1, 0.75, 0.5):
        size = (max(1, round(image.width * share)), max(1, round(image.height * share)))
        smaller = image.resize(size, Image.Resampling.LANCZOS)
        for colours in (256, 64, 32, 16):
            yield _png(smaller.quantize(colours, method=Image.Quantize.FASTOCTREE))


def _png(image: Image.Image) -> bytes:
    out = BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()
