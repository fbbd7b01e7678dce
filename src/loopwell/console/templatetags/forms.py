"""How does a form's field get the look of the product, whatever its widget?"""

from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect, Select
from django.forms.widgets import FileInput
from django.utils.safestring import SafeString


def is_checkbox(field: BoundField) -> bool:
    return isinstance(field.field.widget, CheckboxInput)


def is_group(field: BoundField) -> bool:
    """Several inputs under one legend: radio buttons, check boxes."""
    return isinstance(field.field.widget, RadioSelect | CheckboxSelectMultiple)


def control(field: BoundField) -> SafeString:
    """The field's input with the right class; invalid ones are marked."""
    widget = field.field.widget
    css = "form-control"
    if isinstance(widget, CheckboxInput | RadioSelect | CheckboxSelectMultiple):
        css = "form-check-input"
    elif isinstance(widget, Select):
        css = "form-select"
    elif isinstance(widget, FileInput):
        css = "form-control form-control-file"
    own = widget.attrs.get("class", "")
    invalid = "is-invalid" if field.errors else ""
    return field.as_widget(attrs={"class": " ".join(filter(None, (css, own, invalid)))})
