"""Which transport takes mail when LOOPWELL_EMAIL_URL names a provider?"""

from anymail.signals import inbound, tracking

from loopwell.delivery.transports import BY_PROVIDER
from loopwell.integrations.esp.events import heard
from loopwell.integrations.esp.inbound import came
from loopwell.integrations.esp.transport import ProviderTransport

BY_PROVIDER.append(ProviderTransport)
tracking.connect(heard, dispatch_uid="loopwell.integrations.esp")
inbound.connect(came, dispatch_uid="loopwell.integrations.esp.inbound")
