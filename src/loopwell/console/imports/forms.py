"""What does a person choose for a file: the file itself, and how to read it?"""

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext_lazy as _


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        help_text=_("CSV, TSV, XLSX or Parquet, up to 500 MB. Drop it here or choose it."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx,.xlsm,.parquet"}),
    )


ENCODINGS = ["utf-8", "utf-16", "cp1250", "cp1251", "cp1252", "latin-1", "iso8859-2", "koi8-r"]
DELIMITERS = [
    ("comma", _("comma ,")),
    ("semicolon", _("semicolon ;")),
    ("tab", _("tab")),
    ("pipe", _("bar |")),
]
ORDERS = [
    ("", _("as the column shows")),
    ("dmy", _("day, month, year")),
    ("mdy", _("month, day, year")),
    ("ymd", _("year, month, day")),
]
SCALES = [
    ("0-10", _("0 to 10")),
    ("1-10", _("1 to 10")),
    ("1-5", _("1 to 5, 5 is best")),
    ("5-1", _("1 to 5, 1 is best")),
]


class ReadingForm(forms.Form):
    """How the file is written; empty means detected."""

    encoding = forms.ChoiceField(label=_("Letters (encoding)"), required=False)
    delimiter = forms.ChoiceField(label=_("Separator"), required=False)
    date_order = forms.ChoiceField(label=_("Order of dates"), required=False, choices=ORDERS)

    def __init__(self, *args: Any, detected: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = _("detected: %(value)s")
        self.fields["encoding"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            ("", str(found) % {"value": detected["encoding"]}),
            *[(name, name) for name in ENCODINGS],
        ]
        names = {",": "comma", ";": "semicolon", "\t": "tab", "|": "pipe"}
        labels = dict(DELIMITERS)
        shown = labels.get(names.get(detected["delimiter"], ""), detected["delimiter"] or "–")
        self.fields["delimiter"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            ("", str(found) % {"value": shown}),
            *DELIMITERS,
        ]
        if detected["kind"] != "csv":
            del self.fields["encoding"], self.fields["delimiter"]


class PhonesForm(forms.Form):
    region = forms.CharField(
        label=_("Country of phone numbers without a code"),
        required=False,
        max_length=2,
        help_text=_("Two letters, such as PL. Empty: numbers are kept as they are written."),
    )


class ClockForm(PhonesForm):
    time_zone = forms.ChoiceField(
        label=_("Clock of the times"),
        required=False,
        choices=[(name, name) for name in sorted(available_timezones())],
        help_text=_("Times that carry their own zone keep it."),
    )
    field_order = ("time_zone", "region")


class AnswersForm(forms.Form):
    """What holds for all answers of a file."""

    scale = forms.ChoiceField(
        label=_("Scale of the score"),
        choices=SCALES,
        help_text=_(
            "Scores are kept on 0 to 10. Of 1 to 5, the marks become 0, 3, 5, 8 and 10, so that "
            "each stays a promoter, passive or detractor; the original stays as a property."
        ),
    )
    survey_ref = forms.ChoiceField(label=_("Survey"), required=False)
    survey_name = forms.CharField(label=_("Name of the new survey"), required=False, max_length=200)
    answered_on = forms.DateField(
        label=_("Day of answers without a date"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Empty: the day the file was brought."),
    )
    creates_customers = forms.BooleanField(
        label=_("Add customers that are not known yet; otherwise their answers have no name"),
        required=False,
    )
    opens_cases = forms.BooleanField(
        label=_("Open cases for unhappy customers, as if they had answered now"), required=False
    )

    def __init__(self, *args: Any, surveys: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["survey_ref"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            ("", _("a new survey")),
            *surveys,
        ]


class PanelForm(forms.Form):
    """What is told of the fielding besides its answers."""

    panel_name = forms.CharField(label=_("Name of the panel"), max_length=120)
    market = forms.CharField(
        label=_("Who was asked"),
        required=False,
        max_length=200,
        help_text=_("For example: users of mobile phones in Poland, 18 and older."),
    )
    provider = forms.CharField(label=_("Who asked them"), required=False, max_length=120)
    fielded_from = forms.DateField(
        label=_("First day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    fielded_to = forms.DateField(
        label=_("Last day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Dates in the file widen both."),
    )
    double_blind = forms.BooleanField(
        label=_("Double-blind"),
        required=False,
        help_text=_("Those asked did not know who pays, and we do not know whom they asked."),
    )
