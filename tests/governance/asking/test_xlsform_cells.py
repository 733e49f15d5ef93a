"""Nothing of a spreadsheet form goes without a word: each cell is in the questionnaire or in the list."""

import json

import pytest

from governance.management.commands.import_questionnaire import line_of
from governance.services.questionnaire_files import read_questionnaire

COLUMNS = {
    "label::English (en)": "{}",
    "label::Polish (pl)": "{}",
    "label::Klingon": "{}",
    "hint::English (en)": "{}",
    "hint::Polish (pl)": "{}",
    "guidance_hint::English (en)": "{}",
    "relevant": "regex(., '{}')",
    "required": "'{}' = ''",
    "required_message::Polish (pl)": "{}",
    "constraint": "regex(., '{}')",
    "constraint_message::English (en)": "{}",
    "constraint_message::Klingon": "{}",
    "default": "{}",
    "appearance": "{}",
    "read_only": "'{}' = ''",
    "calculation": "'{}'",
    "image::English (en)": "{}.png",
    "audio": "{}.wav",
    "choice_filter": "{} = 1",
    "body::accept": "{}",
    "bind::odk:length": "{}",
    "instance::mine": "{}",
    "my own note": "{}",
}
TYPES = [
    "text",
    "integer",
    "select_one kinds",
    "select_multiple kinds",
    "note",
    "time",
    "begin group",
    "image",
    "begin group",
    "decimal",
    "end group",
    "end group",
    "begin repeat",
    "begin group",
    "text",
    "end group",
    "begin repeat",
    "text",
    "end repeat",
    "end repeat",
    "geopoint",
    "",
]
PLACES = ("label", "hint", "my own note")


def table(name, rows):
    columns = list(dict.fromkeys(column for row in rows for column in row))
    lines = [columns, *([row.get(column, "") for column in columns] for row in rows)]
    return f"| {name} |\n" + "".join(f"| | {' | '.join(line)} |\n" for line in lines)


def survey():
    """Every kind of row with a text of its own in every column."""
    rows = []
    for number, kind in enumerate(TYPES, start=2):
        cells = {
            column: text.format(f"zz{number}c{place}") for place, (column, text) in enumerate(COLUMNS.items())
        }
        if kind.startswith(("begin", "end")) or kind == "note":
            cells.pop("calculation")
        if not kind:
            cells = {"my own note": cells["my own note"]}
        named = {"name": f"zz{number}"} if kind and not kind.startswith("end") else {}
        rows.append({"type": kind, **named, **cells})
    return [*rows, {**rows[0], "name": "zz_off", "label::English (en)": "zzoff", "disabled": "yes"}]


def choices():
    columns = (
        "label::English (en)",
        "label::Polish (pl)",
        "label::Klingon",
        "hint",
        "image",
        "zone",
        "my own",
    )
    return [
        {"list_name": of, "name": f"zz{n}", **{column: f"zz{n}d{i}" for i, column in enumerate(columns)}}
        for n, of in enumerate(["kinds", "kinds", "unused"], start=2)
    ]


SETTINGS = [
    {
        "form_title": "zztitle",
        "form_title::Polish (pl)": "zztytul",
        "form_id": "zzid",
        "default_language": "English (en)",
        "sms_keyword": "zzsms",
        "version": "zzversion",
        "my setting": "zzmine",
    },
    {"form_title": "zzsecond", "sms_keyword": "zzagain"},
]


def read(tmp_path, text):
    path = tmp_path / "form.md"
    path.write_text(text, encoding="utf-8")
    found = read_questionnaire(path=path)
    return found, [line_of(row) for row in found.differences]


def said(lines, place):
    return [line.removeprefix(f"{place}, ") for line in lines if line.startswith(f"{place}, ")]


