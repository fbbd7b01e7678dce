"""Whom did the demo company tell that the delivery slots solved what they had raised?"""

from datetime import datetime, timedelta

from loopwell.access.enums import Role
from loopwell.access.models import User
from loopwell.huddles.enums import IssueState
from loopwell.huddles.models import Issue
from loopwell.initiatives.models import Initiative, Raised, Telling
from loopwell.initiatives.operations.posting import list_receivers

SOLVED = "late-delivery"
WORDS = {
    "en": {
        "subject": "You told us about deliveries. Here is what we changed",
        "text": "Dear {customer},\n\nyou told us that you had waited too long for a delivery. You "
        "were not the only one, and you were right. Since this spring we name two hours in which "
        "your parcel comes, and send a text message when it is on its way.\n\nIt began in {unit}. "
        "Fewer customers now tell us that they waited in vain. If it does not work for you, "
        "please answer this mail: somebody reads it.\n\nThank you for having said it.\n{agent}, "
        "{company}",
    },
    "pl": {
        "subject": "Napisali nam Państwo o dostawach. Oto, co zmieniliśmy",
        "text": "Dzień dobry, {customer},\n\nnapisali nam Państwo, że czekanie na dostawę trwało "
        "za długo. Od wiosny podajemy dwie godziny, w których przyjedzie paczka, i wysyłamy SMS, "
        "gdy jest w drodze.\n\nZaczęliśmy w: {unit}. Jeśli coś nadal nie działa, prosimy "
        "odpowiedzieć na tę wiadomość: ktoś ją przeczyta.\n\nDziękujemy za tę uwagę.\n{agent}, "
        "{company}",
    },
    "ru": {
        "subject": "Вы рассказали нам о доставке. Вот что мы изменили",
        "text": "Здравствуйте, {customer}!\n\nВы рассказали, что слишком долго ждали доставку. С "
        "весны мы называем два часа, в которые привезут посылку, и присылаем сообщение, когда она "
        "в пути.\n\nМы начали здесь: {unit}. Если у вас всё ещё не так, ответьте на это письмо: "
        "его прочитает человек.\n\nСпасибо, что сказали об этом.\n{agent}, {company}",
    },
}


def load_told(now: datetime) -> None:
    """Nothing leaves: the mails are noted as sent, two as come back. Whoever wrote the message
    did not approve it."""
    row = Initiative.objects.filter(is_demo=True, themes__slug=SOLVED, state="running").first()
    people = User.objects.filter(is_demo=True, is_active=True)
    lead = people.filter(memberships__role=Role.PROGRAMME).order_by("pk").first()
    chief = people.filter(memberships__role=Role.EXECUTIVE).order_by("pk").first()
    if row is None or lead is None or chief is None:
        return
    at = now - timedelta(days=20)
    for issue in Issue.objects.filter(is_demo=True, theme__slug=SOLVED, state=IssueState.ACCEPTED):
        Raised.objects.create(initiative=row, issue=issue, by=lead, at=at - timedelta(days=3))
    telling = Telling.objects.create(
        initiative=row, words=WORDS, by=lead, at=at - timedelta(days=2), approved_by=chief,
        approved_at=at - timedelta(days=1), started_by=lead, started_at=at,
    )  # fmt: skip
    list_receivers(telling, at)
    mails = telling.told.filter(customer__isnull=False)
    mails.update(claimed_at=at, sent_at=at + timedelta(minutes=1))
    back = list(mails.order_by("-pk").values_list("pk", flat=True)[:2])
    mails.filter(pk__in=back).update(
        claimed_at=None, sent_at=None, failed_at=at, error="550 5.2.2 mailbox full"
    )
