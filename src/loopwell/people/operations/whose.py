"""Whose interaction is it, by whatever was told about the customer?"""

from collections import defaultdict
from collections.abc import Sequence

from django.utils.translation import gettext as _

from loopwell.people.models import Customer
from loopwell.people.rules.drafts import InteractionDraft
from loopwell.people.rules.problems import Problem


class Whose:
    """The customers that drafts may mean, by reference, external id, e-mail and phone."""

    def __init__(self, drafts: Sequence[InteractionDraft], *, lock: bool = False) -> None:
        rows = Customer.objects.select_for_update(of=("self",)) if lock else Customer.objects.all()
        rows = rows.select_related("unit", "account").order_by("id")
        self._by: dict[str, dict[str, Customer]] = {}
        for told, column in (
            ("customer_ref", "ref"),
            ("customer_id", "external_id"),
            ("customer_email", "email"),
        ):
            values = {value for draft in drafts if (value := getattr(draft, told))}
            found = rows.filter(**{f"{column}__in": values}) if values else ()
            self._by[told] = {getattr(each, column): each for each in found}
        self._phones: dict[str, list[Customer]] = defaultdict(list)
        missing = {
            d.customer_phone for d in drafts if d.customer_phone and self._by_identity(d) is None
        }
        for each in rows.filter(phone__in=missing) if missing else ():
            self._phones[each.phone].append(each)

    def _by_identity(self, draft: InteractionDraft) -> Customer | None:
        for told, known in self._by.items():
            found = known.get(getattr(draft, told) or "")
            if found is not None:
                return found
        return None

    def of(self, draft: InteractionDraft) -> Customer | Problem | None:
        """The strongest identity wins; two that contradict each other are a problem."""
        by_id = self._by["customer_id"].get(draft.customer_id or "")
        by_mail = self._by["customer_email"].get(draft.customer_email or "")
        if by_id and by_mail and by_id.pk != by_mail.pk:
            reason = _("the external id belongs to one customer and the e-mail to another")
            return Problem(reason, "customer_email", draft.customer_email or "", conflict=True)
        if draft.customer_id and not by_id and by_mail and by_mail.external_id:
            reason = _("the e-mail belongs to a customer with another external id")
            return Problem(reason, "customer_email", draft.customer_email or "", conflict=True)
        return self._by_identity(draft) or self._by_phone(draft)

    def _by_phone(self, draft: InteractionDraft) -> Customer | Problem | None:
        found = self._phones.get(draft.customer_phone or "", [])
        if draft.customer_id:  # a phone may have gone over to somebody else
            found = [each for each in found if each.external_id is None]
        if len(found) > 1:
            reason = _("several customers have this phone: give an external id or an e-mail")
            return Problem(reason, "customer_phone", draft.customer_phone or "")
        return found[0] if found else None