def silent(rows, sheet, found, lines):
    """Cells that are neither in the questionnaire nor in a line of their row or, left out whole, of none."""
    kept = json.dumps(found.definition)
    for number, row in enumerate(rows, start=2):
        here = " ".join(said(lines, f"{sheet} row {number}"))
        whole = f"“{row.get('name')}” is left out" in here or f"The list “{row.get('list_name')}”" in here
        for column, text in row.items():
            token = next(
                (part for part in text.replace("'", " ").replace(".", " ").split() if "zz" in part), ""
            )
            if not (token in kept or token in here or whole or "Klingon" in column):
                yield number, column, text


def test_each_cell_is_in_the_questionnaire_or_in_a_line_of_its_row(tmp_path):
    sheets = {"survey": survey(), "choices": choices(), "settings": SETTINGS}
    found, lines = read(tmp_path, "".join(table(name, rows) for name, rows in sheets.items()))
    assert [cell for name, rows in sheets.items() for cell in silent(rows, name, found, lines)] == []
    assert "The texts in “Klingon” are left out" in " ".join(lines)
    assert "zz2c2" not in json.dumps(found.definition), "no text of a language without a code under another"
    # Negative control: a cell that is nowhere is found.
    assert list(silent([{"type": "text", "hint": "zznowhere"}], "survey", found, lines)) == [
        (2, "hint", "zznowhere")
    ]


RULES = """
| survey |
| | type | name | label | hint | constraint | constraint_message | parameters | disabled | own |
| | select_multiple yn | both | Both? | | not(selected(., 'y') and selected(., 'n')) | Not ${both} | | | |
| | begin group | firm | Firm | What the firm makes | | | | | |
| | image | view | View | | | | max-pixels=3840 | | |
| | text | off | Off | | | | | yes | |
| | text | off | Twice | | | | | | |
| | phonenumber | mine | | | | | | | |
| | phone number | called | Your number | | | | | | |
| | end group | | | | | | | | Until here |
| choices |
| | list_name | name | label | image | hint |
| | yn | y | Yes | y.png | |
| | yn | n | No | | Never |
| | other | a | | | |
"""


def test_messages_groups_disabled_rows_and_metadata_are_kept_or_listed(tmp_path):
    found, lines = read(tmp_path, RULES)
    assert [line for line in lines if line.startswith("survey")] == [
        "survey row 2, left out: “both”: the rule for its answers (not(selected(., 'y') and "
        "selected(., 'n'))) is left out.",
        "survey row 2, left out: “both”: what it says when its rule is broken (constraint_message: "
        "Not ${both}) is left out.",
        "survey row 4, left out: “view”: its parameters (max-pixels=3840) are left out.",
        "survey row 5, left out: “off” is left out: the form says that it is disabled (type: text, "
        "name: off, label: Off, disabled: yes).",
        "survey row 7, left out: “mine” is left out: there is no question of type “phonenumber” here.",
        "survey row 9, left out: “end group”: column own (Until here) is left out.",
    ]
    assert [line for line in lines if line.startswith("choices")] == [
        "choices row 2, left out: “y”: its picture, sound or film (image: y.png) is left out.",
        "choices row 3, left out: “n”: column hint (Never) is left out.",
        "choices row 4, left out: The list “other” (in rows: 4) is left out: no question here offers it.",
    ]
    firm = found.definition["sections"][1]
    assert (firm["title"], firm["description"]) == ("Firm", "What the firm makes")
    assert [(row["code"], row["short"]) for row in firm["questions"]] == [
        ("view", "View"),
        ("off", "Twice"),
        ("called", "Your number"),
    ]


LOOP = """
| survey |
| | type | name | label | hint | relevant | required | mine |
| | text | firm | Firm | | | | |
| | begin loop over kinds | each | Each | Of all | ${firm} = 'x' | | zone |
| | integer | people | People in %(label)s | Count them | ${firm} = 'y' | yes | note |
| | end loop | | | | | | |
| choices |
| | list_name | name | label | hint |
| | kinds | a | A | Once |
"""


