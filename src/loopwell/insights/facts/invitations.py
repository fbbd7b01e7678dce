"""What became of each message that asked somebody?"""

from loopwell.insights.facts.source import Context, Rows, Source, at, happened
from loopwell.insights.warehouse.engine import Columns
from loopwell.insights.warehouse.tables import INVITATIONS
from loopwell.sampling.models import Invitation

_FIELDS = (
    "sent_at", "planned_at", "version__survey__ref", "version__survey__kind",
    "version__survey__touchpoint", "language", "unit_id", "account_id", "employee_id", "channel",
    "programme__ref", "wave__programme__ref", "delivered_at", "opened_at", "answered_at",
    "bounced_at", "declined_at", "properties",
)  # fmt: skip


def _shape(rows: Rows, context: Context) -> Columns:
    times = [
        sent or planned for sent, planned in zip(rows["sent_at"], rows["planned_at"], strict=True)
    ]
    programmes = zip(rows["programme__ref"], rows["wave__programme__ref"], strict=True)
    return {
        "id": list(rows["pk"]),
        **at(rows, times, context),
        "survey": list(rows["version__survey__ref"]),
        "kind": list(rows["version__survey__kind"]),
        "touchpoint": list(rows["version__survey__touchpoint"]),
        "language": list(rows["language"]),
        "employee_id": list(rows["employee_id"]),
        "channel": list(rows["channel"]),
        "programme": [own or waves or "" for own, waves in programmes],
        "sent": happened(rows["sent_at"]),
        "delivered": happened(rows["delivered_at"]),
        "opened": happened(rows["opened_at"]),
        "answered": happened(rows["answered_at"]),
        "bounced": happened(rows["bounced_at"]),
        "declined": happened(rows["declined_at"]),
        "properties": list(rows["properties"]),
    }


INVITATION_FACTS = Source(
    INVITATIONS, lambda: Invitation.objects.filter(is_test=False), _FIELDS, _shape
)
