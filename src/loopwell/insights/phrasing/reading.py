"""What does an address ask, and which of its words make no sense?"""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, cast

from django.http import QueryDict
from django.utils.translation import gettext as _

from loopwell.access.queries import visible_units, visible_users
from loopwell.access.rules import Actor
from loopwell.insights.asking import GRAINS, Against, Grain
from loopwell.insights.metrics import METRICS
from loopwell.insights.phrasing.asked import PICTURES, TEXTS, WORDS, Asked, Narrowed, Problem, Thing
from loopwell.insights.phrasing.periods import DEFAULT_PERIOD, PERIODS
from loopwell.insights.questions import can_be_asked, filtered_by
from loopwell.insights.warehouse.tables import PROPERTY
from loopwell.people.queries import properties, visible_accounts
from loopwell.responses.queries.naming import reads_name
from loopwell.surveys.enums import SurveyKind
from loopwell.surveys.queries import visible_to as visible_surveys

_OWN = ("metric", "by", "by2", "grain", "period", "from", "to", "vs", "competitor", "picture",
        "beside")  # fmt: skip
LONGEST = 200


def from_query(
    query: QueryDict | str, actor: Actor, now: datetime, *, also: Collection[str] = ()
) -> Asked:
    """What the address asks; a word that makes no sense is left out and told in `problems`.

    `also` are the page's own words. A unit, person, account or survey that the actor does not see
    is as unknown as one that does not exist.
    """
    words = QueryDict(query) if isinstance(query, str) else query
    said = {name: text.strip() for name, text in words.items() if isinstance(text, str)}
    return _Reader({n: t for n, t in said.items() if t and n not in also}, actor).asked()


