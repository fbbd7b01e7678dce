"""Which invitations may be shown as unanswered?"""

from django.db.models import Q

from loopwell.surveys.enums import ANONYMOUS

UNANSWERED = Q(answered_at=None) & ~Q(version__survey__kind__in=ANONYMOUS)
"""Of anonymous surveys none: what were missing there would have answered."""
