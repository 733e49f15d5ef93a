"""A file of statistics with what a person must say about it: what is counted, by whom, when, how licensed."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from cohes3ion.lib.file_forms import refuse_viruses
from cohes3ion.lib.file_kinds import size_over_limit
from cohes3ion.lib.typed_texts import Area
from mapping.analysis.vintages import VINTAGES
from mapping.services.indicators import ImportChoices
from mapping.validators import storable_text, visible_text

SOURCES = (
    ("table", _("A table: CSV, or the first sheet of a workbook (.xlsx)")),
    ("eurostat-tsv", _("Eurostat bulk file (.tsv)")),
    ("eurostat-sdmx-csv", _("Eurostat SDMX-CSV (.csv)")),
)
LEVELS = ((2, _("NUTS 2")), (3, _("NUTS 3")), (1, _("NUTS 1")), (0, _("Countries")))
TEXT = [storable_text, visible_text]


class StatisticsForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        help_text=_("At most 25 MB. One row a region, with a column of NUTS codes."),
        max_length=255,
        allow_empty_file=True,  # the sentence about an empty file comes with the report
        error_messages={"required": _("Choose a file.")},
    )
    source = forms.ChoiceField(label=_("Form of the file"), choices=SOURCES)
    title = forms.CharField(
        label=_("What is counted"),
        help_text=_(
            "For example: persons employed by activity. A table of the same name and year is replaced."
        ),
        max_length=200,
        validators=TEXT,
        error_messages={"required": _("Say what is counted.")},
    )
    unit = forms.CharField(
        label=_("Unit"),
        help_text=_("For example: persons. Leave it empty where the file says it."),
        max_length=80,
        required=False,
        validators=[storable_text],
    )
    origin = forms.CharField(
        label=_("Who publishes it"),
        help_text=_("As it must be quoted, with the name of the data set"),
        max_length=300,
        validators=TEXT,
        error_messages={"required": _("Say who publishes the figures.")},
    )
    licence = forms.CharField(
        label=_("Licence"),
        help_text=_("For example: CC BY 4.0"),
        max_length=120,
        validators=TEXT,
        error_messages={"required": _("Say under which licence the figures may be shown.")},
    )
    year = forms.IntegerField(
        label=_("Year"),
        help_text=_("Empty: the newest of the file"),
        required=False,
        min_value=1950,
        max_value=2100,
        error_messages={"invalid": _("Enter a year like 2022.")},
    )
    level = forms.TypedChoiceField(label=_("Level of the regions"), choices=LEVELS, coerce=int)
    vintage = forms.ChoiceField(
        label=_("Version of NUTS"),
        choices=(("", _("The one that fits most codes")), *((one, one) for one in VINTAGES)),
        required=False,
    )
    only = forms.CharField(
        label=_("Only these"),
        help_text=_("Where the file holds several, such as sexes or ages: one a line, like sex=T"),
        required=False,
        max_length=600,
        widget=Area(attrs={"rows": 2}),
        validators=[storable_text],
    )
    zero_is_missing = forms.BooleanField(label=_("0 also stands for “not available”"), required=False)
    invented = forms.BooleanField(label=_("The figures are made up for a demonstration"), required=False)

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        if upload is None:  # passed over because it is too large
            return upload
        if upload.size > settings.EVIDENCE_MAX_BYTES:
            raise size_over_limit(upload.size)
        refuse_viruses(upload, away=_("Files cannot be checked now. Send the file again later."))
        upload.seek(0)
        return upload

    def clean_only(self) -> list[tuple[str, str]]:
        lines = [line.strip() for line in self.cleaned_data["only"].splitlines() if line.strip()]
        wrong = [line for line in lines if "=" not in line]
        if wrong:
            raise forms.ValidationError(
                _("Write each line like sex=T; found: %(line)s.") % {"line": wrong[0]}
            )
        return [
            (name.strip(), value.strip()) for name, _sign, value in (line.partition("=") for line in lines)
        ]

    def choices(self) -> ImportChoices:
        data = self.cleaned_data
        return ImportChoices(
            key=slugify(data["title"])[:60] or "table",
            title=data["title"],
            origin=data["origin"],
            licence=data["licence"],
            unit=data["unit"],
            year=data["year"] or 0,
            vintage=data["vintage"],
            level=data["level"],
            zero_is_missing=data["zero_is_missing"],
            provenance="invented" if data["invented"] else "sourced",
            only=tuple(data["only"]),
        )
