"""How does a brand get its right name, and which one is us?"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from loopwell.access.rules import Actor
from loopwell.benchmarks.models import Brand
from loopwell.benchmarks.operations.panels import check_may_bring
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
def rename_brand(*, actor: Actor, now: datetime, brand: Brand, name: str) -> Brand:
    """Into the name of another one: the two become one."""
    check_may_bring(actor)
    kept = " ".join(name.split())[:120]
    if not kept:
        message = _("Give the brand a name.")
        raise Invalid(message, fields={"name": [message]})
    was = brand.pk
    other = Brand.objects.filter(name__iexact=kept).exclude(pk=was).first()
    if other is None:
        brand.name = kept
        brand.save(update_fields=["name"])
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
    if brand.is_us:
        Brand.objects.filter(pk=brand.pk).update(is_us=False)
        Brand.objects.filter(pk=other.pk).update(is_us=True)
    brand.delete()
