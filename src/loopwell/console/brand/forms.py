"""What do people choose about our look?"""

from django import forms
from django.core.files import File
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loopwell.surveys.brand_logo import MOST_BYTES


class BrandForm(forms.Form):
    logo = forms.FileField(
        label=gettext_lazy("Logo"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".png,.jpg,.jpeg,.webp,.gif"}),
        help_text=gettext_lazy(
            "PNG, JPEG, WebP or GIF, up to 2 MB. It becomes at most 240 × 64 points; best with "
            "a transparent or white ground."
        ),
    )
    without_logo = forms.BooleanField(label=gettext_lazy("Use no logo"), required=False)
    colour = forms.CharField(
        label=gettext_lazy("Colour"),
        max_length=7,
        widget=forms.TextInput(attrs={"spellcheck": "false", "autocapitalize": "off"}),
        help_text=gettext_lazy("As in your style guide: # and six digits or letters, #0b5cad."),
    )
    sender_name = forms.CharField(
        label=gettext_lazy("Sender’s name"),
        max_length=100,
        required=False,
        help_text=gettext_lazy("What customers read as the sender. Empty: the company’s name."),
    )
    reply_to = forms.CharField(
        label=gettext_lazy("Replies go to"),
        max_length=254,
        required=False,
        widget=forms.EmailInput,
        help_text=gettext_lazy("A mailbox that somebody reads. Empty: to the sender’s address."),
    )
    postal_address = forms.CharField(
        label=gettext_lazy("Postal address"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Stands below each message; some countries require it."),
    )

    def clean_logo(self) -> "File[bytes] | None":
        file: File[bytes] | None = self.cleaned_data["logo"]
        if file is not None and (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(_("The file is larger than 2 MB. Save the logo smaller."))
        return file
