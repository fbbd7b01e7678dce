"""Which words tell of notes, files, priorities and merged cases?"""

from django.utils.translation import gettext as _

from loopwell.cases.enums import Priority
from loopwell.cases.queries import Line
from loopwell.console.cases.wording.registry import words


@words("case.remarked", "case.mentioned", icon="note")
def _remarked(line: Line, who: dict[str, str]) -> tuple[str, str]:
    return _("%(who)s wrote a note") % who, line.record.text if line.record else ""


@words("case.filed", icon="file")
def _filed(line: Line, who: dict[str, str]) -> tuple[str, str]:
    name = {"name": line.payload.get("name", "")}
    if line.record is None:
        return _("%(who)s added a file that was deleted later: %(name)s") % {**who, **name}, ""
    return _("%(who)s added a file: %(name)s") % {**who, **name}, ""


@words("case.unfiled", icon="trash")
def _unfiled(line: Line, who: dict[str, str]) -> tuple[str, str]:
    name = {"name": line.payload.get("name", "")}
    return _("%(who)s deleted a file: %(name)s") % {**who, **name}, ""


@words("case.ranked", icon="flag")
def _ranked(line: Line, who: dict[str, str]) -> tuple[str, str]:
    priority = {"priority": Priority(line.payload["priority"]).label}
    return _("%(who)s set the priority: %(priority)s") % {**who, **priority}, ""


@words("case.joined", icon="message-2")
def _joined(line: Line, who: dict[str, str]) -> tuple[str, str]:
    if not line.record:
        return "", ""
    answer = line.record.response
    return _("Another answer joined the case, score %(score)s.") % {"score": answer.score}, (
        answer.comment
    )


@words("case.merged", icon="git-merge")
def _merged(line: Line, who: dict[str, str]) -> tuple[str, str]:
    comment = line.record.response.comment if line.record else ""
    return _("%(who)s merged another case of this customer into this one") % who, comment


@words("case.unmerged", icon="git-merge")
def _unmerged(line: Line, who: dict[str, str]) -> tuple[str, str]:
    return _("A case that had been merged into this one goes on by itself again"), ""
