"""What is typed into fields of a row: accepted, or refused with a sentence that says what to do."""

import pytest
from django.http import QueryDict

from mapping.forms.records import RecordForm
from mapping.selectors.kinds import KINDS
from tests.factories.mapping import RegionMapFactory, UnitFactory
from tests.factories.matrix import matrix

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return matrix()


def form_of(place, name, field, data):
    kind = KINDS[name]
    query = data if isinstance(data, str) else ""
    sent = QueryDict(query, mutable=True)
    if not isinstance(data, str):
        for key, value in data.items():
            sent.setlist(key, value if isinstance(value, list) else [value])
    row = place.rows()[name]
    return RecordForm(sent, kind=kind, fields=[kind.field(field)], region_map=place.region_map, row=row)


def change(place, name, field, data):
    form = form_of(place, name, field, data)
    assert form.errors == {}
    made = form.change(KINDS[name].field(field))
    return made.values if made.values is not None else made.links if made.links is not None else made.rows


def refusal(place, name, field, data):
    form = form_of(place, name, field, data)
    return [str(error) for errors in form.errors.values() for error in errors]


@pytest.mark.parametrize(
    "typed, stored",
    [
        ("4", {"strength_answer": "value", "strength": 4}),
        ("", {"strength_answer": "unanswered", "strength": None}),
        ("no_information", {"strength_answer": "no_information", "strength": None}),
        ("does_not_apply", {"strength_answer": "does_not_apply", "strength": None}),
    ],
)
def test_the_four_answers_on_strength_are_kept_apart(place, typed, stored):
    assert change(place, "capability", "strength", {"strength": typed}) == stored


def test_a_priority_none_on_purpose_and_unknown_are_three_answers(place):
    answers = [str(place.priority.pk), "does_not_apply", "no_information", ""]
    stored = [change(place, "capability", "priority", {"priority": answer}) for answer in answers]
    assert stored == [
        {"priority_answer": "value", "priority_id": place.priority.pk},
        {"priority_answer": "does_not_apply", "priority_id": None},
        {"priority_answer": "no_information", "priority_id": None},
        {"priority_answer": "unanswered", "priority_id": None},
    ]


@pytest.mark.parametrize("typed", ["0", "6", "-1", "1e9", "value", "3 "])
def test_a_strength_that_is_not_offered_is_refused(place, typed):
    refused = ["That option is not offered here. Choose one of the list."]
    assert refusal(place, "capability", "strength", {"strength": typed}) == refused


@pytest.mark.parametrize(
    "typed, said",
    [
        ("", "Fill in “Name”."),
        ("   ", "Fill in “Name”."),
        ("\u200b\u200b", "Enter a name with at least one letter or number."),
        ("a\x00b", "Null characters are not allowed."),
        (
            "a\ufffeb",
            "The text contains characters that cannot be stored. Type it again or paste plain text.",
        ),
        ("A" * 201, "Shorten this to 200 characters. It has 201."),
        ("  ADVICE ", "There is already “Advice”."),
    ],
)
def test_a_name_is_needed_storable_and_not_there_twice(place, typed, said):
    assert said in refusal(place, "capability", "name", {"name": typed})


def test_the_same_name_in_another_unit_is_another_capability(place):
    place.capability.unit = place.town
    place.capability.save()
    assert change(place, "capability", "name", {"name": "Advice"}) == {"name": "Advice"}


def test_typed_html_and_formulas_are_text(place):
    text = "<script>alert(1)</script> {{7*7}} =1+1 '; DROP"
    assert change(place, "capability", "name", {"name": text}) == {"name": text}


def test_an_unknown_code_is_named(place):
    assert refusal(place, "capability", "economic", {"economic": ["nace:X99"]}) == [
        "There is no code “nace:X99” in this list."
    ]


def test_a_code_of_another_list_is_refused(place):
    assert refusal(place, "capability", "economic", {"economic": ["ford:2.2"]}) == [
        "There is no code “ford:2.2” in this list."
    ]


def test_links_lead_to_rows_of_the_same_map_only(place):
    foreign = UnitFactory(region_map=RegionMapFactory())
    assert refusal(place, "actor", "units", {"units": [str(foreign.pk)]}) == [
        "That option is not offered here. Choose one of the list."
    ]
    assert change(place, "actor", "units", {"units": [str(place.town.pk)]}) == [place.town.pk]


def test_a_unit_never_lies_in_itself(place):
    form = form_of(place, "unit", "parents", {"parents": [str(place.city.pk)]})
    assert not form.is_valid()
    place.region.parents.add(place.city)
    place.city.parents.clear()
    said = ["A unit cannot lie in itself, nor in a unit that lies in it."]
    assert refusal(place, "unit", "parents", {"parents": [str(place.region.pk)]}) == said


def test_nuts_codes_must_exist_in_their_version(place):
    assert change(place, "unit", "nuts", {"nuts": "pl91, PL91"}) == [{"code": "PL91", "nuts_version": "2021"}]
    assert refusal(place, "unit", "nuts", {"nuts": "PL91/2024"}) == [
        "There is no code PL91 (NUTS 2024). Check it in the list of NUTS codes."
    ]


def test_services_carry_to_whom_they_are_offered(place):
    typed = {"services": ["advice", "finance"], "services_advice": "farms", "services_skills": "nobody"}
    assert change(place, "actor", "services", typed) == [
        {"kind": "advice", "offered_to": "farms"},
        {"kind": "finance", "offered_to": ""},
    ]
    assert refusal(place, "actor", "services", {"services": ["magic"]}) != []


def test_a_line_of_a_mandate_without_a_body_is_left_out(place):
    topic = str(place.priority.pk)
    typed = {
        "mandates_topic": [topic, ""],
        "mandates_role": ["decides", "advises"],
        "mandates_who": ["Marshal", " "],
    }
    assert change(place, "space", "mandates", typed) == [
        {"topic_id": place.priority.pk, "role": "decides", "who": "Marshal"}
    ]
    assert refusal(place, "space", "mandates", {**typed, "mandates_topic": ["99999", ""]}) != []


def test_a_tie_joins_two_different_actors_once(place):
    same = {"target": str(place.actor.pk)}
    assert refusal(place, "tie", "target", same) == ["A tie joins two different actors. Choose another one."]


@pytest.mark.parametrize("typed", ["javascript:alert(1)", "ftp://a.eu", "no address"])
def test_an_address_is_a_web_address(place, typed):
    assert refusal(place, "actor", "website", {"website": typed}) != []
    assert refusal(place, "actor", "sources", {"sources": f"https://a.eu\n{typed}"}) != []


def test_sources_are_one_address_a_line(place):
    typed = {"sources": "https://a.eu/x\n\n https://b.eu "}
    assert change(place, "actor", "sources", typed) == {"sources": ["https://a.eu/x", "https://b.eu"]}
