"""What is known of an initiative already where it comes from a problem, an issue or a call?"""

from dataclasses import dataclass
from typing import Any

from loopwell.access.rules import Actor
from loopwell.cases.queries import case_by_ref, policy
from loopwell.huddles.queries.issues import issue_by_ref
from loopwell.initiatives.enums import Kind, Origin
from loopwell.initiatives.queries.seeing import units_to_propose_for
from loopwell.themes.queries import causes_found, theme_by_slug


@dataclass(frozen=True)
class Source:
    """What the address names, if anything."""

    theme: Any = None
    issue: Any = None
    case: Any = None

    @property
    def origin(self) -> Origin:
        if self.issue:
            return Origin.ISSUE
        if self.case:
            return Origin.CALL
        return Origin.PAIN_MAP if self.theme else Origin.OTHER


def source_of(actor: Actor, given: Any) -> Source:
    if given.get("issue"):
        return Source(issue=issue_by_ref(actor, given["issue"]))
    if given.get("case"):
        return Source(case=case_by_ref(actor, given["case"]))
    return Source(theme=theme_by_slug(given["theme"])) if given.get("theme") else Source()


def first_words(actor: Actor, source: Source) -> dict[str, Any]:
    """What the problem, the issue or the call says already."""
    first: dict[str, Any] = {"kind": Kind.FIX, "currency": policy().currency}
    slugs, unit, text = [], None, ""
    if source.theme:
        slugs = [source.theme.slug]
    if source.issue:
        slugs = [source.issue.theme.slug] if source.issue.theme else []
        unit, text, first["title"] = source.issue.unit, source.issue.text, source.issue.title
    if source.case:
        unit, closure = source.case.unit, source.case.closures.last()
        text = closure.learnt if closure else ""
        answer = source.case.response_id
        slugs = [cause.slug for cause in causes_found([answer]).get(answer, [])] if answer else []
    mine = units_to_propose_for(actor)
    top = mine.first()
    if unit is None and top is not None and top.parent_id is not None:
        unit = top
    first["units"] = [unit.ref] if unit and mine.filter(pk=unit.pk).exists() else []
    return {**first, "themes": slugs, "hypothesis": text}
