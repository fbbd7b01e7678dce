"""How is a change of access told in words?"""

from typing import Any

from django.utils.translation import gettext as _

from loopwell.access.enums import Right, Role


def what_changed(payload: dict[str, Any]) -> str:
    """One sentence from the journal's payload; facts are names as they were then."""
    facts = {
        "name": payload.get("name", ""),
        "before": payload.get("before", ""),
        "unit": payload.get("unit", ""),
        "parent": payload.get("parent", ""),
        "to": payload.get("to", ""),
        "start": payload.get("start", ""),
        "end": payload.get("end", ""),
    }
    what = payload.get("what", "")
    if what == "roles.changed":
        return _roles(payload)
    if what == "key.created":
        labels = dict(Right.choices)
        rights = ", ".join(str(labels.get(right, right)) for right in payload.get("rights", []))
        words = _("made the API key “%(name)s” for %(unit)s: %(rights)s")
        return words % {**facts, "rights": rights}
    if what == "unit.changed" and facts["before"] != facts["name"]:
        return _("renamed the unit “%(before)s” to “%(name)s”") % facts
    sentences = {
        "unit.added": _("added the unit “%(name)s” below “%(parent)s”"),
        "unit.changed": _("changed the unit “%(name)s”"),
        "unit.moved": _("moved the unit “%(name)s” below “%(to)s”"),
        "person.added": _("added %(name)s in %(unit)s"),
        "person.changed": _("changed the details of %(name)s"),
        "person.deactivated": _("deactivated %(name)s"),
        "person.reactivated": _("let %(name)s in again"),
        "absence.entered": _("entered that %(name)s is away from %(start)s to %(end)s"),
        "absence.cancelled": _("cancelled that %(name)s is away from %(start)s to %(end)s"),
        "working_time.changed": _("changed the working time of “%(name)s”"),
        "key.revoked": _("revoked the API key “%(name)s”"),
    }
    return sentences[what] % facts if what in sentences else str(what)


def _roles(payload: dict[str, Any]) -> str:
    facts = {
        "name": payload["name"],
        "added": ", ".join(_role(text) for text in payload.get("added", [])),
        "removed": ", ".join(_role(text) for text in payload.get("removed", [])),
    }
    if facts["added"] and facts["removed"]:
        words = _("gave %(name)s the roles %(added)s and took the roles %(removed)s")
    elif facts["added"]:
        words = _("gave %(name)s the roles %(added)s")
    else:
        words = _("took from %(name)s the roles %(removed)s")
    return words % facts


def _role(text: str) -> str:
    role, _at, unit = text.partition(" @ ")
    label = dict(Role.choices).get(role, role)
    return _("%(role)s in %(unit)s") % {"role": label, "unit": unit}
