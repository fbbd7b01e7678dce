"""The taxonomy through its pages: first what an act does to the past, then the act."""

import json
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from loopwell.themes.enums import MentionSource, ThemeKind
from loopwell.themes.models import Mention, TaxonomyChange, TextRule, Theme
from tests import factories
from tests.conftest import NOW, Company

pytestmark = pytest.mark.django_db


@pytest.fixture
def alice(client: Client, company: Company) -> Client:
    client.force_login(company.alice)
    return client


def theme(slug: str, **fields: object) -> Theme:
    names = {"en": slug.replace("-", " ").capitalize()}
    return Theme.objects.create(slug=slug, names=names, kind=ThemeKind.DEFECT, **fields)


def mention(of: Theme, comment: str) -> None:
    answer = factories.response(score=2, comment=comment)
    Mention.objects.create(
        response=answer, theme=of, source=MentionSource.CODER, weight=Decimal(100), at=NOW
    )


def test_only_who_runs_surveys(client: Client, company: Company) -> None:
    theme("slow")
    client.force_login(company.mark)
    for name in ("index", "new", "history", "take_in", "export"):
        assert client.get(reverse(f"taxonomy:{name}")).status_code == 403
    for name in ("theme", "move", "merge", "split", "retire"):
        assert client.get(reverse(f"taxonomy:{name}", args=["slow"])).status_code == 403


def test_a_theme_is_added_described_and_kept_in_history(alice: Client) -> None:
    new = reverse("taxonomy:new")
    assert alice.post(new, {"kind": "defect", "names-en": ""}).status_code == 422
    told = {"kind": "absence", "names-en": "Parking", "names-pl": "Parking",
            "examples-en": "No place to park\n\nDrove round"}  # fmt: skip
    assert alice.post(new, told).status_code == 302
    again = alice.post(new, told)
    assert again.status_code == 422
    assert "with this English name already" in again.content.decode()
    assert Theme.objects.get(slug="parking").examples == {"en": ["No place to park", "Drove round"]}
    page = reverse("taxonomy:theme", args=["parking"])
    told["names-en"] = "No parking"
    assert alice.post(page, told).status_code == 302
    said = alice.get(reverse("taxonomy:history")).content.decode()
    assert "“Parking” is called “No parking” now." in said
    first = TaxonomyChange.objects.last()
    assert first is not None
    before = alice.get(reverse("taxonomy:version", args=[first.pk])).content.decode()
    assert "Parking</bdi>" in before
    assert alice.get(reverse("taxonomy:version", args=[0])).status_code == 404


def test_under_itself_it_cannot_stand(alice: Client) -> None:
    top = theme("top")
    theme("part", parent=top)
    page = alice.get(reverse("taxonomy:move", args=["top"])).content.decode()
    assert 'value="part"' not in page, "not even offered"
    refused = alice.post(reverse("taxonomy:move", args=["top"]), {"under": "part"})
    assert refused.status_code == 422
    assert "in a circle" in refused.content.decode()
    moved = alice.post(reverse("taxonomy:move", args=["part"]), {"under": "-"})
    assert moved.status_code == 302
    assert Theme.objects.get(slug="part").parent is None


def test_what_merging_does_is_said_before_it_is_done(alice: Client) -> None:
    slow, late = theme("slow"), theme("late")
    mention(slow, "slow")
    address = reverse("taxonomy:merge", args=["slow"])
    said = alice.get(address, {"into": "late"}).content.decode()
    assert "All of it will count for “Late”" in said
    assert slow.mentions.count() == 1, "looking changes nothing"
    assert alice.post(address, {"into": "late"}).status_code == 302
    assert (slow.mentions.count(), late.mentions.count()) == (0, 1)


