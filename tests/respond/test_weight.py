"""How heavy is a respondent's page, how does it look in the company's colours, and what of it
does a slow line carry?"""

import gzip
import io
import random
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from PIL import Image

from loopwell.sampling.links import token_of
from loopwell.surveys.models import Brand
from tests import factories
from tests.respond.test_questions import QUESTIONS, TEXTS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("defaults")]
BUDGET = 15 * 1024
LOGO = 5 * 1024


def logo() -> bytes:
    """A picture that no compression makes smaller."""
    noise = random.Random(7)
    for side in range(30, 60):
        picture = Image.frombytes("RGB", (side, side), noise.randbytes(side * side * 3))
        file = io.BytesIO()
        picture.save(file, "PNG")
        if len(file.getvalue()) >= LOGO:
            return file.getvalue()
    raise AssertionError


@pytest.fixture
def link() -> str:
    """Twelve questions, of which a detractor sees eleven at once."""
    more = [{"key": "ease", "type": "ces", "points": 7}]
    texts = {"en": {**TEXTS["en"], "ease.label": "How easy was it to get your matter settled?"}}
    version = factories.version(texts=texts, questions=[*QUESTIONS, *more])
    assert len(version.questions) == 12
    soon = timezone.now() + timedelta(days=30)
    return f"/r/{token_of(factories.invitation(version=version, expires_at=soon).ref)}/"


def test_a_long_questionnaire_with_a_logo_is_small_on_the_line(client: Client, link: str) -> None:
    Brand.objects.all().delete()
    Brand.objects.create(logo=logo(), colour="#ffcc00")
    client.post(link, {"score": "3"})

    page = client.get(link, headers={"Accept-Encoding": "gzip"})

    html = gzip.decompress(page.content).decode()
    assert "data:image/png;base64," in html
    assert html.count('class="q') >= 8
    assert len(page.content) <= BUDGET
    assert re.findall(r"<(?:script|link|iframe)\b|https?://", html) == []


def test_without_a_logo_it_needs_no_compression(client: Client, link: str) -> None:
    client.post(link, {"score": "3"})

    assert len(client.get(link).content) <= BUDGET


def test_the_style_carries_the_company_s_colour_and_is_allowed(client: Client, link: str) -> None:
    before = client.get(link).headers["Content-Security-Policy"]
    Brand.objects.all().delete()
    Brand.objects.create(colour="#ffcc00")

    page = client.get(link)

    assert "--brand:#ffcc00;--on:#17202b" in page.content.decode()
    assert page.headers["Content-Security-Policy"] != before
    assert (
        re.search(r"[A-Z_]{4,}", re.findall(r"<style>.*</style>", page.content.decode())[0]) is None
    )
