import math

import pytest

from journeys.matching.suggestions import (
    Need,
    Offer,
    Reason,
    SuggestionInputs,
    stem_words,
    stems,
    suggest_practices,
)


def need(**values):
    return Need(**{"key": "n", "region": "here", "text": "Harbours", "dimension": "E3"} | values)


def offer(key, **values):
    return Offer(**{"key": key, "region": "there", "text": "Railways", "dimensions": ("E3",)} | values)


def suggested(wanted, *offers, **values):
    inputs = SuggestionInputs(needs=[wanted], offers=offers, **values)
    return suggest_practices(inputs)[wanted.key]


def test_same_dimension_and_no_word_by_hand():
    (found,) = suggested(need(), offer("a"))
    assert found.fit == pytest.approx(0.55 / 0.85)
    assert (found.practice, found.is_own) == ("a", False)
    assert found.reasons == (Reason(code="dimension", values=("E3",)),)


def test_all_parts_by_hand():
    # One practice: every idf is ln(2 / 2) + 1 = 1, so the cosine of "harbours" with "harbour railways" is
    # 1 / sqrt(2). Of its other dimensions E5 has a gap of 1.0 and E6 one of 0.1: half.
    (found,) = suggested(
        need(levels=("local",)),
        offer(
            "a",
            text="Harbour railways",
            dimensions=("E3", "E5", "E6"),
            codes=("nace:H50", "nace:H49"),
            level="local",
            has_evidence=True,
        ),
        gaps={"here": {"E3": 1.2, "E5": 1.0, "E6": 0.1}},
        domains={"here": ("nace:H49",)},
    )
    assert found.fit == pytest.approx(0.55 + 0.30 / math.sqrt(2) + 0.05 * 0.5 + 0.05 + 0.05)
    assert found.reasons == (
        Reason(code="dimension", values=("E3",), gap=1.2),
        Reason(code="words", values=("harbours",)),
        Reason(code="other_gap", values=("E5",), gap=1.0),
        Reason(code="domain", values=("nace:H49",)),
        Reason(code="level", values=("local",)),
        Reason(code="evidence"),
    )


def test_a_practice_for_another_dimension_is_not_suggested():
    assert suggested(need(), offer("a", text="Harbours", dimensions=("E5",))) == []


@pytest.mark.parametrize("side", ["need", "offer"])
def test_a_missing_dimension_is_no_zero(side):
    """Compared by words alone: two shared words carry a suggestion, one does not."""
    wanted = need(text="Harbours and railways", dimension="" if side == "need" else "E3")
    dimensions = () if side == "offer" else ("E3",)
    found = suggested(
        wanted,
        offer("one", text="Harbours", dimensions=dimensions),
        offer("two", text="Harbours, railways", dimensions=dimensions),
    )
    assert [row.practice for row in found] == ["two"]
    assert found[0].fit == pytest.approx(1)
    assert ("no_dimension" in [reason.code for reason in found[0].reasons]) is (side == "need")


def test_own_practices_stand_last_and_say_so():
    found = suggested(need(), offer("own", region="here", text="Harbours"), offer("other"))
    assert [(row.practice, row.is_own) for row in found] == [("other", False), ("own", True)]


def test_what_one_side_does_not_say_is_not_held_against_a_practice():
    plain, level = offer("plain"), offer("wrong level", level="national")
    found = suggested(need(levels=("local",)), level, plain)
    assert [row.practice for row in found] == ["plain", "wrong level"]
    assert found[1].fit == pytest.approx(0.55 / 0.90)


def test_texts_in_different_languages_are_not_compared_by_words():
    found = suggested(
        need(language="en"),
        offer("pl", language="pl", text="Porty"),
        offer("en", language="en", text="Railways"),
    )
    assert [(row.practice, round(row.fit, 3)) for row in found] == [("pl", 1.0), ("en", 0.647)]
    assert found[0].reasons[-1] == Reason(code="other_language")
    assert suggested(need(language="en", dimension=""), offer("pl", language="pl", text="Harbours")) == []


def test_shown_success_settles_a_tie():
    found = suggested(need(), offer("a"), offer("b", has_evidence=True))
    assert [row.practice for row in found] == ["b", "a"]


def test_a_small_gap_is_not_told():
    (found,) = suggested(need(), offer("a"), gaps={"here": {"E3": 0.29}})
    assert found.reasons == (Reason(code="dimension", values=("E3",)),)


def test_nothing_comes_of_nothing():
    assert suggested(need()) == []
    assert suggest_practices(SuggestionInputs(needs=[], offers=[offer("a")])) == {}
    assert suggested(need(text="", dimension=""), offer("a", text="", dimensions=())) == []


def test_stems_meet_plurals_and_leave_out_empty_words():
    assert stems("Clusters and the cluster should work in 2021") == ["cluste", "cluste"]
    assert stem_words("Clusters, a cluster") == {"cluste": "clusters"}
    assert stem_words("Województwo województwa") == {"wojewó": "województwo"}


@pytest.mark.parametrize(
    ("code", "domain", "shared"),
    [
        ("nace:K62", "nace:K62", True),
        ("nace:K", "nace:K62", True),
        ("nace:K62.1", "nace:K", True),
        ("nace:K62", "nace:K6", False),  # no code of the list
        ("nace:K62", "nace:C26", False),
        ("nabs:1", "nabs:13", False),
        ("policy:kets", "policy:kets-2", False),
    ],
)
def test_a_domain_is_shared_with_wider_and_narrower_codes(code, domain, shared):
    (found,) = suggested(need(), offer("a", codes=(code,)), domains={"here": (domain,)})
    assert (Reason(code="domain", values=(code,)) in found.reasons) is shared