def test_a_split_is_tried_first(alice: Client) -> None:
    waiting = theme("waiting")
    for comment in ("waited on the phone", "a queue in the shop", "phone and queue", "bad"):
        mention(waiting, comment)
    address = reverse("taxonomy:split", args=["waiting"])
    told = {
        "parts-TOTAL_FORMS": "3", "parts-INITIAL_FORMS": "0",
        "parts-0-name": "On the phone", "parts-0-patterns": "phone",
        "parts-1-name": "In the shop", "parts-1-patterns": "queue",
    }  # fmt: skip
    tried = alice.post(address, told)
    assert tried.status_code == 200
    said = tried.content.decode()
    assert "“On the phone” gets 1 mention" in said
    assert waiting.mentions.count() == 4
    lonely = alice.post(address, {**told, "parts-1-name": "", "parts-1-patterns": ""})
    assert lonely.status_code == 422
    assert alice.post(address, {**told, "do": "1"}).status_code == 302
    assert waiting.mentions.count() == 2
    assert Theme.objects.get(slug="on-the-phone").parent == waiting


def test_retired_and_offered_again(alice: Client) -> None:
    slow = theme("slow")
    alice.post(reverse("taxonomy:retire", args=["slow"]))
    slow.refresh_from_db()
    assert slow.retired_at is not None
    assert "1 retired theme" in alice.get(reverse("taxonomy:index")).content.decode()
    alice.post(reverse("taxonomy:restore", args=["slow"]))
    slow.refresh_from_db()
    assert slow.retired_at is None


@pytest.mark.parametrize("name", ["services", "retail", "b2b"])
def test_a_ready_taxonomy_in_four_languages(alice: Client, name: str) -> None:
    address = reverse("taxonomy:ready", args=[name])
    assert "would be new" in alice.get(address).content.decode()
    before = Theme.objects.count()
    assert before == 12, "the short list of a new company"
    assert alice.post(address).status_code == 302
    made = Theme.objects.count()
    assert made > 30
    assert TextRule.objects.filter(is_on=False).count() > 20
    assert all(set(each.names) == {"en", "ru", "uk", "pl"} for each in Theme.objects.all())
    said = alice.get(address).content.decode()
    assert "0 themes would be new" in said
    export = json.loads(alice.get(reverse("taxonomy:export")).content)
    back = SimpleUploadedFile("t.json", json.dumps(export).encode())
    said = alice.post(reverse("taxonomy:file"), {"file": back}).content.decode()
    assert f"{made} are the same already" in said, "out and in changes nothing"


CIRCLE = "name_en;parent;kind\nA;B;defect\nB;A;defect\n"
GOOD = (
    "\ufeffname_en;name_ru;parent;kind;examples_en\n"
    "Goods;Товары;;defect;\nLate;Поздно;Goods;defect;a|b\n"
)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (CIRCLE, "in a circle"),
        ("name_en,kind\nA,defect\nA,defect\n", "stands at line 2 already"),
        ("name_en,kind\nA,bug\n", "“bug” is no kind"),
        ("name_en,kind\n ,defect\n", "line 2: there is no English name"),
        ("what,kind\nA,defect\n", "has no column “name_en”"),
        ("name_en,parent,kind\nA,Nowhere,defect\n", "which is not in the taxonomy"),
        ("name_en,kind\nA\n", "too few fields"),
    ],
)
def test_files_that_cannot_be_used_say_why(alice: Client, text: str, problem: str) -> None:
    given = SimpleUploadedFile("themes.csv", text.encode())
    answer = alice.post(reverse("taxonomy:file"), {"file": given})
    assert answer.status_code == 422
    assert problem in answer.content.decode()
    assert Theme.objects.count() == 12


def test_a_table_is_taken_in_after_a_look(alice: Client) -> None:
    given = SimpleUploadedFile("themes.csv", GOOD.encode())
    page = alice.post(reverse("taxonomy:file"), {"file": given})
    assert "2 themes would be new" in page.content.decode()
    assert Theme.objects.count() == 12
    done = alice.post(reverse("taxonomy:file"), {"read": page.context["read"]})
    assert done.status_code == 302
    late = Theme.objects.get(slug="late")
    assert late.parent is not None
    assert (late.parent.slug, late.names["ru"], late.examples) == (
        "goods", "Поздно", {"en": ["a", "b"]}
    )  # fmt: skip
    forged = alice.post(reverse("taxonomy:file"), {"read": page.context["read"] + "x"})
    assert forged.status_code == 422
