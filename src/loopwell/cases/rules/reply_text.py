"""What did somebody write themselves in a mail, and what is the quoted history under it?"""

import re
from html.parser import HTMLParser

from mailparser_reply.parser import EmailReplyParser

LANGUAGES = ["en", "pl", "de", "fr", "es", "it", "cs", "nl", "sv"]
LOOKED_AT = 20_000
"""Characters in which quoted history is looked for: nobody types more above it."""
PARSED_UP_TO = 4_000
"""The library's patterns take seconds for longer texts made to be slow."""
_NAMES = (
    "Original Message|Исходное сообщение|Пересылаемое сообщение|Вихідне повідомлення|"
    "Переслане повідомлення|Wiadomość oryginalna|Oryginalna wiadomość"
)
_BOUNDARIES = [
    re.compile(pattern, re.MULTILINE | re.IGNORECASE)
    for pattern in (
        # “4 мар. 2026 г., Acme <care@acme.example>:” before quoted lines, in any language
        r"^(?=[^\n]{0,300}\n?[^\n]{0,200}@)[^>\n][^\n]{4,300}(?:\n[^>\n]{1,200})?:[ \t]*\n\s*>",
        rf"^-{{2,}}[ \t]*(?:{_NAMES})\b.*$",
        r"^(?:От|Від|Od|From|Von|De):[^\n]*\n(?:[^\n]*\n)?"
        r"(?:Отправлено|Дата|Надіслано|Wysłano|Data|Sent|Date|Gesendet|Кому|To|Do):",
        r"^_{20,}[ \t]*$",
    )
]
_SILENT = frozenset({"script", "style", "head", "title", "template", "noscript"})
_BLOCKS = frozenset(
    {"p", "div", "br", "tr", "li", "h1", "h2", "h3", "h4", "table", "ul", "ol", "hr", "blockquote"}
)


def split_reply(text: str) -> tuple[str, str]:
    """The person's own words, and the rest; a mail of nothing but a quotation is kept as it is."""
    plain = re.sub(r"\n[ \t]*(?:\n[ \t]*){3,}", "\n\n\n", text.replace("\r\n", "\n")).strip()
    cuts = [found.start() for each in _BOUNDARIES if (found := each.search(plain[:LOOKED_AT]))]
    own = _without_quoted_end(plain[: min(cuts)] if cuts else plain)
    if own and len(own) <= PARSED_UP_TO:
        parsed = EmailReplyParser(languages=LANGUAGES).read(own).latest_reply
        own = (parsed or "").strip() or own
    if not own:
        return plain, ""
    rest = plain[len(own) :].strip() if plain.startswith(own) else plain
    return own, rest


def _without_quoted_end(text: str) -> str:
    lines = text.split("\n")
    while lines and (not lines[-1].strip() or lines[-1].startswith(">")):
        lines.pop()
    return "\n".join(lines).rstrip()


def html_to_text(html: str) -> str:
    """The words alone: nothing is run and nothing loaded; quotations get their marks."""
    reader = _Words()
    reader.feed(html)
    reader.close()
    lines = [re.sub(r"[ \t\xa0]+", " ", line).strip() for line in "".join(reader.parts).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._silent = 0
        self._quoted = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent += 1
        if tag == "blockquote":
            self._quoted += 1
        if tag in _BLOCKS:
            self._new_line()

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(self._silent - 1, 0)
        if tag == "blockquote":
            self._quoted = max(self._quoted - 1, 0)
        if tag in _BLOCKS and tag != "br":
            self._new_line()

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.parts.append(re.sub(r"\s+", " ", data))

    def _new_line(self) -> None:
        self.parts.append("\n" + "> " * min(self._quoted, 3))
