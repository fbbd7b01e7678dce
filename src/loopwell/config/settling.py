"""How is a process kept from looking through all it has loaded whenever it collects garbage?

A full collection walks every object, and most of them (modules, models, templates, addresses)
live as long as the process. With them frozen, a request no longer waits a tenth of a second for
it now and then.
"""

import gc

from django.template import engines
from django.template.backends.django import DjangoTemplates
from django.urls import get_resolver

# Much of the site hangs on these, so their compiled forms are kept from the first request on.
PAGES = ("console/cases/case.html", "console/cases/queue.html")


# Consumers take thousands of rows at once: after every 700 objects is far too often.
SELDOM = (20_000, 20, 50)


def settle() -> None:
    """Loads what requests would load one by one, then takes it all out of collections."""
    get_resolver().url_patterns  # noqa: B018 reading it imports every view
    engine = engines["django"]
    if isinstance(engine, DjangoTemplates):
        for page in PAGES:
            engine.get_template(page)
    gc.collect()
    gc.freeze()
    gc.set_threshold(*SELDOM)
