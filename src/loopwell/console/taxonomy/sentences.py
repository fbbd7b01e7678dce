"""What happened to the taxonomy, in a sentence?"""

from typing import Any

from django.utils.translation import gettext as _

from loopwell.kit.translated import said_in
from loopwell.themes.enums import Act


def told_of(change: Any) -> str:
    names = {each["slug"]: said_in(each["names"]) for each in change.themes}
    details = change.details
    name = str(change.theme) if change.theme else _("a theme that is gone")
    told = {
        Act.ADDED: _("“%(theme)s” was added."),
        Act.DESCRIBED: _("“%(theme)s” was described anew."),
        Act.RENAMED: _("“%(before)s” is called “%(theme)s” now."),
        Act.MOVED: _("“%(theme)s” was moved under “%(under)s”."),
        Act.MERGED: _("“%(theme)s” was merged into “%(into)s”."),
        Act.SPLIT: _("“%(theme)s” was split into %(parts)s."),
        Act.RETIRED: _("“%(theme)s” was retired."),
        Act.RESTORED: _("“%(theme)s” is offered again."),
        Act.TAKEN_IN: _("A taxonomy was taken in: %(new)d new, %(changed)d changed."),
    }[Act(change.act)]
    standing = {each["slug"]: each["parent"] for each in change.themes}
    under = standing.get(change.theme.slug) if change.theme else None
    if change.act == Act.MOVED and not under:
        told = _("“%(theme)s” was moved to the top.")
    return told % {
        "theme": name,
        "before": said_in(details.get("before") or {}) if change.act == Act.RENAMED else "",
        "under": names.get(under or "", ""),
        "into": names.get(details.get("into", ""), ""),
        "parts": ", ".join(f"“{names.get(slug, slug)}”" for slug in details.get("parts", [])),
        "new": details.get("new", 0),
        "changed": details.get("changed", 0),
    }
