"""Which roles do people have, and which rights can a role or an API key carry?"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class UnitKind(TextChoices):
    COMPANY = "company", _("Company")
    REGION = "region", _("Region")
    BRANCH = "branch", _("Branch")
    TEAM = "team", _("Team")


class Role(TextChoices):
    ADMINISTRATOR = "administrator", _("Administrator")
    PROGRAMME = "programme", _("Programme manager")
    ANALYST = "analyst", _("Analyst")
    EXECUTIVE = "executive", _("Executive")
    FINANCE = "finance", _("Finance")
    MANAGER = "manager", _("Manager")
    SUPERVISOR = "supervisor", _("Supervisor")
    FRONT_LINE = "front_line", _("Front line")
    CALL_BACK = "call_back", _("Call-back team")
    ACCOUNT_MANAGER = "account_manager", _("Account manager")
    FUNCTION = "function", _("Back-office function")


class Right(TextChoices):
    """What an operation asks for; roles and API keys are sets of these."""

    READ_ANSWERS = "answers:read", _("Read answers and numbers")
    WRITE_ANSWERS = "answers:write", _("Record answers")
    READ_CUSTOMERS = "customers:read", _("Read customers and accounts")
    WRITE_CUSTOMERS = "customers:write", _("Add and change customers, accounts and interactions")
    READ_CASES = "cases:read", _("Read cases")
    WORK_CASES = "cases:write", _("Work on cases")
    COACH = "people:coach", _("Write to employees about feedback and lead huddles")
    PUBLISH = "news:write", _("Publish stories, notices and training")
    RUN_SURVEYS = "surveys:write", _("Edit surveys and send them")
    IMPORT_DATA = "imports:write", _("Import files")
    SET_TARGETS = "targets:write", _("Set targets and bring in key figures and benchmarks")
    MANAGE_ACCESS = "access:write", _("Manage people, units, keys and rules")
    READ_STATUS = "status:read", _("See how the installation is doing")