def test_of_a_loop_only_what_a_matrix_holds_is_kept(tmp_path):
    found, lines = read(tmp_path, LOOP)
    matrix = found.definition["sections"][0]["questions"][1]
    assert matrix["condition"] == {"question": "firm", "op": "=", "value": "x"}
    assert [row["label"] for row in matrix["settings"]["columns"]] == ["People in …"]
    assert lines == [
        "survey row 3, changed: The loop “each” is a matrix: one row a choice, one column a question.",
        "survey row 3, left out: “each”: column mine (zone) is left out.",
        "survey row 4, changed: “people” is always asked: its condition (${firm} = 'y') cannot be kept.",
        "survey row 4, left out: “people”: column mine (note) is left out.",
        "survey row 4, left out: “people”: column hint (Count them) is left out.",
        "survey row 4, left out: “people”: column required (yes) is left out.",
        "choices row 2, left out: “a”: column hint (Once) is left out.",
    ]


ALIKE = """
| survey |
| | bind::type | type | name | label | hint | default | appearance | constraint_message | image | own |
| | string | select_one yn | a | A? | Once | y | A? | Once | Once | Yes |
| | | text | b | Say | Say | Say | b | | Say | short_text |
| | | begin loop over yn | each | Each | Of all | | | | | |
| | | text | cell | Say | Of all | | | | | Each |
| | | end loop | | | | | | | | |
| choices |
| | list_name | name | label | hint | own |
| | yn | y | Yes | Yes | y |
"""


def test_a_cell_is_kept_by_its_column_and_not_because_another_one_says_the_same(tmp_path):
    found, lines = read(tmp_path, ALIKE)
    a, b, each = found.definition["sections"][0]["questions"]
    assert [(row["short"], row["help"]) for row in (a, b, each)] == [
        ("A?", "Once"),
        ("Say", "Say"),
        ("Each", "Of all"),
    ]
    assert sorted(lines) == sorted(
        [
            "survey row 2, left out: “a”: its look (A?) is left out.",
            "survey row 2, left out: “a”: column bind::type (string) is left out.",
            "survey row 2, left out: “a”: what it says when its rule is broken (constraint_message: Once) "
            "is left out.",
            "survey row 2, left out: “a”: column own (Yes) is left out.",
            "survey row 2, left out: “a”: the value filled in beforehand (y) is left out.",
            "survey row 2, left out: “a”: its picture, sound or film (image: Once) is left out.",
            "survey row 3, left out: “b”: its look (b) is left out.",
            "survey row 3, left out: “b”: column own (short_text) is left out.",
            "survey row 3, left out: “b”: the value filled in beforehand (Say) is left out.",
            "survey row 3, left out: “b”: its picture, sound or film (image: Say) is left out.",
            "survey row 4, changed: The loop “each” is a matrix: one row a choice, one column a question.",
            "survey row 5, left out: “cell”: column own (Each) is left out.",
            "survey row 5, left out: “cell”: column hint (Of all) is left out.",
            "choices row 2, left out: “y”: column hint (Yes) is left out.",
            "choices row 2, left out: “y”: column own (y) is left out.",
        ]
    )


NEVER = """
| survey |
| | type | name | label | relevant | appearance | own | image |
| | select_one yn | a | A? | | | | |
| | text | b | B | ${a} = 'maybe' | w1 | mine | b.png |
| | text | c | C | ${a} = 'y' | w1 | | |
| choices |
| | list_name | name | label |
| | yn | y | Yes |
| settings |
| | version | form_title |
| | 7 | T |
| notes |
| | x |
| | y |
"""


def test_a_row_whose_condition_goes_keeps_its_question_and_lists_its_other_columns(tmp_path):
    """The sheets come in the order in which a form is read: settings, survey, choices, others."""
    found, lines = read(tmp_path, NEVER)
    _a, b, c = found.definition["sections"][0]["questions"]
    assert ("condition" in b, c["condition"]) == (False, {"question": "a", "op": "=", "value": "y"})
    assert lines == [
        "settings row 2, left out: The setting “version” (7) is left out.",
        "survey row 3, changed: “b” is always asked: its condition compares with “maybe”, which is no choice "
        "of question a.",
        "survey row 3, left out: “b”: its look (w1) is left out.",
        "survey row 3, left out: “b”: column own (mine) is left out.",
        "survey row 3, left out: “b”: its picture, sound or film (image: b.png) is left out.",
        "survey row 4, left out: “c”: its look (w1) is left out.",
        "notes, left out: The sheet “notes” is left out.",
    ]


