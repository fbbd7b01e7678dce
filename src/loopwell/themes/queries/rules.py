"""Which rules are there, and which of them speak for which theme today?"""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from django.utils.translation import gettext as _

from loopwell.kit.errors import Invalid, NotFound
from loopwell.themes.enums import Sentiment, ThemeKind
from loopwell.themes.models import TextRule, Theme
from loopwell.themes.rules.finding import ReadyRule
from loopwell.themes.rules.patterns import Patterns, patterns_of


def rule_by_ref(ref: str) -> TextRule:
    found = TextRule.objects.select_related("theme").filter(ref=ref).first()
    if found is None:
        raise NotFound(_("There is no such rule."))
    return found


def speaking_rules() -> tuple[list[ReadyRule], list[TextRule]]:
    """Those that are on, each for the theme that stands for its own today; a retired theme has
    no rule that speaks. Beside them those that are on and cannot be read any more."""
    themes = {theme.pk: theme for theme in Theme.objects.all()}
    ready, broken = [], []
    for rule in TextRule.objects.filter(is_on=True).order_by("pk"):
        theme = standing_for(themes[rule.theme_id], themes)
        try:
            if theme is not None:
                ready.append(made_ready(rule, theme))
        except Invalid:
            broken.append(rule)
    return ready, broken


def made_ready(rule: TextRule, theme: Theme | None = None) -> ReadyRule:
    """Raises Invalid where a line cannot be used."""
    theme = theme or rule.theme
    feeling = feeling_of(theme) if rule.sentiment is None else rule.sentiment
    patterns = _patterns(rule.patterns, rule.exceptions, regular=rule.is_regular)
    return ReadyRule(rule.pk or 0, theme.pk, feeling, patterns)


def standing_for(theme: Theme, themes: Mapping[int, Theme]) -> Theme | None:
    """The one that it was merged into, and so on; None where that is retired."""
    seen = {theme.pk}
    while theme.merged_into_id is not None and theme.merged_into_id not in seen:
        theme = themes[theme.merged_into_id]
        seen.add(theme.pk)
    return theme if theme.retired_at is None else None


def themes_of_rules(themes: Iterable[Theme]) -> set[int]:
    """For which themes the rules of these speak today."""
    known = {theme.pk: theme for theme in Theme.objects.all()}
    stand = (standing_for(theme, known) for theme in themes)
    return {theme.pk for theme in stand if theme is not None}


def feeling_of(theme: Theme) -> int:
    """Of a rule that says nothing of the feeling: that of the theme's kind."""
    return Sentiment.POSITIVE if theme.kind == ThemeKind.DELIGHT else Sentiment.NEGATIVE


@lru_cache(500)
def _patterns(lines: str, exceptions: str, *, regular: bool) -> Patterns:
    return patterns_of(lines, exceptions, regular=regular)
