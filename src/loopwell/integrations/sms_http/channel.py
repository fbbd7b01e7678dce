"""Which addresses of a gateway does this folder answer for? Every web address."""

from loopwell.integrations.sms.channel import PROVIDERS
from loopwell.integrations.sms_http.gateway import HttpGateway

PROVIDERS["https"] = PROVIDERS["http"] = HttpGateway
