"""How is a call led where the company has written nothing of its own, and who is {customer}?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import override

PLACEHOLDERS = ("customer", "agent", "company")
MOST_STEPS = 12
Steps = Sequence[Mapping[str, str]]


@dataclass(frozen=True)
class Step:
    title: str
    text: str


def default_steps(language: str) -> list[Step]:
    """The five steps of every call, with placeholders."""
    with override(language):
        return [
            Step(
                _("Apologise"),
                _(
                    "“Hello {customer}, this is {agent} from {company}. Thank you for your honest "
                    "answer. I am sorry that we let you down.” Do not explain yet."
                ),
            ),
            Step(
                _("Listen"),
                _("“Please tell me what happened.” Let them finish. Say back what you heard."),
            ),
            Step(
                _("Find out what really happened"),
                _("Ask why, and why again, until you understand what we did or did not do."),
            ),
            Step(
                _("Solve"),
                _("Solve it now if you can. If not, say who will, and by when. Offer redress."),
            ),
            Step(
                _("Agree on the next step"),
                _("Say what happens next and when. Thank them. Write it down here."),
            ),
        ]


def chosen_steps(written: Mapping[str, Steps], language: str) -> list[Step]:
    """In this language, else in English; empty where the company wrote none."""
    rows = written.get(language) or written.get("en") or ()
    return [Step(row.get("title", ""), row.get("text", "")) for row in rows]


def filled(steps: Sequence[Step], facts: Mapping[str, str]) -> list[Step]:
    """Only the known placeholders are replaced: other braces stand as written."""

    def fill(text: str) -> str:
        for name in PLACEHOLDERS:
            text = text.replace(f"{{{name}}}", facts.get(name, ""))
        return text

    return [Step(fill(step.title), fill(step.text)) for step in steps]
