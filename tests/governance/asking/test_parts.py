"""The parts of a questionnaire as a form shows and sends them."""

from types import SimpleNamespace

import pytest

from governance.asking.base import Reader
from governance.asking.condition_parts import with_code
from governance.asking.parts import columns_with, question_parts, value_of
from governance.asking.plain_values import check_fields
from governance.asking.problems import Refused
from governance.asking.registry import TYPES
from governance.asking.shape_values import Around, Asked
from governance.asking.shapes import flat_of, read_part
from governance.asking.translating import completeness, text_part, texts_of
from governance.selectors.questionnaires import translated_settings
from tests.factories.questionnaires import every_type

ASKED = {
    "1.2": Asked(code="1.2", short="Firm", type="single_choice", labels={"yes": "Yes", "no": "No"}),
    "1.4": Asked(code="1.4", short="Staff", type="number"),
    "1.5": Asked(code="1.5", short="Start", type="date"),
}


def row_of(**values):
    empty = {"text": "", "plain": "", "help": "", "rubric": [], "evidence_examples": [], "settings": {}}
    empty |= {"condition": {}, "messages": {}, "required": True, "scope": "region", "is_core": False}
    return SimpleNamespace(**{**empty, "translations": {}, **values})


def rows():
    for section in every_type()["sections"]:
        for question in section["questions"]:
            yield row_of(**question)


def part(kind, name):
    return next(p for p in question_parts(TYPES[kind]) if p.name == name)


def read(kind, name, sent, *, before=None, language="en"):
    around = Around(before=before, questions=ASKED, reader=Reader(language=language))
    return read_part(part(kind, name), sent, around)


@pytest.mark.parametrize("language", ["en", "pl"])
@pytest.mark.parametrize("row", list(rows()), ids=lambda row: row.type)
def test_every_part_of_every_type_comes_back_as_it_went_out(row, language):
    for one in question_parts(TYPES[row.type]):
        before = value_of(row, one.name)
        around = Around(before=before, questions=ASKED, reader=Reader(language=language))
        assert (read_part(one, flat_of(one, around), around) or None) == (before or None), one.name


def test_every_setting_of_every_type_can_be_edited():
    for kind in TYPES.values():
        names = {one.name for one in question_parts(kind)}
        assert {f"settings.{name}" for name in kind.setting_names} <= names


def test_a_value_goes_to_its_place_and_leaves_the_rest():
    row = row_of(settings={"unit": "%", "min": 0}, translations={"el": {"short": "Ένα"}})
    assert columns_with(row, "settings.max", 9) == {"settings": {"unit": "%", "min": 0, "max": 9}}
    assert columns_with(row, "settings.unit", "") == {"settings": {"min": 0}}
    assert columns_with(row, "settings.kinds", []) == {"settings": {"unit": "%", "min": 0, "kinds": []}}
    told = columns_with(row, "translations.pl.settings.choices.yes", "Tak")["translations"]
    assert told == {"el": {"short": "Ένα"}, "pl": {"settings": {"choices": {"yes": "Tak"}}}}
    step = columns_with(row, "translations.pl.rubric.2", "Trzy")["translations"]["pl"]
    assert step == {"rubric": ["", "", "Trzy"]}
    assert columns_with(row, "translations.el.short", "") == {"translations": {}}


def test_lines_of_choices_keep_their_codes_and_get_new_ones():
    before = [{"code": "yes", "label": "Yes"}, {"code": "none", "label": "None", "exclusive": True}]
    sent = {"0.code": "yes", "0.label": "Yes, fully", "1.code": "none", "1.label": ""}
    sent |= {"2.label": "Żywność i łąki", "paste": "Robots\n\nRobots"}
    assert read("multiple_choice", "settings.choices", sent, before=before) == [
        {"code": "yes", "label": "Yes, fully"},
        {"code": "zywnosc-i-laki", "label": "Żywność i łąki"},
        {"code": "robots", "label": "Robots"},
        {"code": "robots-2", "label": "Robots"},
    ]


def test_a_column_keeps_what_the_form_does_not_show():
    before = [{"code": "n", "label": "N", "type": "number", "settings": {"decimals": 1, "max": 5}}]
    sent = {"0.code": "n", "0.label": "N", "0.type": "number", "0.unit": "%", "0.max": "100"}
    sent |= {"1.label": "Kind", "1.type": "single_choice", "1.choices": "a | First\nSecond"}
    assert read("matrix", "settings.columns", sent, before=before) == [
        {
            "code": "n",
            "label": "N",
            "type": "number",
            "settings": {"decimals": 1, "unit": "%", "max": 100},
        },
        {
            "code": "kind",
            "label": "Kind",
            "type": "single_choice",
            "settings": {"choices": [{"code": "a", "label": "First"}, {"code": "second", "label": "Second"}]},
        },
    ]


