"""Which addresses of a gateway does this folder answer for? twilio://…"""

from loopwell.integrations.sms.channel import PROVIDERS
from loopwell.integrations.twilio.gateway import Twilio

PROVIDERS["twilio"] = Twilio
