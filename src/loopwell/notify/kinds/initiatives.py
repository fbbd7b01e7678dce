"""How are people told what happens to initiatives?"""

from collections.abc import Callable

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loopwell.notify.enums import Urgency
from loopwell.notify.kinds.registry import Kind, Seen, page, register

Words = Callable[[Seen], str]


def _proposed(seen: Seen) -> str:
    return _("%(who)s proposed an initiative: %(title)s") % seen.named()


def _given(seen: Seen) -> str:
    return _("%(who)s made you the owner of an initiative: %(title)s") % seen.named()


def _approved(seen: Seen) -> str:
    return _("The initiative was approved: %(title)s") % seen.named()


def _moved(seen: Seen) -> str:
    return _("%(who)s moved an initiative to another state: %(title)s") % seen.named()


def _agreed(seen: Seen) -> str:
    return _("Finance agreed to the figures of the initiative: %(title)s") % seen.named()


def _not_agreed(seen: Seen) -> str:
    return _("Finance no longer agrees to the figures of the initiative: %(title)s") % (
        seen.named()
    )


def _task(seen: Seen) -> str:
    facts = {**seen.named(), "task": seen.fact("task")}
    return _("%(who)s gave you a task in the initiative “%(title)s”: %(task)s") % facts


def _done(seen: Seen) -> str:
    return _("Something is done in your initiative: %(title)s") % seen.named()


def _commented(seen: Seen) -> str:
    return _("%(who)s wrote about your initiative: %(title)s") % seen.named()


def _late(seen: Seen) -> str:
    return _("Something of yours is late in the initiative: %(title)s") % seen.named()


def _solved(seen: Seen) -> str:
    return _("What you helped to find was solved: %(title)s") % seen.named()


def _written(seen: Seen) -> str:
    return _("%(who)s approved your message about the initiative: %(title)s") % seen.named()


def _decided(seen: Seen) -> str:
    return _("It was decided to do your initiative: %(title)s") % seen.named()


KINDS_HERE: tuple[tuple[str, str | Promise, Words, Urgency], ...] = (
    ("proposed", gettext_lazy("An initiative was proposed"), _proposed, Urgency.MAY_WAIT),
    ("given", gettext_lazy("You own an initiative"), _given, Urgency.SOON),
    ("approved", gettext_lazy("Your initiative was approved"), _approved, Urgency.SOON),
    ("idea", gettext_lazy("Your initiative is an idea again"), _moved, Urgency.SOON),
    ("running", gettext_lazy("Your initiative has begun"), _moved, Urgency.MAY_WAIT),
    ("done", gettext_lazy("Your initiative is done"), _moved, Urgency.MAY_WAIT),
    ("stopped", gettext_lazy("Your initiative was stopped"), _moved, Urgency.SOON),
    ("agreed", gettext_lazy("Finance agreed to your initiative"), _agreed, Urgency.SOON),
    ("agreement_lost", gettext_lazy("Figures you agreed to were changed"), _not_agreed,
     Urgency.SOON),
    ("agreement_withdrawn", gettext_lazy("Finance took back its agreement"), _not_agreed,
     Urgency.SOON),
    ("task_given", gettext_lazy("You have a task in an initiative"), _task, Urgency.SOON),
    ("task_done", gettext_lazy("A task of your initiative is done"), _done, Urgency.MAY_WAIT),
    ("milestone_done", gettext_lazy("Your initiative reached a milestone"), _done,
     Urgency.MAY_WAIT),
    ("commented", gettext_lazy("Somebody wrote about your initiative"), _commented,
     Urgency.MAY_WAIT),
    ("chosen", gettext_lazy("Your initiative was chosen"), _decided, Urgency.SOON),
    ("solved", gettext_lazy("What you raised was solved"), _solved, Urgency.SOON),
    ("message_approved", gettext_lazy("A message you wrote was approved"), _written,
     Urgency.SOON),
    ("late", gettext_lazy("Something of yours is late in an initiative"), _late, Urgency.SOON),
)  # fmt: skip

for _name, _label, _words, _urgency in KINDS_HERE:
    register(Kind(f"initiative.{_name}", _label, _urgency, _words,
                  page("initiatives:initiative", "ref")))  # fmt: skip
