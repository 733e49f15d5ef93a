"""Fields of more than one line: addresses, NUTS codes, services and mandates."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cohes3ion.lib.typed_texts import NOT_OFFERED, Area
from mapping.enums import Service
from mapping.models import NutsRegion
from mapping.selectors.fields import Pairs
from mapping.validators import storable_text, web_address


class AddressesField(forms.CharField):
    widget = Area(attrs={"rows": 3})

    def clean(self, value: Any) -> list[str]:
        lines = [line.strip() for line in super().clean(value).splitlines() if line.strip()]
        for line in lines:
            try:
                web_address(line)
            except ValidationError:
                message = _("“%(line)s” is no web address. Write it like https://region.eu/strategy.")
                raise ValidationError(message, params={"line": line[:80]}) from None
        return lines


class NutsField(forms.CharField):
    """Codes with commas between them; each must exist in its version of NUTS."""

    def __init__(self, *, version: str, **options: Any) -> None:
        super().__init__(max_length=400, **options)
        self.version = version

    def clean(self, value: Any) -> list[dict[str, str]]:
        parts = [part for part in re.split(r"[\s,;]+", super().clean(value).upper()) if part]
        pairs = [tuple(part.split("/", 1)) if "/" in part else (part, self.version) for part in parts]
        known = set(
            NutsRegion.objects.filter(code__in=[code for code, _version in pairs]).values_list(
                "code", "version"
            )
        )
        missing = [f"{code} (NUTS {version})" for code, version in pairs if (code, version) not in known]
        if missing:
            message = _("There is no code %(codes)s. Check it in the list of NUTS codes.")
            raise ValidationError(message, params={"codes": ", ".join(missing)})
        return [{"code": code, "nuts_version": version} for code, version in dict.fromkeys(pairs)]


class ServicesWidget(forms.CheckboxSelectMultiple):
    """A box per service, and beside each to whom it is offered."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> dict[str, str]:
        given = data.getlist(name) if hasattr(data, "getlist") else data.get(name, [])
        return {kind: data.get(f"{name}_{kind}", "").strip() for kind in given if kind}


class ServicesField(forms.Field):
    widget = ServicesWidget
    choices = Service.choices

    def clean(self, value: Any) -> list[dict[str, str]]:
        for kind, offered_to in (value or {}).items():
            storable_text(offered_to)
            if kind not in Service.values:
                raise ValidationError(NOT_OFFERED)
            if len(offered_to) > 200:
                raise ValidationError(_("Shorten “offered to” to 200 characters."))
        return [{"kind": kind, "offered_to": offered_to} for kind, offered_to in (value or {}).items()]


class MandatesWidget(forms.Widget):
    """Lines of topic, mandate and body, sent as three lists of the same length."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[dict[str, str]]:
        columns = [data.getlist(f"{name}_{part}") for part in ("topic", "role", "who")]
        lines = [
            dict(zip(("topic", "role", "who"), line, strict=True)) for line in zip(*columns, strict=False)
        ]
        return [line for line in lines if line["who"].strip()]


class MandatesField(forms.Field):
    widget = MandatesWidget

    def __init__(self, *, topics: Pairs, roles: Any, **options: Any) -> None:
        super().__init__(**options)
        self.topics, self.roles = topics, list(roles)
        self.choices = [*topics, *self.roles]

    def clean(self, value: Any) -> list[dict[str, Any]]:
        for line in value or []:
            storable_text(line["who"])
            if line["role"] not in dict(self.roles):
                raise ValidationError(
                    _("Choose for “%(who)s” what it does."), params={"who": line["who"][:80]}
                )
            if line["topic"] and line["topic"] not in dict(self.topics):
                raise ValidationError(NOT_OFFERED)
            if len(line["who"]) > 200:
                raise ValidationError(_("Shorten the name of the body to 200 characters."))
        return [
            {
                "topic_id": int(line["topic"]) if line["topic"] else None,
                "role": line["role"],
                "who": line["who"],
            }
            for line in value or []
        ]
