"""What are the columns called when headers are padded, repeated or empty?"""

from django.utils.translation import gettext as _


def clean_headers(raw: list[str]) -> tuple[list[str], list[str]]:
    """Unique, trimmed, never empty names, and notes on what was changed."""
    names: list[str] = []
    notes: list[str] = []
    taken: set[str] = set()
    for position, header in enumerate(raw, start=1):
        name = " ".join(header.replace("\ufeff", "").split())
        if not name:
            name = _("column %(position)d") % {"position": position}
        unique, count = name, 1
        while unique.lower() in taken:
            count += 1
            unique = f"{name} ({count})"
        if count > 1:
            notes.append(
                _("the header “%(name)s” occurs again as column %(position)d: called “%(unique)s”")
                % {"name": name, "position": position, "unique": unique}
            )
        taken.add(unique.lower())
        names.append(unique)
    if raw and not any(any(c.isalpha() for c in header) for header in raw):
        notes.append(_("the first line looks like data: are the column names missing?"))
    return names, notes
