from mapping.analysis.spaces import find_missing_seats, find_unclear_mandates
from mapping.analysis.synergy_inputs import HELICES, SynergyThresholds
from tests.mapping.analysis.synergy_samples import capability, mandate, priority, space

THRESHOLDS = SynergyThresholds()


def seats(spaces, capabilities=()):
    return [
        (finding.kind, finding.topic, finding.data)
        for finding in find_missing_seats(spaces, capabilities, [priority("p")], THRESHOLDS)
    ]


def test_a_leading_unit_absent_from_every_space_on_its_topic():
    capabilities = [
        capability("x", "a", strength=4, priority_id="p"),
        capability("y", "b", strength=5, priority_id="p"),
        capability("z", "c", strength=3, priority_id="p"),
        capability("w", "d", strength=None, priority_id="p"),
    ]
    spaces = [
        space("one", ["a"], topics=("p",), helices=HELICES),
        space("two", ["c"], all_topics=True, helices=HELICES),
        space("three", ["b"], topics=("q",), helices=HELICES),
    ]
    assert seats(spaces, capabilities) == [("missing_seat_unit", "p", {"unit_id": "b"})]


def test_a_helix_absent_from_every_space_on_the_topic():
    spaces = [
        space("one", ["a"], topics=("p",), helices=("business", "government")),
        space("two", ["a"], topics=("p",), helices=("knowledge",)),
    ]
    assert seats(spaces) == [("missing_seat_helix", "p", {"helix": "civil_society"})]


def test_nothing_is_claimed_where_members_were_not_recorded():
    spaces = [space("one", ["a"], topics=("p",), helices=HELICES[:1]), space("two", [], topics=("p",))]
    assert seats(spaces, [capability("x", "b", strength=5, priority_id="p")]) == []


def test_a_topic_without_any_space_is_one_finding():
    assert seats([], [capability("x", "a", strength=4, priority_id="p")]) == [
        ("no_space", "p", {"leading_unit_ids": ["a"]})
    ]


def mandates(*rows, **values):
    return [
        (f.code, f.topic, f.data["who"]) for f in find_unclear_mandates([space("s", mandates=rows, **values)])
    ]


def test_one_decider_and_one_who_carries_out_is_clear():
    rows = [mandate("decides", "A"), mandate("carries_out", "B")]
    assert mandates(*rows, topics=("p", "q")) == []


def test_two_deciders():
    rows = [mandate("decides", "A"), mandate("decides", "B", "p"), mandate("carries_out", "C")]
    assert mandates(*rows, topics=("p", "q")) == [("SEVERAL_DECIDERS", "p", ["A", "B"])]


def test_the_same_body_twice_is_one_decider():
    rows = [mandate("decides", "A"), mandate("decides", "A", "p"), mandate("carries_out", "C")]
    assert mandates(*rows, topics=("p",)) == []


def test_advice_alone_decides_and_does_nothing():
    assert mandates(mandate("advises", "A")) == [("NO_DECIDER", None, []), ("NOBODY_CARRIES_OUT", None, [])]


def test_a_space_on_all_topics_is_judged_as_a_whole_and_where_it_says_more():
    rows = [mandate("decides", "A", "p"), mandate("carries_out", "B")]
    assert mandates(*rows, all_topics=True) == [("NO_DECIDER", None, [])]


def test_no_mandate_on_record_is_said_once():
    assert mandates(topics=("p", "q")) == [("NO_MANDATE_RECORDED", None, [])]
