"""Which words show a theme in the comments of the demo company?"""

from datetime import datetime, timedelta

from loopwell.access.enums import Role
from loopwell.access.models import User
from loopwell.themes.models import TextRule, Theme
from loopwell.themes.operations.ruling import ask_for_history

WRITTEN = timedelta(days=45)
WAITING = """
wait
queue
on hold
cut off
nobody picks up
ждать
прождать
очередь
дозвониться
чекати
черга
додзвонитися
czekać
kolejka
dodzwonić się
"""
NO_WAITING = """
no wait*
no queue
long queue
долгой очереди
довгої черги
długą kolejkę
одразу
сразу
od razu
w minutę
за минуту
за хвилину
courier
parcel
курьер*
кур'єр*
kurier*
"""
PRICE = """
too expensive
price go up
price increase
increase of the tariff
дорого
подняли цену
подорожание
задорого
підняли ціну
подорожчання
drogo
podwyżka
"""
LATE = """
days late
hours late
courier never
delivery be moved
stuck at the depot
nobody come
дня позже
курьер не
доставку переносили
дні пізніше
кур'єр не
доставку переносили
dni później
kurier nie
dostawę przekładano
"""
WRONG_SUM = r"""
\d+ (euros?|евро|євро|euro) (instead|вместо|замість|zamiast)
charged (me )?twice
(списали|зняли|pobra\w+) .{0,30}(дважды|два раза|двічі|dwa razy|dwukrotnie)
"""
RULES = (
    ("long-waiting", WAITING, NO_WAITING.strip(), False),
    ("price", PRICE, "not expensive\nне дорого\nнедорого\nnie drogo", False),
    ("late-delivery", LATE, "", False),
    ("billing-error", WRONG_SUM, "", True),
)
"""Theme, lines, exceptions, whether they are expressions. Not perfect, as in life: the page says
how often people disagree."""


def load_text_rules(now: datetime) -> None:
    """After the themes: the rules are on. They read every comment in the background, since the
    dictionaries of base forms are built when the first word is looked up."""
    author = User.objects.filter(is_demo=True, memberships__role=Role.PROGRAMME).order_by("pk")[0]
    themes = {theme.slug: theme for theme in Theme.objects.all()}
    for slug, lines, exceptions, is_regular in RULES:
        TextRule.objects.create(
            theme=themes[slug], patterns=lines.strip(), exceptions=exceptions,
            is_regular=is_regular, is_on=True, made_by=author, changed_at=now - WRITTEN,
            is_demo=True,
        )  # fmt: skip
        ask_for_history(theme=themes[slug].pk, now=now)
