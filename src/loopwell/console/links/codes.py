"""How is an address drawn as a QR code that survives a scratch and a coffee stain?"""

import segno
from django.utils.safestring import SafeString, mark_safe

ERROR = "q"  # a quarter of the code may be unreadable


def code(address: str) -> SafeString:
    """An inline SVG, black on white in every theme, sized by its style sheet."""
    drawn = segno.make(address, error=ERROR, micro=False).svg_inline(
        omitsize=True, light="#fff", svgclass="qr", lineclass=None
    )
    return mark_safe(drawn)  # noqa: S308 drawn by us from modules, no foreign text
