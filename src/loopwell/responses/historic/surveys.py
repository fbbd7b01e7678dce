"""Which survey does an imported answer belong to, found or made?"""

from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from loopwell.access.rules import Actor
from loopwell.people.importing.runner import CannotImport
from loopwell.responses.anonymity import is_anonymous
from loopwell.surveys.enums import SurveyKind
from loopwell.surveys.models import Survey
from loopwell.surveys.operations import create_survey


class SurveyShelf:
    """Surveys by name; one not known is made when writing, and only imagined in a trial."""

    def __init__(self, actor: Actor, ref: str, name: str) -> None:
        self.actor = actor
        self.made = 0
        self._by_name = {s.name.casefold(): s for s in Survey.objects.order_by("-id")}
        self._default = name
        if ref:
            chosen = Survey.objects.filter(ref=ref).first()
            if chosen is None:
                raise CannotImport(_("The survey chosen is gone: choose another."))
            self._default = chosen.name
            self._by_name[chosen.name.casefold()] = chosen

    def named(self, name: str | None, *, write: bool, now: datetime) -> Survey:
        wanted = (name or self._default).strip()[:200]
        found = self._by_name.get(wanted.casefold())
        if found is None or (write and found.pk is None):
            found = self._make(wanted, now) if write else Survey(name=wanted)
            self._by_name[wanted.casefold()] = found
            self.made += 1
        if is_anonymous(found.kind):
            raise CannotImport(
                _("“%(survey)s” is anonymous: a file with names cannot be added to it.")
                % {"survey": found.name}
            )
        return found

    def _make(self, name: str, now: datetime) -> Survey:
        language = settings.LANGUAGE_CODE.split("-")[0]
        return create_survey(
            actor=self.actor,
            name=name,
            kind=SurveyKind.RELATIONSHIP,
            languages=[language],
            now=now,
        )
