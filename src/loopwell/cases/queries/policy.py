"""How does the company close loops?"""

from loopwell.cases.models import Policy


def policy() -> Policy:
    """The one row; with every default while nobody has saved it."""
    return Policy.objects.order_by("pk").first() or Policy()
