"""A text that is too long: every form says how many characters are allowed and how many there are."""

import importlib
import pkgutil
from collections.abc import Iterator

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils import translation

from cohes3ion.lib.apps import say_our_own_sentence
from governance.api.entries import NewEntrySerializer
from tests.architecture.tree import APPS

PLACES = (*APPS, "cohes3ion.accounts", "cohes3ion.lib")
# A paste is counted in rows, and no address is as long as that: their sentences say so.
OTHERWISE = {
    "mapping.forms.paste.PasteForm.text",
    "journeys.forms.registrations.RegisterForm.email",
    "journeys.forms.newsletters.SubscribeForm.email",
}


def kinds(parent: type) -> Iterator[type]:
    for child in parent.__subclasses__():
        yield child
        yield from kinds(child)


def limited_fields() -> dict[str, forms.Field]:
    """Every form field of the project that has a limit, by its full name."""
    for place in PLACES:
        package = importlib.import_module(place)
        for found in pkgutil.walk_packages(package.__path__, f"{place}."):
            if ".migrations" not in found.name and ".build" not in found.name:
                importlib.import_module(found.name)
    return {
        f"{form.__module__}.{form.__name__}.{name}": field
        for form in kinds(forms.BaseForm)
        if form.__module__.startswith(PLACES)
        for name, field in form.base_fields.items()
        if getattr(field, "max_length", None)
    }


FIELDS = limited_fields()


def sentences(field: forms.Field) -> list[str]:
    """What is said of one character too many."""
    try:
        field.run_validators("x" * (field.max_length + 1))
    except ValidationError as refusal:
        errors = refusal.error_list
        return [str(text) for error in errors if error.code == "max_length" for text in error.messages]
    return []


def faults() -> list[str]:
    found = []
    for name, field in FIELDS.items():
        said = sentences(field)
        numbers = (str(field.max_length), str(field.max_length + 1))
        told = all(number in text for text in said for number in numbers)
        generic = any("Ensure this" in text or "Βεβαιωθείτε" in text for text in said)
        if generic or (not told and name not in OTHERWISE):
            found.append(f"{name}: {said}")
    return found


@pytest.mark.parametrize("language", ["en", "el"])
def test_every_field_says_how_many_are_allowed_and_how_many_there_are(language):
    with translation.override(language):
        assert faults() == []
    assert len(FIELDS) > 150


def test_negative_control_the_sentence_of_the_framework(monkeypatch):
    """Without ours, fields that bring no sentence of their own are found."""
    monkeypatch.setattr(MaxLengthValidator, "message", "Ensure this value is shorter.")
    assert "cohes3ion.accounts.forms.TokenForm.name" in [fault.partition(":")[0] for fault in faults()]
    say_our_own_sentence()
    assert faults() == []


def test_a_program_is_told_the_same():
    sent = NewEntrySerializer(data={"group": "x" * 21})
    assert not sent.is_valid()
    assert str(sent.errors["group"][0]) == "Shorten this to 20 characters. It has 21."
