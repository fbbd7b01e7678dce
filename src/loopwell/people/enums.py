"""Which roles does a contact play in the client's decision, and of which kind is a property?"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class DecisionRole(TextChoices):
    DECIDES = "decides", _("Decides")
    INFLUENCES = "influences", _("Influences")
    USES = "uses", _("Uses")


class UploadKind(TextChoices):
    CUSTOMERS = "customers", _("Customers")
    ACCOUNTS = "accounts", _("Accounts")
    ANSWERS = "answers", _("Historic answers")
    INTERACTIONS = "interactions", _("Interactions")
    PANEL = "panel", _("Competitors' scores")
    KEY_FIGURES = "key_figures", _("Key figures of units")
    TARGETS = "targets", _("Targets")
    REPORTS = "reports", _("Complaints and other reports")


class UnknownCustomers(TextChoices):
    HOLD = "hold", _("Hold the interaction until somebody decides")
    CREATE = "create", _("Create the customer")
    REFUSE = "refuse", _("Refuse the interaction")


class PropertyKind(TextChoices):
    TEXT = "text", _("Text")
    NUMBER = "number", _("Number")
    DATE = "date", _("Date")
    YES_NO = "yes_no", _("Yes or no")
