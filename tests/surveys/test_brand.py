"""Our look: colours that can be read, logos that stay small, and who may change it."""

import struct
import zlib
from datetime import datetime
from io import BytesIO

import pytest
from PIL import Image

from loopwell.access.enums import Role
from loopwell.access.operations import create_user
from loopwell.access.queries import actor_for
from loopwell.access.rules import SYSTEM
from loopwell.kit.errors import Forbidden, Invalid
from loopwell.surveys.brand import brand, look_for
from loopwell.surveys.brand_logo import FITS, KEPT_BYTES, LogoRefused, logo_from
from loopwell.surveys.brand_operations import change_brand
from loopwell.surveys.brand_rules import DARK_PAPER, PAPER, contrast, is_pale, readable, text_on
from loopwell.surveys.models import Brand
from tests.conftest import Company
from tests.surveys.pictures import picture, png


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.005)
    assert contrast("#ffffff", "#ffffff") == 1


@pytest.mark.parametrize("colour", ["#ffd400", "#0b5cad", "#ffffff", "#000000", "#d55e00"])
@pytest.mark.parametrize("paper", [PAPER, DARK_PAPER])
def test_every_colour_becomes_readable(colour: str, paper: str) -> None:
    assert contrast(readable(colour, paper), paper) >= 4.5


def test_a_colour_that_can_be_read_stays_as_it_is() -> None:
    assert readable("#0b5cad", PAPER) == "#0b5cad"
    assert (text_on("#0b5cad"), is_pale("#0b5cad")) == ("#ffffff", False)
    assert (text_on("#ffd400"), is_pale("#ffd400")) == ("#17202b", True)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF"])
def test_pictures_become_small_pngs(kind: str) -> None:
    made = Image.open(BytesIO(logo_from(picture(Image.new("RGB", (1200, 400), "teal"), kind))))

    assert made.format == "PNG"
    assert made.size == (192, 64)


def test_even_a_photo_stays_within_the_budget() -> None:
    noise = Image.effect_noise((900, 300), 90).convert("RGB")
    small = logo_from(picture(noise))

    assert len(small) <= KEPT_BYTES
    assert Image.open(BytesIO(small)).width <= FITS[0]


def test_nothing_but_the_pixels_is_kept() -> None:
    out = BytesIO()
    Image.new("RGB", (50, 50)).save(out, "JPEG", exif=b"Exif\0\0secret place", comment=b"secret")

    assert b"secret" in out.getvalue()
    assert b"secret" not in logo_from(out.getvalue())


def bomb() -> bytes:
    """A PNG of a few bytes that says it has 40,000 × 40,000 points."""

    def chunk(name: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(name + data))
        return struct.pack(">I", len(data)) + name + data + check

    header = struct.pack(">IIBBBBB", 40_000, 40_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 100))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b'<?xml version="1.0"?>\n<!-- x --><svg xmlns="http://www.w3.org/2000/svg"/>', "SVG"),
        (b"\xef\xbb\xbf<SVG onload='x'>", "SVG"),
        (b"%PDF-1.7", "no picture we can read"),
        (b"", "no picture we can read"),
        (png(50, 50)[:60], "damaged"),
        (b"x" * (2 * 1024 * 1024 + 1), "larger than 2 MB"),
        (bomb(), "too many points"),
        (picture(Image.new("L", (6000, 6000))), "6000 × 6000"),
        (picture(Image.new("RGBA", (9, 9), (0, 0, 0, 0))), "transparent"),
    ],
)  # fmt: skip
def test_what_cannot_be_a_logo_is_refused_in_words(data: bytes, said: str) -> None:
    with pytest.raises(LogoRefused, match=said):
        logo_from(data)


def test_the_look_is_stored_and_read(company: Company, now: datetime) -> None:
    alice = company.actor("alice")
    change_brand(
        actor=alice, now=now, colour="#FFD400", sender_name=" Acme \n Care ",
        reply_to="care@acme.example", postal_address="Acme\r\n1 Long Road", logo=png(480, 128),
    )  # fmt: skip
    look = brand()

    assert (look.colour, look.on_colour) == ("#ffd400", "#17202b")
    assert look.sender_name == "Acme Care"
    assert look.postal_address == "Acme, 1 Long Road"
    assert (look.logo_width, look.logo_height) == (150, 40)
    assert look.logo_data_uri.startswith("data:image/png;base64,")
    assert look_for("benchmark").logo == b""

    change_brand(actor=alice, now=now, colour="#0b5cad")
    assert brand().logo == look.logo
    change_brand(actor=alice, now=now, colour="#0b5cad", without_logo=True)
    assert brand().logo == b""
    assert Brand.objects.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"colour": "blue"},
        {"colour": "#12345"},
        {"colour": "#12345g"},
        {"colour": "#0b5cad", "reply_to": "nobody"},
        {"colour": "#0b5cad", "reply_to": "a@b.example\nBcc: x@y.example"},
        {"colour": "#0b5cad", "sender_name": "x" * 101},
        {"colour": "#0b5cad", "logo": b"<svg>"},
    ],
)
def test_nothing_is_stored_when_something_is_wrong(
    company: Company, now: datetime, wrong: dict[str, str]
) -> None:
    with pytest.raises(Invalid) as error:
        change_brand(actor=company.actor("alice"), now=now, **wrong)  # type: ignore[arg-type]  # bytes and str mixed

    assert list(error.value.fields) == [list(wrong)[-1]]
    assert not Brand.objects.exists()


def test_only_who_runs_surveys_for_the_whole_company(company: Company, now: datetime) -> None:
    local = create_user(
        actor=SYSTEM, email="pam@acme.example", name="Pam", unit=company.north,
        roles=[Role.PROGRAMME],
    )  # fmt: skip
    for actor in (actor_for(local), company.actor("fiona")):
        with pytest.raises(Forbidden):
            change_brand(actor=actor, now=now, colour="#0b5cad")


@pytest.mark.django_db(transaction=True)
def test_a_change_shows_at_once_in_its_own_process(company: Company, now: datetime) -> None:
    before = brand()
    change_brand(actor=company.actor("alice"), now=now, colour="#7a1fa2")

    assert before.colour == "#0b5cad"
    assert brand().colour == "#7a1fa2"
    Brand.objects.update(colour="#000000")
    assert brand().colour == "#7a1fa2"  # kept for some seconds
