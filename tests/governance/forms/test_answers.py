"""What a question page may send."""

import pytest
from django.http import QueryDict

from cohes3ion.lib.row_forms import Change
from cohes3ion.lib.versions import VersionMissing
from governance.forms.answers import AnswerForm, ChoiceForm


def form(make=AnswerForm, **data: str):
    sent = QueryDict(mutable=True)
    sent.update(data)
    made = make(sent)
    made.is_valid()
    return made


def first_error(made, field: str) -> str:
    return str(made.errors[field][0])


@pytest.mark.parametrize("sent, columns", [
    ("3", {"kind": "value", "level": 3}),
    ("no_information", {"kind": "no_information", "level": None}),
    ("does_not_apply", {"kind": "does_not_apply", "level": None}),
    ("", {"kind": "unanswered", "level": None}),
])  # fmt: skip
def test_level_becomes_kind_and_number(sent, columns):
    assert form(level=sent, version_level="4").changes() == [Change(field="level", values=columns, version=4)]


def test_only_the_fields_that_were_sent_change():
    made = form(importance="5", version_importance="1", version_level="1")
    assert made.changes() == [Change(field="importance", values={"importance": 5}, version=1)]


def test_a_field_left_alone_does_not_change():
    made = form(
        explanation="A\r\nb",
        was_explanation="A\nb",
        version_explanation="1",
        level="3",
        was_level="2",
        version_level="1",
    )
    assert [change.field for change in made.changes()] == ["level"]


@pytest.mark.parametrize("version", ["", "x", "-1", "²", "9999999999"])
def test_a_change_without_a_version_is_refused(version):
    with pytest.raises(VersionMissing):
        form(level="3", version_level=version).changes()


@pytest.mark.parametrize("field, value", [
    ("level", "6"),
    ("level", "0"),
    ("level", "value"),
    ("level", "3 "),
    ("importance", "9"),
    ("importance", "no_information"),
    ("confidence", "certain"),
])  # fmt: skip
def test_an_option_that_is_not_offered_is_refused(field, value):
    made = form(**{field: value, f"version_{field}": "1"})
    assert first_error(made, field) == (
        "That option is not part of this question. Choose one of those shown."
    )
    assert made.changes() == []


@pytest.mark.parametrize("text", ["a\x00b", "a\ud800b", "a\x1bb", "a\x7fb"])
def test_characters_that_cannot_be_stored_are_refused(text):
    made = form(explanation=text, version_explanation="1")
    assert first_error(made, "explanation") == (
        "The text contains characters that cannot be stored. Type it again or paste plain text."
    )
    assert made.typed("explanation") == text


@pytest.mark.parametrize("text", [
    "Łódź, Δρόμος, Ireland — naïve 'quotes' & <b>",
    "<script>alert(1)</script> {{7*7}} =1+1 '; DROP",
    "مرحبا 👩‍🔬 \u200bend",
    " two  spaces \n\ttab ",
])  # fmt: skip
def test_texts_are_kept_as_typed(text):
    assert form(explanation=text, version_explanation="1").changes()[0].values == {"explanation": text}


def test_line_ends_are_the_same_from_a_form_and_from_a_script():
    changes = form(explanation="a\r\nb\rc", version_explanation="1").changes()
    assert changes[0].values == {"explanation": "a\nb\nc"}


def test_the_limit_counts_characters_not_line_ends():
    assert form(explanation="a\r\n" * 2500, version_explanation="1").errors == {}
    made = form(explanation="x" * 5001, version_explanation="1")
    assert first_error(made, "explanation") == "Write at most 5000 characters (you wrote 5001)."


def test_one_bad_field_leaves_the_others():
    made = form(level="9", version_level="1", importance="2", version_importance="1")
    assert [change.field for change in made.changes()] == ["importance"]


def test_a_choice_is_bound_to_one_field_and_version():
    made = form(ChoiceForm, field="level", choice="mine", level="4", version="3")
    assert made.change() == Change(field="level", values={"kind": "value", "level": 4}, version=3)


@pytest.mark.parametrize("data", [
    {"field": "state", "choice": "mine", "version": "1"},
    {"field": "level", "choice": "delete", "level": "3", "version": "1"},
    {"field": "level", "choice": "mine", "version": "1"},
    {"field": "level", "choice": "both", "level": "7", "version": "1"},
])  # fmt: skip
def test_a_tampered_choice_is_refused(data):
    assert form(ChoiceForm, **data).errors != {}
