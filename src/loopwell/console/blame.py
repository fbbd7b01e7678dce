"""Where on a form does an operation's complaint belong?"""

from collections.abc import Mapping

from django.forms import Form

from loopwell.kit.errors import Invalid

AS_NAMED: Mapping[str, str] = {}


def blame(form: Form, error: Invalid, places: Mapping[str, str] = AS_NAMED) -> None:
    """Puts the words beside the fields they are about; what has no field stands on top.

    `places` tells the form's field where an operation calls it otherwise.
    """
    if not error.fields:
        form.add_error(None, str(error))
        return
    for name, texts in error.fields.items():
        place = places.get(name, name)
        form.add_error(place if place in form.fields else None, list(texts))
