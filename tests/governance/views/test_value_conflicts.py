"""Two people, one value: theirs, mine, or both and a talk, for every type, cell and entry."""

import pytest

from governance.models import Answer, AnswerRevision, GroupEntry, Thread
from governance.selectors.questions import unfinished_steps
from mapping.enums import Role
from tests.factories.mapping import member
from tests.governance.views.test_values import place, room, save

__all__ = ["room"]  # the fixture
pytestmark = pytest.mark.django_db
# question, name of the form's field, what the first person sent, what the second one sent, both in words
PAIRS = {
    "one choice": ("1.2", "value", ["yes"], ["no"], ("Yes", "No")),
    "choices": ("1.3", "value", ["", "a"], ["", "a", "b"], ("A", "A, B")),
    "number": ("1.4", "value", ["40"], ["50"], ("40 %", "50 %")),
    "not known": ("1.4", "value", ["40"], ["", "no_information"], ("40 %", "No information")),
    "date": ("1.5", "value", ["2026-03-01"], ["2026-03-02"], ("1", "2")),
    "short text": ("1.7", "value", ["Theirs <b>"], ["Mine {{ 7 }}"], ("Theirs &lt;b&gt;", "Mine {{ 7 }}")),
    "long text": ("1.8", "value", ["Theirs\nlong"], ["Mine\nlong"], ("Theirs", "Mine")),
    "cell": ("2.5", "cell.a.a", ["60"], ["37"], ("60", "37")),
    "entry": ("2.6", "item.{entry}.2.6a", ["A cluster"], ["A chamber"], ("A cluster", "A chamber")),
}


@pytest.fixture
def colleagues(client, room):
    """The first person's browser is `client`; the second one writes on the version that is over."""
    client.post(place(room, "2.6", "entry_add"))
    return member(Role.CONTRIBUTOR, room.region_map)


def wait(client, room, second, kind):
    """Both wrote; the second one chose to keep both. Returns the field's name and how the page looked."""
    code, name, theirs, mine, words = PAIRS[kind]
    name = name.format(entry=GroupEntry.objects.get().key)
    if code == "1.3":
        save(client, room, "1.2", value="yes")
    save(client, room, code, name=name, **{name: theirs})
    client.force_login(second)
    panel = save(client, room, code, name=name, **{name: mine}).content.decode()
    client.post(place(room, code), {name: mine, "version": 2, "choice": "both"})
    return code, name, panel, words


@pytest.mark.parametrize("kind", PAIRS)
def test_both_are_kept_and_talked_about(client, room, colleagues, kind):
    code, _name, panel, (theirs, mine) = wait(client, room, colleagues, kind)
    assert theirs in panel
    assert mine in panel
    assert "Keep both and discuss" in panel
    kept = AnswerRevision.objects.filter(values__has_key="discuss").get()
    assert (kept.by, kept.answer.version_of("value")) == (colleagues, 2)
    thread = Thread.objects.get()
    assert thread.comments.get().text.count("\n") <= 2
    page = client.get(place(room, code, "question_detail")).content.decode()
    assert "Two answers were kept" in page
    assert "the answers cannot be sent before" in page
    assert code in [step.question.code for step in unfinished_steps(response=room)]
    assert "Needs a choice" in client.get(f"/workspace/responses/{room.pk}/check/").content.decode()


@pytest.mark.parametrize("choice", ["mine", "theirs"])
@pytest.mark.parametrize("kind", ["choices", "not known", "cell", "entry"])
def test_one_of_both_is_chosen_and_the_talk_is_over(client, room, colleagues, kind, choice):
    code, name, _panel, _words = wait(client, room, colleagues, kind)
    before = AnswerRevision.objects.get(values__has_key="discuss").answer
    mine = PAIRS[kind][3]
    reply = client.post(place(room, code), {name: mine, "version": 2, "choice": choice})
    assert reply.status_code == 302
    answer = Answer.objects.get(pk=before.pk)
    kept = AnswerRevision.objects.get(values__has_key="discuss").values
    stands = (kept["kind"], kept["value"]) if choice == "mine" else (before.kind, before.value)
    assert (answer.kind, answer.value, answer.version_of("value")) == (*stands, 3)
    assert Thread.objects.get().is_settled
    page = client.get(place(room, code, "question_detail")).content.decode()
    assert "the answers cannot be sent before" not in page
    assert answer.revisions.count() == 4  # the first, the one that came too late, kept beside it, chosen


def test_a_choice_on_an_old_page_decides_nothing(client, room, colleagues):
    wait(client, room, colleagues, "number")
    save(client, room, "1.4", version=2, value="70")
    for choice in ("both", "theirs", "mine"):
        reply = client.post(place(room, "1.4"), {"value": "50", "version": 2, "choice": choice})
        assert (reply.status_code, "70 %" in reply.content.decode()) == (409, True)
    assert Answer.objects.get(question__code="1.4").value == 70


@pytest.mark.parametrize(
    "sent", [{"choice": "both"}, {"choice": "both", "explanation": "x"}, {"choice": "all"}]
)
def test_a_choice_without_its_value_is_no_error(client, room, colleagues, sent):
    reply = client.post(place(room, "1.4"), {**sent, "version": 1, "version_explanation": 1})
    assert reply.status_code < 500
    assert Thread.objects.count() == 0
