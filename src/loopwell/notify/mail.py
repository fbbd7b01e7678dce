"""How does an alarm become a mail?"""

from django.core.mail import EmailMultiAlternatives
from django.utils.translation import gettext_lazy

from loopwell.delivery.transports import Outcome, Result, Transport, configured
from loopwell.notify.channels import Channel, Parcel, register
from loopwell.notify.enums import EMAIL


class MailCarrier:
    """The same way out as for invitations."""

    def __init__(self) -> None:
        self._transport: Transport = configured()

    def open(self) -> None:
        self._transport.open()

    def send(self, parcel: Parcel) -> Result:
        words = parcel.words
        mail = EmailMultiAlternatives(
            words.subject,
            words.text,
            to=[parcel.user.email],
            headers={"Auto-Submitted": "auto-generated"},
        )
        mail.attach_alternative(words.html, "text/html")
        try:
            return self._transport.send(mail, parcel.ref)
        except ValueError as error:  # an address no mail can be written to: nothing left
            return Result(Outcome.REFUSED, str(error))

    def close(self) -> None:
        self._transport.close()


register(Channel(name=EMAIL, label=gettext_lazy("E-mail"), carrier=MailCarrier))
