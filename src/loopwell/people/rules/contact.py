"""How are e-mail addresses, phone numbers and languages written the same way everywhere?"""

import re
from functools import lru_cache
from importlib import resources
from zoneinfo import available_timezones

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

E164 = re.compile(r"\+[1-9]\d{7,14}")
NOISE = re.compile(r"[\s\u00a0().\-/]+")

# Names (in English, in the language itself, and three-letter codes) of languages people export.
LANGUAGES = {
    "en": "english eng англійська английский angielski anglais englisch inglés",
    "ru": "russian rus русский російська rosyjski russe russisch",
    "uk": "ukrainian ukr українська украинский ukraiński ukrainien ukrainisch ua",
    "pl": "polish pol polski польский польська polonais polnisch",
    "de": "german deu ger deutsch немецкий німецька niemiecki allemand",
    "fr": "french fra fre français francais французский французька francuski französisch",
    "es": "spanish spa español espanol испанский іспанська hiszpański espagnol spanisch",
    "it": "italian ita italiano итальянский італійська włoski italien italienisch",
    "pt": "portuguese por português portugues",
    "nl": "dutch nld dut nederlands",
    "cs": "czech ces cze čeština česky",
    "sk": "slovak slk slo slovenčina",
    "lt": "lithuanian lit lietuvių",
    "lv": "latvian lav latviešu",
    "ro": "romanian ron rum română",
    "hu": "hungarian hun magyar",
    "tr": "turkish tur türkçe",
    "he": "hebrew heb עברית iw",
    "ar": "arabic ara العربية",
    "zh": "chinese zho chi 中文",
    "ja": "japanese jpn 日本語",
    "kk": "kazakh kaz қазақ казахский",
    "be": "belarusian bel беларуская белорусский",
}
_BY_NAME = {name: code for code, names in LANGUAGES.items() for name in [code, *names.split()]}


def normal_email(text: str) -> str | None:
    """Lower case without `mailto:`, angle brackets and spaces; None when it is no address."""
    address = text.strip().removeprefix("mailto:").strip("<> ").lower()
    try:
        validate_email(address)
    except ValidationError:
        return None
    return address if len(address) <= 254 else None


def normal_phone(text: str, region: str = "") -> tuple[str, bool]:
    """The number as E.164 and True; as written and False when it cannot be understood.

    `region` (two letters) tells what numbers without a country code mean.
    """
    bare = NOISE.sub("", text)
    if bare.startswith("00"):
        bare = "+" + bare[2:]
    if E164.fullmatch(bare):
        return bare, True
    try:
        number = phonenumbers.parse(text, region or None)
    except phonenumbers.NumberParseException:
        return text.strip()[:32], False
    if not phonenumbers.is_possible_number(number):
        return text.strip()[:32], False
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164), True


def normal_language(text: str) -> str | None:
    """A two-letter code from “Russian”, “ru-RU”, “RUS”; None when it is no language known."""
    word = text.strip().lower().replace("_", "-")
    found = _BY_NAME.get(word) or _BY_NAME.get(word.split("-")[0].split(" ")[0])
    if found is None and re.fullmatch(r"[a-z]{2}(-[a-z0-9]{2,8})?", word):
        return word[:2]
    return found


@lru_cache(maxsize=1)
def _zones() -> dict[str, str]:
    return {name.lower(): name for name in available_timezones()}


def normal_time_zone(text: str) -> str | None:
    """The zone's IANA name from “europe/warsaw” or “Europe/New York”; None when unknown."""
    return _zones().get(text.strip().replace(" ", "_").lower())


@lru_cache(maxsize=1)
def _regions() -> dict[str, str]:
    table = resources.files("tzdata") / "zoneinfo" / "zone.tab"
    lines = table.read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return {row[2]: row[0] for row in rows}


def region_of(time_zone: str) -> str:
    """The country of a time zone (“Europe/Warsaw” → “PL”), empty when it has none."""
    return _regions().get(time_zone, "")