MADE = """
| survey |
| | type | name | label | repeat_count | appearance | parameters | hint |
| | begin repeat | houses | Houses | 3 | | | |
| | text | street | Street | | | | |
| | end repeat | | | | | | |
| | begin repeat | trees | Trees | ${houses_of} + 1 | | | |
| | text | tree | Tree | | | | |
| | end repeat | | | | | | |
| | integer | houses_of | How many | | | | |
| | begin group | grid | Grid | | table-list | | Of each |
| | select_one yn | first | First | | | | |
| | select_one yn | second | Second | | | | |
| | end group | | | | | | |
| | select_one yn | mixed | Mixed | | | randomize=true | |
| choices |
| | list_name | name | label |
| | yn | y | Yes |
| | yn | n | No |
"""


def test_what_the_converter_makes_up_is_neither_asked_nor_listed(tmp_path):
    found, lines = read(tmp_path, MADE)
    assert lines == [
        "survey row 5, changed: “trees”: how often it repeats (${houses_of} + 1) is left to who answers.",
        "survey row 9, left out: “grid”: its look (table-list) is left out.",
        "survey row 13, left out: “mixed”: its parameters (randomize=true) are left out.",
    ]
    sections = found.definition["sections"]
    assert [(row["title"], [one["code"] for one in row["questions"]]) for row in sections] == [
        ("form", ["houses", "trees", "houses_of"]),
        ("Grid", ["first", "second"]),
        ("form", ["mixed"]),
    ]
    assert sections[0]["questions"][0]["settings"] == {"min": 3, "max": 3}
    assert sections[1]["description"] == "Of each"
    assert [one["label"] for one in sections[2]["questions"][0]["settings"]["choices"]] == ["Yes", "No"]


def test_what_the_converter_says_stands_at_its_row_and_changes_nothing_by_itself(tmp_path):
    form = (
        "| survey |\n| | type | name | label |\n| | image | a | Give it |\n| | text | A | Say it |\n"
        "| | select_one l | c | Choose |\n| choices |\n| | list_name | name | label |\n| | l | x | |\n"
    )
    _found, lines = read(tmp_path, form)
    assert lines == [
        "survey row 3, remark: Two names differ in capital letters only; some programs take them for one.",
        "choices row 2, changed: A choice has no text: its name is shown.",
    ]


def test_a_column_of_many_rows_is_one_line(tmp_path):
    """Also where there are more questions than a questionnaire can have."""
    rows = [{"type": "text", "name": f"q{n}", "label": f"Q {n}", "mine": f"m {n}"} for n in range(3000)]
    found, lines = read(tmp_path, table("survey", rows))
    assert sum(len(section["questions"]) for section in found.definition["sections"]) == 1000
    assert lines == [
        "survey row 2, left out: Column mine is left out in 1000 rows (2–1001); in the first it says: m 0",
        "survey row 1002, left out: 2000 questions are left out, from “q1000” on (rows 1002–3001): "
        "a questionnaire has at most 1000.",
    ]


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("name", ["form.md", "upload"])
def test_a_mark_at_the_beginning_is_no_obstacle(tmp_path, mark, name):
    path = tmp_path / name
    path.write_bytes(mark + b"| survey |\n| | type | name | label |\n| | text | a | A |\n")
    found = read_questionnaire(path=path)
    assert [row["code"] for row in found.definition["sections"][0]["questions"]] == ["a"]
    assert found.differences == []


def test_a_sheet_that_stands_alone_is_the_survey(tmp_path):
    found, lines = read(tmp_path, "| Questions |\n| | type | name | label |\n| | text | a | A |\n")
    assert ([row["short"] for row in found.definition["sections"][0]["questions"]], lines) == (["A"], [])
