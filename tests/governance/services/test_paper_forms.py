"""The form of a response on paper: tagged, complete, and with what was answered told apart."""

import io

import page
import pypdf
import pytest
from django.utils import timezone, translation

from cohes3ion.lib.print_fonts import with_words_for_missing_signs
from governance.enums import Group
from governance.models import Response
from governance.selectors.paper_forms import blank_form, condition_words, paper_form
from governance.services.paper_forms import form_pdf
from tests.factories.answers import answer, answered_response
from tests.factories.governance import QuestionFactory
from tests.factories.mapping import ExerciseFactory
from tests.factories.region import small_region, small_version

pytestmark = pytest.mark.django_db


@pytest.fixture
def response():
    row = answered_response()
    answer(row, "1.8", value="Straße & Łódź ＝ 😀", explanation="<b>because</b> {{ form }}")
    return Response.objects.select_related("region_map__exercise__project").get(pk=row.pk)


def text_of(pdf: bytes) -> str:
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    return " ".join(" ".join(sheet.extract_text() for sheet in pages).split())


def made(response, folder, *, filled: bool) -> tuple[str, dict]:
    content = paper_form(response=response, filled=filled)
    pdf, pages = form_pdf(content=content, made_at=timezone.now())
    target = folder / "form.pdf"
    target.write_bytes(pdf)
    assert page.validate_pdf(str(target), profile="ua1").is_compliant is True
    assert pages == len(pypdf.PdfReader(io.BytesIO(pdf)).pages)
    return text_of(pdf), content


def test_blank_form_asks_everything_and_says_nothing(response, tmp_path):
    text, content = made(response, tmp_path, filled=False)
    for words in ("How to fill it in", "Largely in place", "Answer this only if 1.2 is “Yes”.", "Actor 3"):
        assert words in text
    for given in ("Łódź", "because", "HYPERLINK", "Answered"):
        assert given not in text
    assert content["total"] == 13  # the note and what is not asked now do not count
    questions = [item for section in content["sections"] for item in section["questions"]]
    assert [item["code"] for item in questions if item["condition"]] == ["1.3"]


def test_blank_form_of_a_questionnaire_nobody_was_asked(response, tmp_path):
    content = blank_form(version=response.questionnaire_version)
    pdf, _pages = form_pdf(content=content, made_at=timezone.now())
    target = tmp_path / "form.pdf"
    target.write_bytes(pdf)
    assert page.validate_pdf(str(target), profile="ua1").is_compliant is True
    text = text_of(pdf)
    assert ("Every type of question" in text, "14" in text, "Region 0" in text) == (True, True, False)


def test_filled_form_tells_the_kinds_of_answers_apart(response, tmp_path):
    text, content = made(response, tmp_path, filled=True)
    assert "7 of 13" in text
    for words in (
        *("4 Largely in place", "No information", "Does not apply", "Not answered"),
        *("Straße & Łódź = [grinning face]", "<b>because</b> {{ form }}", '=HYPERLINK("http://a.example")'),
        *("Actor 1", "Data version"),
    ):
        assert words in text
    assert "1.3" not in [item["code"] for part in content["sections"] for item in part["questions"]]


def test_a_statement_about_units_stands_once_with_a_row_for_each():
    region = small_region(ExerciseFactory(), small_version())
    about = QuestionFactory(section=region.questions[0].section, code="9.1", scope="unit", is_core=False)
    asked = Response.objects.filter(region_map=region.region_map, group=Group.UNIT).select_related("unit")
    answer(region.team, "9.1", about_unit=asked[0].unit, level=2)
    team = Response.objects.select_related("region_map__exercise__project").get(pk=region.team.pk)
    content = paper_form(response=team, filled=True)
    (question,) = (
        item for part in content["sections"] for item in part["questions"] if item["code"] == about.code
    )
    assert [(line["unit"], line["state"], line["level"]) for line in question["answers"]] == [
        (asked[0].unit.name, "value", 2),
        *((row.unit.name, "unanswered", None) for row in asked[1:]),
    ]


def test_same_answers_are_the_same_text_and_language_is_the_readers(response):
    first, again = (paper_form(response=response, filled=True) for _n in range(2))
    assert first == again
    with translation.override("pl"):
        assert paper_form(response=response, filled=True)["language"] == "pl"


def test_conditions_in_words(response):
    questions = {
        item.code: item
        for item in (type("Item", (), {"code": code, "settings": {}})() for code in ("1", "2"))
    }
    condition = {
        "any": [
            {"question": "1", "op": ">", "value": 3},
            {"all": [{"question": "2", "op": "answered"}, {"question": "1", "op": "!=", "value": "x"}]},
        ]
    }
    words = condition_words(condition, questions=questions)
    assert words == "1 is more than 3 or 2 has an answer and 1 is not “x”"


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Ωmega Ж ß", "Ωmega Ж ß"),
        ("＝＋", "=+"),
        ("≥ 3.8", ">= 3.8"),
        ("😀", "[grinning face]"),
        ("a\u200bb\u3000c", "ab c"),
    ],
)
def test_signs_no_font_has_are_told_in_words(typed, printed):
    assert with_words_for_missing_signs(typed) == printed
