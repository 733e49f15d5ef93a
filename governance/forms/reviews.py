"""Giving answers back: one reason for all of them, and remarks at single answers and sections."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cohes3ion.lib.typed_texts import Area, LinesField
from governance.selectors.responses import ResponsePage
from governance.selectors.reviews import Remark
from mapping.validators import storable_text, visible_words

# The fields stand beside the answers they are about; the form itself is at the end of the page.
FORM_ID = "return-form"


def remark_field(*, name: str) -> LinesField:
    return LinesField(
        label=name,
        required=False,
        max_length=2000,
        widget=Area(attrs={"rows": 2, "form": FORM_ID}),
        validators=[storable_text, visible_words],
        error_messages={
            "max_length": gettext_lazy("Write at most %(limit_value)d characters (you wrote %(show_value)d).")
        },
    )


class ReturnForm(forms.Form):
    """`page` is the response as it is read: each of its questions and sections has a field."""

    reason = LinesField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy(
            "What you would like to see. Not needed if you wrote remarks above. The team reads both."
        ),
        max_length=2000,
        required=False,
        widget=Area(attrs={"rows": 3}),
        validators=[storable_text, visible_words],
    )

    def __init__(self, *args: Any, page: ResponsePage, **more: Any) -> None:
        super().__init__(*args, **more)
        self.places: dict[str, dict[str, Any]] = {}
        for item in page.sections:
            self._add(f"section-{item.section.code}", item.section.title, section=item.section.code)
            for step in item.steps:
                title = f"{step.question.code} {step.question.short}"
                name = f"{title}, {step.unit}" if step.unit else title
                self._add(f"remark-{step.here.replace('/', '-')}", name, key=step.key)

    def _add(self, field: str, name: str, **place: Any) -> None:
        fields: dict[str, Any] = self.fields
        fields[field] = remark_field(name=_("Remark: %(place)s") % {"place": name})
        self.places[field] = place

    def remarks(self) -> list[Remark]:
        """What was written at single places, in page order."""
        return [
            Remark(text=text, **place)
            for name, place in self.places.items()
            if (text := self.cleaned_data.get(name, "").strip())
        ]

    def by_section(self) -> dict[str, Any]:
        """The field of each section, by its code."""
        return {place["section"]: self[name] for name, place in self.places.items() if "section" in place}

    def by_place(self) -> dict[str, Any]:
        """The field of each question, as `Step.here` names it."""
        return {
            "/".join(str(part) for part in place["key"] if part is not None): self[name]
            for name, place in self.places.items()
            if "key" in place
        }

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        written = any(str(data.get(name, "")).strip() for name in ("reason", *self.places))
        if not written and not self.errors:
            self.add_error(
                "reason", _("Write why you return the answers, or a remark at an answer or a section.")
            )
        return data
