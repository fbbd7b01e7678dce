"""Which message and page show a look, and what is to be said about its colour?"""

from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from loopwell.access.rules import Actor
from loopwell.delivery.enums import Purpose
from loopwell.delivery.letters import PREVIEW_TOKEN, Letter, company_name, write_letter
from loopwell.surveys.brand import Look, hides_us
from loopwell.surveys.brand_rules import WHITE, contrast, is_pale
from loopwell.surveys.queries import published, sendable
from loopwell.surveys.rules import filled, texts_for
from loopwell.surveys.templates import TEMPLATES, as_version

NAMES = {"en": "Anna Brown", "ru": "Анна Смирнова", "uk": "Олена Коваленко", "pl": "Anna Nowak"}


@dataclass(frozen=True)
class Sample:
    """One message and the words of one page in a look."""

    letter: Letter
    texts: dict[str, str]
    look: Look
    company: str
    scores: range = range(11)


def sample_for(actor: Actor, look: Look, *, language: str) -> Sample:
    """The first survey that customers get; without any, our ready-made one."""
    live = (published(each) for each in sendable(actor) if not hides_us(each.kind))
    version = next(live, None) or as_version(TEMPLATES["relationship"])
    company, name = company_name(), NAMES.get(language, NAMES["en"])
    letter = write_letter(
        version=version,
        purpose=Purpose.INVITATION,
        language=language,
        name=name,
        token=PREVIEW_TOKEN,
        company=company,
        look=look,
        logo_src=look.logo_data_uri,
    )
    texts = filled(texts_for(version, letter.language), company=company, name=name)
    return Sample(letter=letter, texts=texts, look=look, company=company)


def note_on(look: Look) -> str:
    """How well white can be read on the colour, and what we do where it cannot."""
    ratio = number_format(round(contrast(WHITE, look.colour), 1), 1)
    if not is_pale(look.colour):
        return _("White text on this colour reads well: contrast %(ratio)s, at least 4.5.") % {
            "ratio": ratio
        }
    return _(
        "This colour is pale: white text on it has a contrast of %(ratio)s and needs 4.5. Buttons "
        "get dark text, and numbers and links are written in %(darker)s."
    ) % {"ratio": ratio, "darker": look.text_colour}
