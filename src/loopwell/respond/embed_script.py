"""What does a website load: the script of one link with its words, look and rules, as one file?"""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from loopwell.respond.pages import direction, dressed
from loopwell.sampling.linking.opening import Opened
from loopwell.surveys.brand import Look, look_for

HERE = Path(__file__).parent
SCORES = range(11)


@cache
def engine() -> str:
    """The script without its comments and indentation."""
    lines = (HERE / "embed.js").read_text(encoding="utf-8").splitlines()
    return "\n".join(line.strip() for line in lines if not line.strip().startswith("//"))


def sheet(look: Look) -> str:
    """The style of our pages as it must be inside somebody else's: rem means something else
    there, nothing may be called root, and what is said of the whole page concerns nobody."""
    ours, _policy = dressed(look)
    ours = re.sub(r"(?<=[}\s])(body|main)(?={)", ".none", ours.replace(":root", ":host"))
    return ":host{all:initial}" + _pixels(ours) + _own()


@cache
def _own() -> str:
    text = (HERE / "embed.css").read_text(encoding="utf-8")
    return re.sub(r"\s*([{};,])\s*|(?<=:)\s+", r"\1", " ".join(text.split()))


def _pixels(style: str) -> str:
    return re.sub(r"(\d*\.?\d+)rem\b", lambda found: f"{float(found[1]) * 16:g}px", style)


def script_for(link: Opened, origin: str) -> str:
    """One expression; `origin` is where answers go, the address this was loaded from."""
    wanted = link.settings
    facts = {
        "ref": link.ref,
        "url": origin + reverse("open:embed", args=[link.ref]),
        "place": wanted.place,
        "language": link.language,
        "fallback": link.version.default_language,
        "rules": {
            "delay": wanted.delay,
            "scroll": wanted.scroll,
            "pages": wanted.pages,
            "share": wanted.share,
            "only": list(wanted.only_on),
            "not": list(wanted.not_on),
            "rest": wanted.rest_days,
        },
        "css": sheet(look_for(link.version.survey.kind)),
        "pages": {code: _words(link, code) for code in link.languages},
    }
    text = json.dumps(facts, ensure_ascii=False, separators=(",", ":"))
    return f"{engine()}({text});\n"


def _words(link: Opened, language: str) -> dict[str, Any]:
    texts = link.texts(language)
    with override(language):
        return {
            "dir": direction(language),
            "title": texts["question"],
            "close": _("Close"),
            "fail": _("It did not arrive. Please try again."),
            "html": render_to_string(
                "respond/embed_start.html", {"texts": texts, "scores": SCORES}
            ).strip(),
        }
