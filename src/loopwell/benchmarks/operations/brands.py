"""How does a brand get its right name, and which one is us?"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from loopwell.access.rules import Actor
from loopwell.benchmarks.models import Brand
from loopwell.benchmarks.operations.panels import check_may_bring
from loopwell.benchmarks.queries.names import key_of, tidy_name
from loopwell.journal.operations import append
from loopwell.journal.rules import Event
from loopwell.kit.errors import Conflict, Invalid


@transaction.atomic
def say_who_we_are(*, actor: Actor, now: datetime, brand: Brand) -> Brand:
    """This brand is ourselves, no other is."""
    check_may_bring(actor)
    Brand.objects.filter(is_us=True).update(is_us=False)
    Brand.objects.filter(pk=brand.pk).update(is_us=True)
    append(actor=actor, now=now, events=[Event("brand.us", "brand", brand.pk, {})])
    brand.refresh_from_db()
    return brand


@transaction.atomic
def say_we_are_not(*, actor: Actor, now: datetime, brand: Brand) -> Brand:
    """Then nobody is us, until somebody says who."""
    check_may_bring(actor)
    Brand.objects.filter(pk=brand.pk).update(is_us=False)
    append(actor=actor, now=now, events=[Event("brand.not_us", "brand", brand.pk, {})])
    brand.refresh_from_db()
    return brand


@transaction.atomic
def rename_brand(*, actor: Actor, now: datetime, brand: Brand, name: str) -> Brand:
    """Into the name of another one: the two become one. The old name stays known."""
    check_may_bring(actor)
    kept = tidy_name(name)
    if not kept:
        message = _("Give the brand a name.")
        raise Invalid(message, fields={"name": [message]})
    was, key = brand.pk, key_of(kept)
    others = Brand.objects.exclude(pk=was)
    other = next((each for each in others if key_of(each.name) == key), None)
    if other is None:
        former = {*brand.known_as, key_of(brand.name)} - {key}
        brand.name, brand.known_as = kept, sorted(former)
        brand.save(update_fields=["name", "known_as"])
    else:
        _join(brand, other)
    append(actor=actor, now=now, events=[Event("brand.renamed", "brand", was, {"to": kept})])
    return other or brand


def _join(brand: Brand, other: Brand) -> None:
    both = set(brand.answers.values_list("panel_id", "person")) & set(
        other.answers.values_list("panel_id", "person")
    )
    if any(person for _panel, person in both):
        raise Conflict(
            _("People rated both “%(one)s” and “%(other)s” in one panel: they are not the same.")
            % {"one": brand, "other": other}
        )
    brand.answers.update(brand=other)
    brand.delete()
    other.is_us = other.is_us or brand.is_us
    other.known_as = sorted({*other.known_as, *brand.known_as, key_of(brand.name)})
    other.save(update_fields=["is_us", "known_as"])
