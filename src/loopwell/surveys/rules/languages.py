"""Which languages does a version speak, and which of them does one customer read?"""

from loopwell.surveys.models import Version


def languages_of(version: Version) -> list[str]:
    """The version's languages, its default first."""
    others = sorted(code for code in version.texts if code != version.default_language)
    return [version.default_language, *others]


def language_for(version: Version, language: str) -> str:
    """What a customer of this language reads: theirs ("ru-RU" is "ru"), else the default."""
    wanted = language.strip().lower().replace("_", "-").split("-")[0]
    return wanted if wanted in version.texts else version.default_language
