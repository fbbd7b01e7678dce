"""How does a case or an answer become a story that colleagues read?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.queries.holders import nearest_holders
from loopwell.access.rules import Actor, require
from loopwell.cases.models import Case
from loopwell.cases.queries import visible_to
from loopwell.journal.operations import append
from loopwell.journal.rules import Event
from loopwell.kit.errors import Conflict, Forbidden, Invalid, NotFound
from loopwell.people.models import Customer
from loopwell.responses.masking import said_in_feeds
from loopwell.responses.models import Response
from loopwell.responses.queries import visible_to as visible_answers
from loopwell.stories.enums import ReactionKind, StoryState
from loopwell.stories.models import Reaction, Story
from loopwell.stories.queries import may_publish, story_of
from loopwell.stories.rules import names_in, without_names


@dataclass(frozen=True)
class StoryDraft:
    """What somebody wrote; without `names_customer` the text must not say who it was."""

    title: str
    text: str
    names_customer: bool = False


def suggested(*, actor: Actor, case: Case | None, response: Response | None) -> StoryDraft:
    """A first text from what is known, without the customer's name; for the writer to mend."""
    require(actor, Right.READ_ANSWERS)
    answer = _check_seen(actor, case, response)
    customer = case.customer if case else response.customer if response else None
    closure = case.closures.last() if case else None
    names, instead = _names(customer), _("the customer")
    comment = without_names(answer.comment, names, instead) if answer else ""
    parts = [
        _("A customer gave us %(score)s.") % {"score": answer.score} if answer else "",
        f"“{said_in_feeds()(answer, comment)}”" if answer and comment else "",
        closure.learnt if closure else "",
        closure.resolution if closure else "",
    ]
    text = "\n\n".join(part.strip() for part in parts if part.strip())
    return StoryDraft("", without_names(text, names, instead))


def _names(customer: Customer | None) -> list[str]:
    if customer is None:
        return []
    account = customer.account.name if customer.account else ""
    return [name for name in (customer.name, account) if name]


@transaction.atomic
def propose_story(
    *, actor: Actor, now: datetime, draft: StoryDraft, case: Case | None, response: Response | None
) -> Story:
    """For somebody to publish; of each case or answer once. Whoever may publish is told."""
    require(actor, Right.READ_ANSWERS)
    answer = _check_seen(actor, case, response)
    _check(draft, case.customer if case else answer.customer if answer else None)
    if story_of(case_id=case.pk if case else None, response_id=answer.pk if answer else None):
        raise Conflict(_("There is a story of this already."))
    story = Story.objects.create(
        title=draft.title.strip()[:150],
        text=draft.text.strip(),
        names_customer=draft.names_customer,
        case=case,
        response=answer,
        unit=case.unit if case else answer.unit if answer else None,
        employee=answer.employee if answer else None,
        by_id=actor.user_id,
        at=now,
    )
    told = nearest_holders(Right.PUBLISH, story.unit)
    _told(actor, now, story, "story.proposed", [user for user in told if user != actor.user_id])
    return story


def _check_seen(actor: Actor, case: Case | None, response: Response | None) -> Response | None:
    if case is not None and not visible_to(actor).filter(pk=case.pk).exists():
        raise NotFound(_("There is no such case."))
    if response is not None and not visible_answers(actor).filter(pk=response.pk).exists():
        raise NotFound(_("There is no such answer."))
    return case.response if case else response


def _check(draft: StoryDraft, customer: Customer | None) -> None:
    fields = {}
    if not draft.title.strip():
        fields["title"] = [_("Give the story a title.")]
    if not draft.text.strip():
        fields["text"] = [_("Tell what happened.")]
    elif not draft.names_customer and names_in(f"{draft.title}\n{draft.text}", _names(customer)):
        fields["text"] = [
            _("The text says who the customer is. Leave names, addresses and numbers out.")
        ]
    if fields:
        raise Invalid(" ".join(text for texts in fields.values() for text in texts), fields=fields)


@transaction.atomic
def publish_story(*, actor: Actor, now: datetime, story: Story, draft: StoryDraft) -> Story:
    """With the words as the publisher leaves them; also changes a published story's words."""
    _check_publisher(actor, story)
    customer = story.case.customer if story.case else None
    if customer is None and story.response is not None:
        customer = story.response.customer
    _check(draft, customer)
    first = story.state != StoryState.PUBLISHED
    story.title, story.text = draft.title.strip()[:150], draft.text.strip()
    story.names_customer = draft.names_customer
    if first:
        story.state, story.decided_by_id, story.decided_at = (
            StoryState.PUBLISHED,
            actor.user_id,
            now,
        )
    story.save()
    if first:
        told = {user for user in (story.by_id, story.employee_id) if user} - {actor.user_id}
        _told(actor, now, story, "story.published", sorted(told))
    return story


@transaction.atomic
def decline_story(*, actor: Actor, now: datetime, story: Story, reason: str) -> Story:
    _check_publisher(actor, story)
    if story.state != StoryState.PROPOSED:
        raise Conflict(_("This story was decided on already."))
    if not reason.strip():
        message = _("Say why, for whoever proposed it.")
        raise Invalid(message, fields={"reason": [message]})
    story.state, story.reason = StoryState.DECLINED, reason.strip()[:300]
    story.decided_by_id, story.decided_at = actor.user_id, now
    story.save()
    _told(actor, now, story, "story.declined", [story.by_id] if story.by_id else [])
    return story


@transaction.atomic
def withdraw_story(*, actor: Actor, now: datetime, story: Story) -> Story:
    """Nobody reads it any more; it can be published again."""
    _check_publisher(actor, story)
    if story.state != StoryState.PUBLISHED:
        raise Conflict(_("This story is not published."))
    story.state, story.decided_at, story.decided_by = StoryState.PROPOSED, None, None
    story.save()
    _told(actor, now, story, "story.withdrawn", [])
    return story


def _check_publisher(actor: Actor, story: Story) -> None:
    require(actor, Right.PUBLISH)
    if not may_publish(actor, story):
        raise Forbidden(_("This story belongs to another part of the company."))


def react(*, actor: Actor, now: datetime, story: Story, kind: ReactionKind) -> bool:
    """Adds the reaction or takes it back; returns whether it is there now."""
    require(actor, Right.READ_ANSWERS)
    if actor.user_id is None:
        raise Forbidden(_("Only people react."))
    if story.state != StoryState.PUBLISHED:
        raise Conflict(_("This story is not published."))
    known = Reaction.objects.filter(story=story, user_id=actor.user_id, kind=kind)
    if known.delete()[0]:
        return False
    Reaction.objects.create(story=story, user_id=actor.user_id, kind=kind, at=now)
    return True


def _told(actor: Actor, now: datetime, story: Story, what: str, people: Sequence[int]) -> None:
    payload = {"story": story.pk, "case": story.case_id, "tell": list(people)}
    append(actor=actor, now=now, events=[Event(what, "story", story.pk, payload)])
