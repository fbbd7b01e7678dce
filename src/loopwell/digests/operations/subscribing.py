"""Who gets the answer to a kept question this morning, and who wants no more of them?

Each gets it at most once a day.
"""

import logging
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.utils.translation import gettext as _

from loopwell.access.models import User
from loopwell.access.queries import actor_for
from loopwell.delivery.transports import Outcome, Transport, Unreachable, configured
from loopwell.digests.answering import Answer, answer_to
from loopwell.digests.wording import subscription_in
from loopwell.insights.models import SavedQuestion, Subscription
from loopwell.insights.phrasing import today
from loopwell.insights.saved_questions import due, question_by_ref
from loopwell.insights.warehouse import WarehouseUnavailable
from loopwell.kit.errors import ExpectedError, NotFound

log = logging.getLogger("loopwell.digests")
FROM_HOUR, LATEST = 7, timedelta(hours=8)


def subscribed_by_token(token: str) -> tuple[SavedQuestion, User]:
    """The question and its reader, also where the subscription has ended already."""
    told = subscription_in(token)
    question = SavedQuestion.objects.filter(ref=told[0]).first() if told else None
    user = User.objects.filter(pk=told[1]).first() if told else None
    if question is None or user is None:
        raise NotFound(_("This link is not one of ours, or what it was about is gone."))
    return question, user


def stop_question(*, token: str) -> None:
    """No more answers to this question by mail; the signed link is the permission."""
    question, user = subscribed_by_token(token)
    Subscription.objects.filter(question=question, user=user).delete()


def due_subscriptions(now: datetime) -> list[Subscription]:
    """Those of this morning; a server that was down all day does not send yesterday's news."""
    local = now.astimezone(ZoneInfo(settings.TIME_ZONE))
    start = local.replace(hour=FROM_HOUR, minute=0, second=0, microsecond=0)
    return list(due(today(now))) if start <= local < start + LATEST else []


def send_subscriptions(now: datetime) -> int:
    """How many left. Claimed before they are sent; given back where the mail server is away."""
    sent = 0
    transport, is_open = configured(), False
    try:
        for subscription in due_subscriptions(now):
            if not _claim(subscription, now):
                continue
            answer = _answer(subscription, now)
            if answer is None:
                continue
            try:
                if not is_open:
                    transport.close()
                    transport.open()
                    is_open = True
            except Unreachable as error:
                log.warning("subscriptions wait for the mail server: %s", error)
                _give_back(subscription)
                break
            outcome, is_open = _send(transport, subscription, answer)
            sent += outcome is Outcome.SENT
    finally:
        transport.close()
    return sent


def _claim(subscription: Subscription, now: datetime) -> bool:
    mine = Subscription.objects.filter(pk=subscription.pk, sent_at=subscription.sent_at)
    return bool(mine.update(sent_at=now))


def _give_back(subscription: Subscription) -> None:
    Subscription.objects.filter(pk=subscription.pk).update(sent_at=subscription.sent_at)


def _answer(subscription: Subscription, now: datetime) -> Answer | None:
    """None where nothing was counted, or nobody is there to read it. A question no longer shared
    ends its subscriptions."""
    user = subscription.user
    if not user.email:
        return None
    actor = actor_for(user)
    try:
        question = question_by_ref(actor, subscription.question.ref)
        return answer_to(question, user, actor, now)
    except NotFound:
        subscription.delete()
    except WarehouseUnavailable as error:
        log.warning("a kept question waits for the warehouse: %s", error)
        _give_back(subscription)
    except (ExpectedError, LookupError) as error:
        log.warning("kept question %s cannot be answered: %s", subscription.question.ref, error)
    return None


def _send(transport: Transport, subscription: Subscription, answer: Answer) -> tuple[Outcome, bool]:
    """What became of it, and whether the connection can still be used."""
    mail = EmailMultiAlternatives(
        answer.subject,
        answer.text,
        to=[subscription.user.email],
        headers={
            "Auto-Submitted": "auto-generated",
            "List-Unsubscribe": f"<{answer.leave}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    )
    mail.attach_alternative(answer.html, "text/html")
    result = transport.send(mail, f"question-{subscription.pk}")
    if result.outcome is Outcome.LATER:
        _give_back(subscription)
    elif result.outcome is not Outcome.SENT:
        log.warning("kept question to user %s: %s", subscription.user_id, result.detail)
    return result.outcome, not result.broken
