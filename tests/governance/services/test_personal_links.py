import pytest

from cohes3ion.lib.row_forms import Change
from governance.models import Answer, PersonalLink, Response
from governance.selectors.personal_links import area_version, own_response
from governance.services.answer_rows import NotAsked, ResponseClosed
from governance.services.personal_links import (
    BegunElsewhere,
    save_answers,
    send_answers,
    start_link,
)
from governance.services.responses import Incomplete
from governance.services.stakeholder_texts import save_texts
from tests.governance.links import CODES, consulted_map, invited

pytestmark = pytest.mark.django_db


@pytest.fixture
def link() -> PersonalLink:
    made, _address = invited(consulted_map())
    start_link(link=made)
    return PersonalLink.objects.select_related("response").get(pk=made.pk)


def level(value: int, *, version: int = 1) -> Change:
    return Change(field="level", values={"kind": "value", "level": value}, version=version)


def area(text: str, *, version: int, dimension: str = "") -> Change:
    return Change(field="area", values={"text": text, "dimension": dimension}, version=version)


def test_starting_again_before_anything_is_written_takes_the_link_over(link):
    secret = start_link(link=link)
    assert PersonalLink.objects.get().owner_hash != link.owner_hash
    assert len(secret) == 32


def test_what_is_written_is_not_given_up_unasked(link):
    save_answers(link=link, answers={CODES[0]: [level(3)]})
    with pytest.raises(BegunElsewhere):
        start_link(link=link)
    start_link(link=link, again=True)
    assert not Answer.objects.exists()


def test_a_browser_that_was_replaced_writes_nothing(link):
    start_link(link=link)
    with pytest.raises(Response.DoesNotExist):
        save_answers(link=link, answers={CODES[0]: [level(3)]})
    with pytest.raises(Response.DoesNotExist):
        save_texts(scope=own_response(link), areas={}, comment=None)
    with pytest.raises(Response.DoesNotExist):
        send_answers(link=link)


def test_only_the_statements_for_everybody_are_taken(link):
    for code in ("1.3", "9.9"):
        with pytest.raises(NotAsked):
            save_answers(link=link, answers={code: [level(3)]})


def test_one_stale_answer_keeps_no_other_back(link):
    save_answers(link=link, answers={CODES[0]: [level(3)]})
    answers = {CODES[0]: [level(4)], CODES[1]: [level(5)]}
    _written, stale = save_answers(link=link, answers=answers)
    assert [(row.name, row.key, row.stored.level) for row in stale] == [("level", "1.1", 3)]
    assert sorted(Answer.objects.values_list("level", flat=True)) == [3, 5]


def test_sending_needs_every_statement_and_words_for_each_theme(link):
    save_answers(link=link, answers={CODES[0]: [level(3)]})
    save_texts(
        scope=own_response(link),
        areas={2: area("", version=area_version(None), dimension="E1")},
        comment=None,
    )
    with pytest.raises(Incomplete) as refusal:
        send_answers(link=link)
    step, wordless = refusal.value.missing
    assert (step.question.code, wordless.position) == (CODES[1], 2)


def test_no_information_is_an_answer_and_sending_is_once(link):
    unknown = Change(field="level", values={"kind": "no_information", "level": None}, version=1)
    save_answers(link=link, answers={code: [unknown] for code in CODES})
    assert send_answers(link=link).state == "submitted"
    with pytest.raises(ResponseClosed):
        send_answers(link=link)
    with pytest.raises(ResponseClosed):
        save_texts(scope=own_response(link), areas={}, comment=None)
    with pytest.raises(ResponseClosed):
        start_link(link=link, again=True)
