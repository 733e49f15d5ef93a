"""Questionnaires in and out of files: XLSForm with what could not be kept, and JSON there and back."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from governance.models import Question, Questionnaire, QuestionnaireVersion, Response
from governance.selectors.definitions import version_to_dict
from governance.services.questionnaires import create_draft
from tests.bad_inputs.files import archive
from tests.factories.mapping import ProjectFactory, RegionMapFactory
from tests.factories.questionnaires import every_type

pytestmark = pytest.mark.django_db

FORM = """
| survey |
| | type | name | label::English (en) | label::Polski (pl) | required | relevant |
| | begin group | firm | Your firm | Twoja firma | | |
| | text | name | Name of the firm | Nazwa firmy | yes | |
| | integer | people | People employed | Liczba osób | | |
| | select_multiple fields | fields | Fields of work | Dziedziny | | ${people} > 0 |
| | note | thanks | Thank you | Dziękujemy | | |
| | end group | | | | | |
| | geopoint | place | Where are you | Gdzie | | |
| choices |
| | list_name | name | label::English (en) | label::Polski (pl) |
| | fields | food | Food | Żywność |
| | fields | robot | Robotics | Robotyka |
| settings |
| | form_title | form_title::Polski (pl) | form_title::Klingon | form_id | default_language |
| | Firms | Firmy | tlh | firms | English (en) |
"""


def run(*words: str) -> str:
    out = StringIO()
    call_command(*words, stdout=out)
    return out.getvalue()


def refused(*words: str) -> str:
    err = StringIO()
    with pytest.raises(SystemExit) as end:
        call_command(*words, stdout=StringIO(), stderr=err)
    assert end.value.code == 2
    return err.getvalue()


@pytest.fixture
def form(tmp_path) -> Path:
    path = tmp_path / "firms.md"
    path.write_text(FORM, encoding="utf-8")
    return path


def test_a_form_made_in_a_spreadsheet_is_asked_in_an_exercise(form):
    region_map = RegionMapFactory()
    out = run("import_questionnaire", str(form), "--exercise", region_map.exercise.slug)
    assert "survey row 8, left out: “place” is left out" in out
    assert "settings row 2, left out: The texts in “form_title::Klingon” are left out" in out
    assert "firms: version 1, asked in" in out
    assert QuestionnaireVersion.objects.get().translations == {"pl": {"title": "Firmy"}}
    rows = Question.objects.order_by("position").values_list("code", "type", "required")
    assert list(rows) == [
        ("name", "short_text", True),
        ("people", "number", False),
        ("fields", "multiple_choice", False),
        ("thanks", "note", False),
    ]
    asked = Question.objects.get(code="fields")
    assert asked.condition == {"question": "people", "op": ">", "value": 0}
    assert asked.translations["pl"]["short"] == "Dziedziny"
    assert Response.objects.get().region_map == region_map


def test_a_draft_belongs_to_the_partnership_that_is_named(tmp_path):
    form = tmp_path / "form.json"
    form.write_text(json.dumps(every_type()), encoding="utf-8")
    first, second = ProjectFactory(), ProjectFactory()
    assert "Say whose it is" in refused("import_questionnaire", str(form))
    assert "no partnership 'none'" in refused("import_questionnaire", str(form), "--project", "none")
    assert f"a draft of {second.slug}" in run("import_questionnaire", str(form), "--project", second.slug)
    assert QuestionnaireVersion.objects.get().project == second
    first.delete()
    run("import_questionnaire", str(form))
    assert set(QuestionnaireVersion.objects.values_list("project", flat=True)) == {second.pk}


def test_a_file_is_judged_by_its_content_and_a_shortened_code_has_its_row(tmp_path):
    text = FORM.replace("| people |", "| people_who_are_employed_there |").replace("${people}", "1")
    named = tmp_path / "firms.xlsx"
    named.write_text(text, encoding="utf-8")
    out = run("import_questionnaire", str(named), "--dry-run")
    assert "Firms: 1 section, 4 questions" in out
    assert (
        "survey row 4, changed: “people_who_are_employed_there” gets the code “people_who_are_emplo”" in out
    )


def test_a_dry_run_writes_nothing(form):
    assert "Nothing was written." in run("import_questionnaire", str(form), "--dry-run")
    assert not Questionnaire.objects.exists()


@pytest.mark.parametrize("title, kept", [("Firms", {"pl": {"title": "Firmy"}}), ("Clusters", {})])
def test_a_translated_title_goes_with_its_title_only(form, title, kept):
    run("import_questionnaire", str(form))
    first = QuestionnaireVersion.objects.get()
    copy = create_draft(project=first.project, by=None, title=title, made_from=first, new_questionnaire=True)
    following = create_draft(project=first.project, by=None, made_from=first)
    assert (copy.translations, following.translations) == (kept, first.translations)


def test_json_goes_there_and_back(form, tmp_path):
    run("import_questionnaire", str(form))
    first = version_to_dict(QuestionnaireVersion.objects.get())
    out = tmp_path / "firms.json"
    run("export_questionnaire", "firms", "--output", str(out))
    assert json.loads(out.read_text(encoding="utf-8")) == first
    run("import_questionnaire", str(out))
    second = version_to_dict(QuestionnaireVersion.objects.latest("pk"))
    assert {**second, "key": ""} == {**first, "key": ""}


@pytest.mark.parametrize(
    "name, content, words",
    [
        (
            "a.md",
            b"| survey |\n| | type | name | label |\n| | nonsense | a | A |\n",
            "not accepted by the converter",
        ),
        ("a.xlsx", b"PK\x03\x04 cut in the middle", "damaged, incomplete"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 cut in the middle", "save it anew as .xlsx"),
        ("a.json", b"{", "not JSON"),
        ("a.json", b"[" * 20_000, "inside each other too deeply"),
        ("a.json", b"", "The file is empty."),
        ("a.ods", b"x", "Give an XLSForm"),
        ("a.xlsx", b"\x00\x01\x02", "Give an XLSForm"),
        ("a.md", "| survey | Żółw".encode("cp1250"), "not in UTF-8"),
        ("a.md", FORM.encode("utf-16"), "not in UTF-8. Save it again from a text editor"),
        ("a.md", FORM.encode("utf-16-le"), "not in UTF-8"),
        ("upload", FORM.encode("utf-16-be"), "not in UTF-8"),
        ("upload", bytes(100), "Give an XLSForm"),
        ("a.md", FORM.encode() + b"x" * 5000 + b"\xff", "not in UTF-8"),
        ("a.json", '{"title": "Łódź"}'.encode("utf-16"), "not in UTF-8"),
        ("a.json", b'{"title": "' + b"x" * 5000 + b'\xc5"}', "not in UTF-8"),
        ("a.xlsx", archive("xl/workbook.xml"), "Not a valid .xlsx file: it is damaged or incomplete."),
        ("a.xlsx", archive("xl/workbook.xml", "[Content_Types].xml"), "Open it, save it anew as .xlsx"),
        ("a.json", b'{"title": 5, "sections": []}', "must be a text"),
        (
            "a.json",
            b'{"sections": [{"code": "A", "title": "A\\u0000", "questions": []}]}',
            "cannot be stored",
        ),
        ("a.json", b'{"sections": [{"code": "A", "title": "A", "minutes": 1e999}]}', "cannot be stored"),
        ("a.json", b'{"scale": 5, "sections": [{"code": "A", "title": "A", "minutes": "x"}]}', "minutes"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_reason(tmp_path, name, content, words):
    path = tmp_path / name
    path.write_bytes(content)
    assert words in refused("import_questionnaire", str(path))
    assert not Questionnaire.objects.exists()


def test_what_is_wrong_with_the_whole_file_has_no_place_before_it(tmp_path):
    path = tmp_path / "a.json"
    path.write_bytes(b"[]")
    assert refused("import_questionnaire", str(path)).startswith("A questionnaire is an object with a title")


CONDITIONS = """
| survey |
| | type | name | label | relevant |
| | integer | age | Age | |
| | select_one abc | x | X | |
| | text | other | Not b | ${x} != 'b' |
| | text | not3 | Not three | not(${age} = 3) |
| | text | unticked | Not ticked | not(selected(${x}, 'b')) |
| | text | sure | Answered and not b | ${x} != '' and ${x} != 'b' |
| | text | equal | Is b | ${x} = 'b' or ${age} > 3 |
| | begin group | deep | Deep | ${age} != 4 |
| | text | inside | Inside | |
| | end group | | | |
| | select_one_from_file towns.csv | town | Town | |
| choices |
| | list_name | name | label |
| | abc | a | A\ufffe |
| | abc | b | B |
"""


def test_a_condition_that_silence_meets_elsewhere_is_among_the_differences(tmp_path):
    """There nothing is different from everything; here a question without an answer meets no comparison."""
    path = tmp_path / "form.md"
    path.write_text(CONDITIONS, encoding="utf-8")
    lines = run("import_questionnaire", str(path)).splitlines()
    said = "“{}” is not asked here while {} has no answer; there its condition ({}) holds even then."
    for row, name, other, rule in [
        (4, "other", "x", "${x} != 'b'"),
        (5, "not3", "age", "not(${age} = 3)"),
        (6, "unticked", "x", "not(selected(${x}, 'b'))"),
        (9, "deep", "age", "${age} != 4"),
    ]:
        assert f"survey row {row}, changed: {said.format(name, other, rule)}" in [
            line.strip() for line in lines
        ]
    assert sum("has no answer" in line for line in lines) == 4
    town = "“town” is left out: its choices come from towns.csv and do not stand on the sheet “choices”."
    assert any(line.strip() == f"survey row 12, left out: {town}" for line in lines)
    choices = Question.objects.get(code="x").settings["choices"]
    assert [choice["label"] for choice in choices] == ["A", "B"]
    assert sum("that cannot be stored are taken out" in line for line in lines) == 1


SHAPES = """
| survey |
| | type | name | label | relevant |
| | select_multiple abc | many | Many | |
| | date | day | Day | |
| | text | zip | Code | |
| | text | exact | Only a | ${many} = 'a' |
| | text | two | A and b | ${many} = 'a b' |
| | text | amount | At least two | count-selected(${many}) >= 2 |
| | text | regex | Five digits | regex(${zip}, '^[0-9]{5}$') |
| | text | late | Later | ${day} > today() + 30 |
| | text | neither | Neither | not(selected(${many}, 'a') or selected(${many}, 'b')) |
| | text | mixed | Mixed | selected(${many}, 'a') and ${zip} = 'x' or ${day} > date('2026-03-01') |
| choices |
| | list_name | name | label |
| | abc | a | A |
| | abc | b | B |
"""


def test_every_condition_is_kept_as_it_was_meant_or_listed_with_its_row(tmp_path):
    path = tmp_path / "form.md"
    path.write_text(SHAPES, encoding="utf-8")
    lines = [line.strip() for line in run("import_questionnaire", str(path)).splitlines()]
    told = "“exact”: its condition (${many} = 'a') compares all that is chosen in many; here it looks whether"
    assert f"survey row 5, changed: {told} that choice is among them." in lines
    for row, name in [(6, "two"), (7, "amount"), (8, "regex"), (9, "late"), (10, "neither")]:
        assert (
            sum(line.startswith(f"survey row {row}, changed: “{name}” is always asked:") for line in lines)
            == 1
        )
        assert Question.objects.get(code=name).condition == {}
    assert not any("mixed" in line for line in lines)
    assert Question.objects.get(code="mixed").condition == {
        "any": [
            {
                "all": [
                    {"question": "many", "op": "=", "value": "a"},
                    {"question": "zip", "op": "=", "value": "x"},
                ]
            },
            {"question": "day", "op": ">", "value": "2026-03-01"},
        ]
    }
    assert Question.objects.get(code="exact").condition == {"question": "many", "op": "=", "value": "a"}


FRAMES = """
| survey |
| | type | name | label | appearance |
| | begin repeat | plots | Plots | |
| | text | owner | Owner | |
| | photo | view | View | |
| | begin group | more | More | field-list |
| | integer | size | Size | |
| | end group | | | |
| | begin repeat | trees | Trees | |
| | integer | height | Height | |
| | end repeat | | | |
| | end repeat | | | |
| | begin repeat | spots | Spots | |
| | geopoint | spot | Spot | |
| | end repeat | | | |
"""


def test_what_stands_inside_a_frame_is_left_out_at_its_own_row_and_for_the_true_reason(tmp_path):
    path = tmp_path / "plots.md"
    path.write_text(FRAMES, encoding="utf-8")
    out = run("import_questionnaire", str(path), "--dry-run")
    assert [line.strip() for line in out.splitlines() if "left out:" in line] == [
        "survey row 4, left out: “view” is left out: inside a repeating group no file can be asked for here.",
        "survey row 5, left out: “more”: column label (More) is left out.",
        "survey row 5, left out: “more”: its look (field-list) is left out.",
        "survey row 8, left out: “trees” is left out: a repeating group cannot stand inside another one "
        "here. Ask it as a group of its own.",
        "survey row 9, left out: “height” is left out with “trees”, in which it stands.",
        "survey row 12, left out: “spots” is left out: nothing that stands in this group can be asked here.",
        "survey row 13, left out: “spot” is left out: there is no question of type “geopoint” here.",
    ]


NOTES = """
| survey |
| | type | name | label | relevant |
| | text | first | First | |
| | begin repeat | said | Said | |
| | note | hint | Read this | |
| | end repeat | | | |
| | begin repeat | both | Both | |
| | note | more | Read this too | |
| | text | name | Name | |
| | end repeat | | | |
"""


def test_a_repeat_of_notes_alone_is_left_out_and_listed(tmp_path):
    path = tmp_path / "notes.md"
    path.write_text(NOTES, encoding="utf-8")
    out = run("import_questionnaire", str(path))
    assert [line.strip() for line in out.splitlines() if "left out:" in line] == [
        "survey row 3, left out: Only notes stand in this group, so an entry would be empty. Add a question "
        "that can be answered.",
        "survey row 4, left out: “hint”: column label (Read this) is left out.",
    ]
    codes = Question.objects.order_by("pk").values_list("code", flat=True)
    assert list(codes) == ["first", "both", "more", "name"]


def test_unknown_names_are_said(tmp_path, form):
    assert "There is no file" in refused("import_questionnaire", str(tmp_path / "none.md"))
    assert "There is no exercise" in refused("import_questionnaire", str(form), "--exercise", "none")
    assert "Known: none" in refused("export_questionnaire", "none", "--output", str(tmp_path / "x.json"))


def test_sound_and_film_are_listed_as_what_they_become(tmp_path):
    form = tmp_path / "heard.md"
    rows = "".join(f"| | {kind} | {kind} | Say it |\n" for kind in ("audio", "video", "image"))
    form.write_text(f"| survey |\n| | type | name | label |\n{rows}", encoding="utf-8")
    exercise = RegionMapFactory().exercise
    lines = run("import_questionnaire", str(form), "--exercise", exercise.slug).splitlines()
    told = "asks for sound or film, which is not taken here; a document or a picture can be given."
    assert [line.strip() for line in lines if "changed: “" in line] == [
        f"survey row 2, changed: “audio” {told}",
        f"survey row 3, changed: “video” {told}",
    ]


def test_a_picture_for_each_language_and_a_circle_are_told_in_words(tmp_path):
    form = tmp_path / "shown.md"
    form.write_text(
        "| survey |\n"
        "| | type | name | label::English (en) | label::Polish (pl) | media::image::English (en) "
        "| media::image::Polish (pl) | relevant |\n"
        "| | text | first | Say it | Powiedz | a.png | b.png | ${second} != '' |\n"
        "| | text | second | And this | I to | | | ${first} != '' |\n",
        encoding="utf-8",
    )
    exercise = RegionMapFactory().exercise
    lines = run("import_questionnaire", str(form), "--exercise", exercise.slug).splitlines()
    assert [line.strip() for line in lines if "survey row" in line] == [
        "survey row 2, changed: “first” is always asked: its condition went in a circle with others "
        "(first → second → first).",
        "survey row 2, left out: “first”: its picture, sound or film (image (English (en): a.png, "
        "Polish (pl): b.png)) is left out.",
    ]
