"""The form by which a text is handed in, and the one by which it is entered as a source."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goodoffices.statements.intake.files import LARGEST_FILE, LONGEST_TEXT
from goodoffices.web.intake.keeping import Given

PASTED = 2_000_000  # characters: more than a form holds; the engine names its own limit


class Begin(forms.Form):
    """A text, pasted or as a file, and what is known of where it comes from."""

    text = forms.CharField(
        label=gettext_lazy("Paste the text"), required=False, max_length=PASTED, strip=False,
        widget=forms.Textarea(attrs={"rows": 12, "dir": "auto"}),
    )  # fmt: skip
    file = forms.FileField(
        label=gettext_lazy("Or hand in a file"),
        help_text=gettext_lazy("Text, HTML, DOCX or PDF; up to a million characters."),
        required=False,
    )
    outlet = forms.CharField(
        label=gettext_lazy("Who published it"),
        help_text=gettext_lazy("What nobody else is said to have told is entered as told by them."),
        required=False,
        max_length=200,
    )
    title = forms.CharField(
        label=gettext_lazy("Title"), help_text=gettext_lazy("Its first line where you leave this empty."),
        required=False, max_length=200,
    )  # fmt: skip
    published = forms.CharField(
        label=gettext_lazy("Published"),
        help_text=gettext_lazy("A day as far as it is known: 2025-05-16, 2025-05."),
        required=False,
        max_length=60,
    )

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        text, file = (found.get("text") or "").strip(), found.get("file")
        if not self.errors and bool(text) == bool(file):
            raise forms.ValidationError(
                _("Paste a text, or hand in a file.") if not text else _("This is a text and a file: hand in one.")
            )
        if file is not None and file.size > LARGEST_FILE:
            raise forms.ValidationError(
                _("The file has {size} bytes; intake reads files of up to {limit}. Nothing was kept.").format(
                    size=f"{file.size:,}", limit=f"{LARGEST_FILE:,}"
                )
            )
        if len(text) > LONGEST_TEXT:
            raise forms.ValidationError(
                _("This text is {size} characters long; intake reads up to {limit}. Hand in one article at a time.")
                .format(size=f"{len(text):,}", limit=f"{LONGEST_TEXT:,}")
            )  # fmt: skip
        return found

    def content(self) -> bytes:
        """The bytes that were handed in. Call after ``is_valid``."""
        file = self.cleaned_data.get("file")
        if file is not None:
            file.seek(0)
            return bytes(file.read())
        # As a browser sends it, lines end in CR LF; places are counted in what is kept.
        return str(self.cleaned_data["text"]).replace("\r\n", "\n").encode()

    def named(self) -> Given:
        """What was said of it."""
        data, file = self.cleaned_data, self.cleaned_data.get("file")
        return Given(
            text="", format="", title=data["title"].strip(), outlet=data["outlet"].strip(),
            published=data["published"].strip(), furniture=(),
            original=self.content() if file is not None else None, name=file.name if file is not None else "",
            media=file.content_type or "application/octet-stream" if file is not None else "",
        )  # fmt: skip


class Enter(forms.Form):
    """How a source is entered on the record: with its text, or by its digest alone."""

    act = forms.RegexField(r"^[0-9a-f]{32}$", widget=forms.HiddenInput)
    title = forms.CharField(
        label=gettext_lazy("Title"), max_length=2_000, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    outlet = forms.CharField(label=gettext_lazy("Who published it"), required=False, max_length=200)
    published = forms.CharField(label=gettext_lazy("Published"), required=False, max_length=60)
    custody = forms.CharField(
        label=gettext_lazy("Where it comes from"), required=False, max_length=2_000,
        help_text=gettext_lazy("Through whose hands, and when; such as: read on its page on 16 May."),
    )  # fmt: skip
    how = forms.ChoiceField(
        label=gettext_lazy("What goes on the record"),
        choices=[
            (
                "text",
                gettext_lazy("Its text, and the file as received if there is one: everybody in the room can read it"),
            ),
            ("digest", gettext_lazy("Only its title and the SHA-256 of its text: whoever has it can check it")),
        ],
        initial="text",
        widget=forms.RadioSelect,
    )
