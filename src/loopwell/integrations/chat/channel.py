"""Registers chats, phones and text messages as a way for alarms."""

from django.utils.translation import gettext_lazy

from loopwell.integrations.chat.addresses import shown
from loopwell.integrations.chat.carrier import ChatCarrier
from loopwell.integrations.chat.guarding import install
from loopwell.notify.channels import Channel, register
from loopwell.notify.enums import CHAT

install()
register(
    Channel(
        name=CHAT,
        label=gettext_lazy("Chat or phone"),
        carrier=ChatCarrier,
        check=shown,
        at_once=5,
    )
)