@pytest.mark.parametrize(
    "sent, value",
    [
        (
            {"0.question": "1.2", "0.op": "=", "0.value": "yes"},
            {"question": "1.2", "op": "=", "value": "yes"},
        ),
        ({"0.question": "1.2", "0.op": "=", "0.value": "No"}, {"question": "1.2", "op": "=", "value": "no"}),
        (
            {"0.question": "1.4", "0.op": ">", "0.value": "2.5"},
            {"question": "1.4", "op": ">", "value": 2.5},
        ),
        ({"0.question": "1.5", "0.op": "answered"}, {"question": "1.5", "op": "answered"}),
        ({"0.question": "", "0.op": "="}, {}),
        (
            {
                "join": "any",
                "0.question": "1.4",
                "0.op": "answered",
                "1.question": "1.2",
                "1.op": "in",
                "1.value": "Yes, no",
            },
            {
                "any": [
                    {"question": "1.4", "op": "answered"},
                    {"question": "1.2", "op": "in", "value": ["yes", "no"]},
                ]
            },
        ),
    ],
)
def test_conditions_are_read_in_words_and_come_back(sent, value):
    assert read("number", "condition", sent) == value
    one = part("number", "condition")
    around = Around(before=value, questions=ASKED)
    assert read_part(one, flat_of(one, around), around) == value


def test_a_condition_inside_conditions_is_kept_until_it_is_replaced():
    nested = {"all": [{"any": [{"question": "1.4", "op": "answered"}]}]}
    one = part("number", "condition")
    assert flat_of(one, Around(before=nested, questions=ASKED)) == {"nested": "on"}
    assert read("number", "condition", {"nested": "on"}, before=nested) == nested
    assert read("number", "condition", {"nested": "on", "replace": "on"}, before=nested) == {}
    assert with_code(nested, old="1.4", new="9") == {"all": [{"any": [{"question": "9", "op": "answered"}]}]}


@pytest.mark.parametrize(
    "kind, name, sent, code",
    [
        ("number", "short", {"": " \u200b "}, "empty"),
        ("number", "short", {"": "x" * 61}, "length"),
        ("number", "short", {"": "a\x00b"}, "characters"),
        ("number", "code", {"": "a b"}, "code"),
        ("number", "settings.decimals", {"": "two"}, "whole"),
        ("number", "settings.min", {"": "1.000"}, "number"),
        ("date", "settings.min", {"": "31.02.2026"}, "date"),
        ("short_text", "settings.format", {"": "phone"}, "option"),
        ("date", "settings.after", {"": "9.9"}, "option"),
        ("matrix", "settings.sum", {"of": "rows", "to": ""}, "sum"),
        ("matrix", "settings.columns", {"0.label": "A", "0.type": "group"}, "option"),
        ("single_choice", "settings.choices", {"0.label": "A", "0.code": "ą"}, "code"),
        (
            "single_choice",
            "settings.choices",
            {"0.label": "A", "0.code": "a", "1.label": "B", "1.code": "a"},
            "twice",
        ),
        ("single_choice", "settings.choices", {"0.label": "x" * 301}, "length"),
        ("number", "condition", {"0.question": "9.9", "0.op": "="}, "option"),
        ("number", "condition", {"0.question": "1.2", "0.op": "="}, "condition_value"),
        ("number", "condition", {"0.question": "1.2", "0.op": "=", "0.value": "maybe"}, "condition_value"),
        ("number", "condition", {"0.question": "1.4", "0.op": ">", "0.value": "many"}, "condition_value"),
    ],
)
def test_what_cannot_be_kept_is_refused_with_its_reason(kind, name, sent, code):
    with pytest.raises(Refused) as caught:
        read(kind, name, sent)
    assert caught.value.problem.code == code


def test_texts_to_translate_are_counted_one_by_one():
    questions = [q for section in every_type()["sections"] for q in section["questions"]]
    choice = questions[1]
    assert list(texts_of(choice)) == [
        ("short", "Question 1.2"),
        ("question", "What is 1.2?"),
        ("settings.choices.yes", "Yes"),
        ("settings.choices.no", "No"),
    ]
    told = {**choice, "translations": {"pl": {"short": "Pytanie", "settings": {"choices": {"no": "Nie"}}}}}
    assert completeness([told], language="pl") == (2, 4)
    assert completeness([told], language="el") == (0, 4)
    assert text_part("settings.choices.no", "No", language="pl").name == "translations.pl.settings.choices.no"


def test_small_texts_and_choices_inside_a_matrix_are_translated_too():
    choice = {"code": "a", "label": "A", "help": "Small"}
    column = {"code": "k", "label": "Kind", "type": "single_choice", "settings": {"choices": [choice]}}
    row = row_of(settings={"choices": [choice], "columns": [column]}, evidence_examples=["A list", "A map"])
    places = [place for place, _text in texts_of(vars(row))]
    assert places == [
        "evidence_examples.0",
        "evidence_examples.1",
        "settings.choices.a",
        "settings.choice_help.a",
        "settings.columns.k",
        "settings.cells.k.a",
    ]
    for place in places[1:]:
        told = columns_with(row, f"translations.pl.{place}", f"pl {place}")
        row.translations = told["translations"]
    assert completeness([vars(row)], language="pl") == (5, 6)
    assert list(check_fields(vars(row))) == []
    shown = translated_settings(row.settings, texts=row.translations["pl"]["settings"])
    assert shown["choices"][0]["help"] == "pl settings.choice_help.a"
    assert shown["columns"][0]["settings"]["choices"][0]["label"] == "pl settings.cells.k.a"
