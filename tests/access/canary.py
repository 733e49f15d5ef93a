"""A word in every free text of rows that somebody else may not see: found in a reply, it leaked."""

from typing import Any

from django.apps import apps
from django.db import models

from governance.models import Question, QuestionnaireVersion, Section

CANARY = "Zq7canary"
# The database refuses to change these once they are published.
FROZEN = (QuestionnaireVersion, Section, Question)
# What the program compares or looks up; people do not read it.
KEYS = {"key", "code", "fingerprint", "token_hash", "owner_hash", "password", "language", "time_zone"} | {
    "method_version",
    "figures_fingerprint",
    "url",
    "link",
    "website",
    "content_type",
    "error_code",
    "field",
}


def last_keys() -> dict[Any, int]:
    """The newest row of every table, so that rows made afterwards are known."""
    return {model: model.objects.order_by("-pk").values_list("pk", flat=True).first() or 0 for model in own()}


def own() -> list[Any]:
    labels = ("accounts", "mapping", "governance", "journeys")
    shared = ("CodeList", "Code", "NutsRegion")
    return [
        model
        for label in labels
        for model in apps.get_app_config(label).get_models()
        if model.__name__ not in shared and not model.__name__.startswith("Historical")
    ]


def mark(model: Any, last: int) -> None:
    """Put the canary into every free text of the rows made since."""
    texts = [
        item.name
        for item in model._meta.fields
        if isinstance(item, models.CharField | models.TextField)
        and not isinstance(item, models.FileField | models.SlugField | models.EmailField)
        and not item.choices
        and not item.unique
        and item.name not in KEYS
        and (item.max_length or 999) >= 60
    ]
    for row in model.objects.filter(pk__gt=last):
        values = {name: f"{CANARY} {getattr(row, name)}" for name in texts}
        if values:
            model.objects.filter(pk=row.pk).update(**values)
