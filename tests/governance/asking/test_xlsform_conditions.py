"""What an expression of a spreadsheet form becomes: the same meaning here, or a refusal that is listed."""

import pytest

from governance.asking.conditions import holds
from governance.asking.xlsform_conditions import (
    About,
    TooComplex,
    joined_rules,
    met_by_silence,
    read_condition,
    without_marks,
)

ABOUT = {
    "many": About(kind="multiple_choice", options={"a": "a", "b": "b", "no information": "no_information"}),
    "one": About(kind="single_choice", options={"1": "1", "2": "2", "10": "10", "x y": "x_y"}),
    "ack": About(kind="single_choice", options={"OK": "ok"}),
    "age": About(kind="number"),
    "day": About(kind="date"),
    "zip": About(kind="short_text"),
}


def read(text):
    return read_condition(text, code_of=lambda name: name if name in ABOUT else None, about=ABOUT)


def test_several_choices_compared_as_a_whole_are_kept_by_one_of_them_and_told():
    made, whole = without_marks(read("${age} > 3 and not(${many} = 'a')"))
    assert made == {
        "all": [
            {"question": "age", "op": ">", "value": 3},
            {"question": "many", "op": "!=", "value": "a"},
        ]
    }
    assert whole == ["many"]
    assert without_marks(read("selected(${many}, 'a')")) == (
        {"question": "many", "op": "=", "value": "a"},
        [],
    )
    # Negative control: one choice only is compared there and here alike.
    assert without_marks(read("${one} = '2'")) == ({"question": "one", "op": "=", "value": "2"}, [])


@pytest.mark.parametrize(
    "text, met, not_met",
    [
        # "and" before "or", and brackets before both
        ("${age} > 5 or ${one} = '1' and ${zip} = 'A'", {"age": 6}, {"one": "1", "zip": "B"}),
        ("(${age} > 5 or ${one} = '1') and ${zip} = 'A'", {"one": "1", "zip": "A"}, {"age": 6}),
        ("not(selected(${many}, 'a'))", {"many": ["b"]}, {"many": ["a", "b"]}),
        ("not(not(${one} = '1'))", {"one": "1"}, {"one": "2"}),
        ("count-selected(${many}) > 0", {"many": ["a"]}, {}),
        (
            "count-selected(${many}) >= 1 and ${age} <= 3",
            {"many": ["a"], "age": 3},
            {"many": ["a"], "age": 4},
        ),
        ("string-length(${zip}) > 0", {"zip": "A"}, {}),
        ("${day} > date('2026-03-01')", {"day": "2026-03-02"}, {"day": "2026-03-01"}),
        ("${day} <= '2026-03-01'", {"day": "2026-03-01"}, {"day": "2026-03-02"}),
        # choices by their names there: numbers have an order, others a code of ours
        ("${one} >= 2", {"one": "10"}, {"one": "1"}),
        ("${one} < 10", {"one": "2"}, {"one": "10"}),
        ("${one} = 2", {"one": "2"}, {"one": "1"}),
        ("${one} = 'x y'", {"one": "x_y"}, {"one": "1"}),
        ("selected(${many}, 'no information')", {"many": ["no_information"]}, {"many": ["a"]}),
        ("${ack} = 'OK'", {"ack": "ok"}, {}),
        ("${zip} = 123", {"zip": "123"}, {"zip": "12"}),
        ("${age} = '18'", {"age": 18}, {"age": 17}),
    ],
)
def test_a_condition_means_here_what_it_means_there(text, met, not_met):
    made, whole = without_marks(read(text))
    assert whole == []
    assert (holds(made, met.get), holds(made, not_met.get)) == (True, False)


@pytest.mark.parametrize(
    "text",
    [
        "${many} = 'a b'",  # exactly these two
        "${many} > 1",
        "${one} > 10",  # no choice is
        "not(${age} > 5 and ${one} = '1')",
        "not(count-selected(${many}) > 0)",
        "count-selected(${many}) >= 2",
        "count-selected(${many}) = ${age}",
        "regex(${zip}, '^[0-9]{2}$')",
        "${day} > today()",
        "${day} > ${day} + 30",
        "date(${day}) - date('2026-01-01') > 30",
        "${day} > date('2026-02-30')",
        "${day} = '1 March'",
        "${age} = 'many'",
        "${zip} > 5",
        "${age} = ${one}",
        "${unknown} = 1",
        "if(${age} > 3, true(), false())",
        "false()",
        "${age}",
        "${age} = 1 xor ${age} = 2",
    ],
)
def test_what_cannot_be_kept_is_never_guessed(text):
    with pytest.raises(TooComplex):
        read(text)


def test_conditions_of_groups_are_joined_as_long_as_they_can_be_kept():
    one, other = read("${age} > 3 and ${one} = '1'"), read("${zip} = 'A'")
    assert joined_rules([one, other]) == {"all": [*one["all"], other]}
    with pytest.raises(TooComplex):
        joined_rules([read(" or ".join(f"${{age}} = {n}" for n in range(41)))])
    deep = "${age} = 1"
    for sign in ("or", "and") * 2:
        deep = f"({deep} {sign} ${{age}} = 2)"
    assert joined_rules([read(deep)])
    with pytest.raises(TooComplex):
        joined_rules([read(f"{deep} or ${{age}} = 3")])


def test_silence_meets_nothing_here():
    assert met_by_silence(read("${one} != '1' or ${many} != 'a'")) == ["one", "many"]
