"""How does the mailbox for replies stand?"""

from loopwell.access.enums import Right
from loopwell.access.rules import Actor
from loopwell.integrations.imap.models import Mailbox, Security

SECURITIES = Security.choices


def mailbox(actor: Actor) -> Mailbox | None:
    """Without its password. For those who see how the installation is doing."""
    if not (actor.may(Right.MANAGE_ACCESS) or actor.may(Right.READ_STATUS)):
        return None
    return Mailbox.objects.defer("sealed").first()
