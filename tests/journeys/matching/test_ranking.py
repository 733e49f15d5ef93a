"""Needs beside offers: who may meet, and how the score is made."""

from dataclasses import replace

import pytest

from journeys.matching.concepts import fold, make_vocabulary, spread, wider
from journeys.matching.ranking import MatchIndex, Posting
from journeys.matching.reasons import reasons_of, why_not

ROWS = [
    {
        "key": "nace:E",
        "parent": "",
        "names": {"en": "Water and waste", "pl": "Woda i odpady"},
        "words": {},
    },
    {
        "key": "nace:E37",
        "parent": "nace:E",
        "names": {"en": "Sewerage", "pl": "Oczyszczanie ścieków", "es": "Aguas residuales"},
        "words": {"es": ["residuales=", "fango="], "en": ["wastewater"], "pl": ["sciek"]},
    },
    {"key": "nace:C10", "parent": "nace:C", "names": {"en": "Food", "es": "Alimentos"}, "words": {}},
]
VOCABULARY = make_vocabulary(ROWS)
NEED = Posting(
    key=1,
    kind="need",
    organisation="dairy",
    region="mazovia",
    country="PL",
    text="Oczyszczalnia ścieków dla mleczarni",
    language="pl",
)
OFFER = Posting(
    key=2,
    kind="offer",
    organisation="plant",
    region="basque",
    country="ES",
    text="Tratamos aguas residuales en pequeñas plantas",
    language="es",
)


def index(*postings, **values):
    return MatchIndex(postings=postings, vocabulary=VOCABULARY, **values)


def pairs(*postings, **values):
    return [(fit.need, fit.offer) for fit in index(*postings, **values).best()]


def test_accents_and_case_do_not_matter():
    assert fold("Ścieki Straße ÅNGA") == "scieki strasse anga"
    assert VOCABULARY.tags("SCIEKI", "pl") == VOCABULARY.tags("ścieki", "pl")
    assert VOCABULARY.tags("ścieki", "pl")["nace:E37"].words == ("scieki",)


def test_a_word_speaks_for_a_concept_by_its_beginning_in_its_own_language_only():
    assert list(VOCABULARY.tags("oczyszczania", "pl")) == ["nace:E37"]
    assert VOCABULARY.tags("oczyszczania", "es") == {}
    assert VOCABULARY.tags("residuales", "es")["nace:E37"].strength == 1
    # A whole word stands for itself alone.
    assert VOCABULARY.tags("fangoso", "es") == {}
    assert list(VOCABULARY.tags("fango", "es")) == ["nace:E37"]
    assert VOCABULARY.tags("vesi", "fi") == {}


def test_concepts_count_half_a_step_up():
    assert [wider(key) for key in ("nace:C10.1", "nace:C10", "nace:C", "ford:1.2", "policy:kets")] == [
        *("nace:C10", "nace:C", "", "ford:1", ""),
    ]
    assert spread({"nace:C10.1": 1.0}) == {"nace:C10.1": 1.0, "nace:C10": 0.5, "nace:C": 0.25}


def test_two_languages_meet_by_a_concept_and_say_so():
    [fit] = index(NEED, OFFER).best()
    assert (fit.need, fit.offer) == (1, 2)
    assert fit.parts["concepts"] == pytest.approx(0.40)
    assert fit.score == pytest.approx(sum(fit.parts.values()))
    told = reasons_of(NEED, OFFER, vocabulary=VOCABULARY, parts=fit.parts)
    [concept] = told.concepts
    assert (concept.key, concept.need_words, concept.offer_words) == (
        *("nace:E37", ("oczyszczalnia", "sciekow"), ("residuales",)),
    )
    assert ("stage_need", 0.08) in told.raises


@pytest.mark.parametrize(
    ("change", "filters"),
    [
        ({}, ()),
        ({"organisation": "dairy"}, ("organisation",)),
        ({"reach": "region"}, ("region",)),
        ({"reach": "country"}, ("country",)),
        ({"is_open": False}, ("closed",)),
        ({"text": " ?! "}, ("empty",)),
        ({"kind": "need"}, ("kind",)),
    ],
)
def test_filters_keep_a_pair_apart_and_are_named(change, filters):
    offer = replace(OFFER, **change)
    whole = index(NEED, offer)
    assert whole.pair(1, 2).filters == filters
    assert whole.best() == ([] if filters else [whole.pair(1, 2)])
    assert why_not(whole, 1, 2, frozenset({1, 2}))[1] == (filters[0] if filters else "")


def test_two_empty_texts_never_match():
    assert pairs(replace(NEED, text=""), replace(OFFER, text="", language="pl")) == []


def test_texts_without_anything_in_common_are_not_listed():
    strange = replace(OFFER, text="xyz", language="fi")
    assert pairs(NEED, strange) == []
    assert why_not(index(NEED, strange), 1, 2, frozenset())[1] == "nothing_shared"


def test_only_the_same_text_is_sure():
    same = replace(OFFER, text=NEED.text, language="pl", stage="skills", maturity="idea", codes=("nace:E37",))
    need = replace(NEED, stage="skills", maturity="idea", codes=("nace:E37",))
    links = {("basque", "mazovia"): 1.0}
    assert index(need, same, links=links).best()[0].score == pytest.approx(1.0)
    other = replace(same, text=f"{NEED.text} {NEED.text}")
    assert index(need, other, links=links).best()[0].score == pytest.approx(0.99)


def test_stage_maturity_and_regions_add_their_share():
    need = replace(NEED, stage="research", maturity="market")
    offer = replace(OFFER, stage="skills", maturity="tested")
    parts = index(need, offer, links={("basque", "mazovia"): 0.5}).pair(1, 2).parts
    assert (parts["stage"], parts["maturity"], parts["regions"]) == (0.04, 0.02, 0.04)
    parts = index(need, offer, links={("mazovia", "basque"): 0.5}).pair(1, 2).parts
    assert parts["regions"] == 0


def test_a_sketch_of_many_chooses_the_same_best():
    needs = [
        replace(NEED, key=n, organisation=f"n{n}", text=f"ścieki {'ab' * (n % 7)} zakład") for n in range(230)
    ]
    offers = [
        replace(OFFER, key=1000 + n, organisation=f"o{n}", text=f"residuales {'ab' * (n % 7)} taller{n}")
        for n in range(230)
    ]
    many = index(*needs, *offers)
    fits = many.best(k=1)
    assert fits == many.best(k=1)
    exact = {fit.need: fit.score for fit in many.best(k=1, of=[0])}
    assert max(fit.score for fit in fits if fit.need == 0) == pytest.approx(exact[0])


def test_a_known_corpus_gives_the_same_scores():
    first = index(NEED, OFFER)
    third = replace(OFFER, key=3, organisation="third", text="Plantas de aguas residuales")
    assert index(NEED, OFFER, third, known=first.corpus).best() == index(NEED, OFFER, third).best()


def test_a_model_can_be_plugged_in():
    def model(texts, languages):
        return [[1.0, 0.0] for _ in texts]

    [fit] = index(NEED, OFFER, model=model).best()
    assert fit.parts["meaning"] == pytest.approx(0.30)
    assert fit.parts["concepts"] == pytest.approx(0.25)
    assert pairs(replace(NEED, text=""), OFFER, model=model) == []
    with pytest.raises(ValueError, match="one row of finite numbers"):
        index(NEED, OFFER, model=lambda texts, languages: [[1.0]]).best()
