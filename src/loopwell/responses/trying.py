"""How are the answers to tests cleared away?"""

from django.db import transaction

from loopwell.access.enums import Right
from loopwell.access.rules import Actor, require
from loopwell.responses.models import Response
from loopwell.responses.queries import test_answers
from loopwell.sampling.models import Invitation
from loopwell.surveys.models import Survey


@transaction.atomic
def delete_test_answers(*, actor: Actor, survey: Survey) -> int:
    """Deletes the survey's test answers with their invitations; how many answers there were."""
    require(actor, Right.RUN_SURVEYS)
    rows = test_answers(actor, survey)
    found = list(rows.values_list("pk", "invitation_id"))
    Response.objects.filter(pk__in=[pk for pk, _asked in found]).delete()
    asked = [invitation for _pk, invitation in found if invitation]
    Invitation.objects.filter(pk__in=asked, is_test=True).delete()
    return len(found)
