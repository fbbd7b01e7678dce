"""How are customers thanked: as promoters, passives or detractors, and what is offered to each?"""

from datetime import datetime

from django.conf import settings
from django.http import HttpResponse
from django.utils import translation

from loopwell.cases.queries import promised_call
from loopwell.promoters.operations import make_offers
from loopwell.respond.calling import KEY, call_choices, in_words
from loopwell.respond.pages import page
from loopwell.responses.invited import Invited
from loopwell.surveys.enums import OUR_CUSTOMERS
from loopwell.surveys.questions import category_of


def thanks_page(shown: Invited, score: int, now: datetime, *, ref: str = "") -> HttpResponse:
    texts, category = shown.texts, category_of(score)
    review = category == "promoter" and bool(texts.get("review_label"))
    calls_follow = shown.kind in OUR_CUSTOMERS  # no case opens from other answers
    wants_call = calls_follow and category == "detractor" and shown.contact_consent is not False
    said = shown.answers.get(KEY) or {}
    made = None
    if ref and calls_follow and category == "promoter":
        made = make_offers(invitation_ref=ref, language=shown.language, now=now)
    with translation.override(shown.language):
        offered = wants_call and bool(texts.get("call_when")) and not said
        calls = call_choices(now, shown.time_zone) if offered else []
        call_said = in_words(said) if wants_call else ""
    promised = promised_call(score=score, consent=shown.contact_consent) if calls_follow else None
    return page(
        "done",
        shown.language,
        kind=shown.kind,
        company=shown.company,
        texts=texts,
        score=score,
        thanks=texts.get(f"thanks_{category}") or texts.get("thanks", ""),
        call_within=promised,
        review_url=texts.get("review_url", "").strip() if review else "",
        offers=made,
        own_link=f"{settings.BASE_URL}{made.link}" if made else "",
        calls=calls,
        call_said=call_said,
    )