class _Reader:
    """One address, read word by word."""

    def __init__(self, words: Mapping[str, str], actor: Actor) -> None:
        self.words, self.actor = words, actor
        self.problems: list[Problem] = []

    def asked(self) -> Asked:
        self._unknown_words()
        metric = self._one_of("metric", METRICS, "nps")
        against = self._one_of("vs", [each.value for each in Against], "")
        start, end = self._days()
        found = Asked(
            metric=metric,
            by=self._by(metric),
            grain=cast("Grain", self._one_of("grain", GRAINS, "")),
            period="" if start or end else self._one_of("period", PERIODS, DEFAULT_PERIOD),
            start=start,
            end=end,
            narrowed=self._narrowed(metric, ""),
            against=Against(against) if against else None,
            other=self._narrowed(metric, "o_") if against == Against.SEGMENT else Narrowed(),
            competitor=self.words.get("competitor", "")[:LONGEST],
            picture=self._one_of("picture", PICTURES, ""),
            beside=self._one_of("beside", ("1",), "") == "1",
        )
        return replace(found, problems=tuple(self.problems))

    def wrong(self, word: str, reason: str) -> None:
        self.problems.append(Problem(word, self.words[word], reason))

    def _unknown_words(self) -> None:
        known = {*_OWN, *WORDS, *(f"o_{word}" for word in WORDS)}
        for word in self.words:
            if word not in known and not word.removeprefix("o_").startswith("p_"):
                self.wrong(word, _("There is no such word."))

    def _one_of(self, word: str, known: Collection[str], default: str) -> str:
        said = self.words.get(word, "")
        if not said or said in known:
            return said or default
        self.wrong(word, _("Use one of: %(known)s.") % {"known": ", ".join(known)})
        return default

    def _by(self, metric: str) -> tuple[str, ...]:
        found: list[str] = []
        for word in ("by", "by2"):
            said = self.words.get(word, "")
            if not said or said in found:
                continue
            if self._can_be(metric, said, word):
                found.append(said)
        return tuple(found)

    def _can_be(self, metric: str, dimension: str, word: str) -> bool:
        name = dimension.removeprefix("property:")
        declared = dimension == name or name in {each.name for each in properties()}
        if declared and can_be_asked(metric, dimension):
            return True
        self.wrong(
            word,
            _("“%(metric)s” cannot be cut or narrowed by this.") % {"metric": METRICS[metric].name},
        )
        return False

    def _days(self) -> tuple[date | None, date | None]:
        start, last = self._date("from"), self._date("to")
        if start and last and last < start:
            self.wrong("to", _("The last day is before the first."))
            return start, None
        return start, last + timedelta(days=1) if last else None

    def _date(self, word: str) -> date | None:
        said = self.words.get(word, "")
        try:
            found = date.fromisoformat(said) if said else None
        except ValueError:
            found = None
        if said and (found is None or not 1970 <= found.year < 2200):
            self.wrong(word, _("Write the day as 2026-03-04."))
            return None
        return found

    def _narrowed(self, metric: str, prefix: str) -> Narrowed:
        values: dict[str, Any] = {}
        for name, word in TEXTS.items():
            values[name] = self.words.get(prefix + word, "")[:LONGEST]
        if values["kind"]:
            values["kind"] = self._one_of(f"{prefix}kind", SurveyKind.values, "")
        if values["category"]:
            known = ("promoter", "passive", "detractor")
            values["category"] = self._one_of(f"{prefix}category", known, "")
        values["survey"] = self._survey(f"{prefix}survey")
        values["unit"] = self._unit(f"{prefix}unit")
        values["employee"] = self._employee(f"{prefix}employee")
        values["account"] = self._account(f"{prefix}account")
        values["scores"] = self._scores(f"{prefix}score")
        values["weekday"] = self._number(f"{prefix}weekday", 6)
        values["hour"] = self._number(f"{prefix}hour", 23)
        values["properties"] = self._properties(f"{prefix}p_")
        return self._heeded(metric, Narrowed(**values), prefix)

    def _heeded(self, metric: str, found: Narrowed, prefix: str) -> Narrowed:
        """Without the filters that the facts behind the metric do not know."""
        for dimension in filtered_by(found.filters()):
            if can_be_asked(metric, dimension):
                continue
            name = dimension.removeprefix("property:")
            if name != dimension:
                rest = tuple(pair for pair in found.properties if pair[0] != name)
                found = replace(found, properties=rest)
                word = f"{prefix}p_{name}"
            else:
                field = "scores" if name == "score" else name
                word = prefix + TEXTS.get(field, name)
                nothing: dict[str, Any] = {field: "" if field in TEXTS else None}
                found = replace(found, **nothing)
            self.wrong(
                word,
                _("“%(metric)s” cannot be cut or narrowed by this.")
                % {"metric": METRICS[metric].name},
            )
        return found

    def _survey(self, word: str) -> str:
        ref = self.words.get(word, "")
        if not ref or visible_surveys(self.actor).filter(ref=ref).exists():
            return ref
        self.wrong(word, _("There is no such survey."))
        return ""

    def _unit(self, word: str) -> Thing | None:
        ref = self.words.get(word, "")
        rows = visible_units(self.actor).filter(ref=ref) if ref else None
        found = rows.values_list("pk", "ref", "name", "path").first() if rows is not None else None
        if ref and found is None:
            self.wrong(word, _("There is no such unit."))
        return Thing(*found) if found else None

    def _employee(self, word: str) -> Thing | None:
        """Who reads only own feedback by name cannot ask about a colleague."""
        ref = self.words.get(word, "")
        found = visible_users(self.actor).filter(ref=ref).first() if ref else None
        if found is not None and reads_name(self.actor, found.pk):
            return Thing(found.pk, found.ref, found.name)
        if ref:
            self.wrong(word, _("There is no such person."))
        return None

    def _account(self, word: str) -> Thing | None:
        ref = self.words.get(word, "")
        found = visible_accounts(self.actor).filter(ref=ref).first() if ref else None
        if ref and found is None:
            self.wrong(word, _("There is no such account."))
        return Thing(found.pk, found.ref, found.name) if found else None

    def _scores(self, word: str) -> tuple[int, int] | None:
        said = self.words.get(word, "")
        if not said:
            return None
        low, dash, high = said.partition("-")
        parts = (low, high if dash else low)
        if all(part.isascii() and part.isdecimal() and int(part) <= 10 for part in parts):
            found = int(parts[0]), int(parts[1])
            if found[0] <= found[1]:
                return found
        self.wrong(word, _("Write a score from 0 to 10, or two such as 0-6."))
        return None

    def _number(self, word: str, highest: int) -> int | None:
        said = self.words.get(word, "")
        if said.isascii() and said.isdecimal() and int(said) <= highest:
            return int(said)
        if said:
            self.wrong(word, _("Write a number from 0 to %(highest)s.") % {"highest": highest})
        return None

    def _properties(self, prefix: str) -> tuple[tuple[str, str], ...]:
        said = {w.removeprefix(prefix): t for w, t in self.words.items() if w.startswith(prefix)}
        if not said:
            return ()
        known = {each.name for each in properties()}
        found = []
        for name, text in sorted(said.items()):
            if PROPERTY.fullmatch(name) and name in known:
                found.append((name, text[:LONGEST]))
            else:
                self.wrong(f"{prefix}{name}", _("There is no such property."))
        return tuple(found)
