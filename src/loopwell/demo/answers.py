"""How do the answers of the demo company read?"""

import random
from datetime import timedelta

from loopwell.demo.causes import CAUSES
from loopwell.demo.clock import to_moments
from loopwell.demo.comments.weave import write_comment
from loopwell.demo.records import Answer, Customer, Invitation
from loopwell.demo.scores import AGREED, NOTHING, REFUSED, Verdicts

WRITES = {"low": 0.72, "middle": 0.56, "high": 0.50}  # share with a comment by score
SLUGS = tuple(cause.slug for cause in CAUSES)
CONSENT = {REFUSED: False, AGREED: True}


def _writes(draw: random.Random, score: int) -> bool:
    band = "low" if score <= 6 else "middle" if score <= 8 else "high"
    return draw.random() < WRITES[band]


def make_answers(
    *,
    draw: random.Random,
    verdicts: Verdicts,
    invitations: list[Invitation],
    customers: list[Customer],
) -> list[Answer]:
    """One record per verdict, in order of answering, with a comment for some 55 %."""
    answers = []
    columns = (verdicts.invitation, verdicts.score, verdicts.cause, verdicts.second,
               verdicts.contact)  # fmt: skip
    rows = zip(*(column.tolist() for column in columns), to_moments(verdicts.at), strict=True)
    for number, (place, score, cause, second, contact, at) in enumerate(rows, start=1):
        invitation = invitations[place]
        customer = customers[invitation.customer_index]
        causes = (SLUGS[cause],) if second == NOTHING else (SLUGS[cause], SLUGS[second])
        comment = ""
        if _writes(draw, score):
            comment = write_comment(
                draw, language=invitation.language, score=score, causes=causes,
                gender=customer.gender, touchpoint=invitation.programme,
            )  # fmt: skip
        pause = timedelta(seconds=8 + len(comment) // 3 + draw.randrange(25))
        answers.append(
            Answer(
                key=f"R{number:05d}",
                invitation_index=place,
                customer_index=invitation.customer_index,
                score=score,
                comment=comment,
                language=invitation.language,
                causes=causes,
                may_contact=CONSENT.get(contact),
                answered_at=at,
                commented_at=at + pause if comment else None,
            )
        )
    return answers
