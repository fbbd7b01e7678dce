"""Pictures that tests upload as logos."""

from io import BytesIO

from PIL import Image


def picture(image: Image.Image, kind: str = "PNG") -> bytes:
    out = BytesIO()
    image.save(out, kind)
    return out.getvalue()


def png(width: int, height: int) -> bytes:
    """A plain one of this size; the same bytes each time."""
    return picture(Image.new("RGB", (width, height), (122, 31, 162)))
