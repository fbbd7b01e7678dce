"""`python tools/messages.py [update|compile|check]`: are all words translated?

update collects new words into the catalogues (needs GNU gettext), compile writes the .mo files
that ship with the package, check says what is missing and exits with 1 if anything is.
"""

import os
import sys
import tempfile
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "src/loopwell/locale"
LANGUAGES = ("ru", "uk", "pl")


def catalogue(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES/django.po"


def update() -> int:
    os.environ.setdefault("LOOPWELL_DATA_DIR", tempfile.mkdtemp(prefix="loopwell-messages-"))
    from loopwell.config.manage import run

    for language in LANGUAGES:
        catalogue(language).parent.mkdir(parents=True, exist_ok=True)
    os.chdir(ROOT / "src/loopwell")
    wanted = [word for language in LANGUAGES for word in ("--locale", language)]
    return run(
        ["makemessages", *wanted, "--no-location", "--no-wrap", "--extension", "html,txt,py"]
    )


def compile_all() -> int:
    for language in LANGUAGES:
        with catalogue(language).open("rb") as source:
            words = read_po(source, locale=language)
        with catalogue(language).with_suffix(".mo").open("wb") as target:
            write_mo(target, words)
    return check()


def missing(language: str) -> list[str]:
    """Words without a translation in this language, and those that gettext only guessed."""
    with catalogue(language).open("rb") as source:
        words = read_po(source, locale=language)
    found = []
    for word in words:
        texts = word.string if isinstance(word.string, tuple) else (word.string,)
        if word.id and (word.fuzzy or not all(texts)):
            found.append(word.id if isinstance(word.id, str) else word.id[0])
    return found


def check() -> int:
    count = 0
    for language in LANGUAGES:
        for words in missing(language):
            print(f"{language}: {words!r}")
            count += 1
    print(f"{count} missing")
    return 1 if count else 0


if __name__ == "__main__":
    steps = {"update": update, "compile": compile_all, "check": check}
    sys.exit(steps[sys.argv[1] if len(sys.argv) > 1 else "check"]())
