"""The packages become rows as they are: nothing is too long, nothing gets lost on the way."""

import pytest
from django.core.exceptions import ValidationError

from governance.models import Question
from governance.services.questionnaires import publish_package
from tests.governance.data.packages import package, statements

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["stm", "enabling-condition", "ris3-wheel"])
def test_package_is_published_with_every_text(name: str) -> None:
    data = package(name)
    version = publish_package(package=data)
    rows = list(Question.objects.filter(section__version=version))
    assert [(row.code, row.text, row.rubric) for row in rows] == [
        (item["code"], item["text"], item["rubric"]) for item in statements(data)
    ]


@pytest.mark.parametrize("name", ["stm", "enabling-condition", "ris3-wheel"])
def test_texts_fit_their_fields(name: str) -> None:
    version = publish_package(package=package(name))
    too_long = []
    for part in [*version.sections.all(), *Question.objects.filter(section__version=version)]:
        try:
            part.clean_fields(exclude=["translations", "rubric", "evidence_examples"])
        except ValidationError as error:
            too_long.append((part.code, error.message_dict))
    assert too_long == []


def test_translations_arrive_with_sections_and_statements() -> None:
    version = publish_package(package=package("stm"))
    assert version.sections.get(code="E2").translations["pl"] == {"title": "Role", "machine": True}
    core = Question.objects.get(section__version=version, code="8.1")
    assert core.translations["el"]["text"] == "Οι πολίτες συμμετέχουν στην S3."
    assert "plain" in core.translations["es"]
