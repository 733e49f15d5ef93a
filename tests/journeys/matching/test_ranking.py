"""Needs beside offers: who may meet, and how the score is made."""

from dataclasses import replace

import pytest

from journeys.matching.concepts import make_vocabulary, spread, wider
from journeys.matching.ranking import LEAST, MatchIndex, Posting
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
        *("nace:E37", ("Oczyszczalnia", "ścieków"), ("residuales",)),
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


@pytest.mark.parametrize(
    "offer",
    [
        {"text": "Diseñamos zapatos de cuero para tiendas de toda la región", "language": "es"},
        {"text": "Cursos de vela para jóvenes en el puerto, también en verano", "language": "es"},
        {"text": "Vi lagar gamla cyklar och hyr ut dem till turister", "language": "sv"},
        # In one language: the two share only words that hold sentences together.
        {"text": "Ponieważ jednak natychmiast szyjemy buty", "language": "pl"},
    ],
)
def test_texts_that_have_nothing_to_do_with_each_other_are_no_match(offer):
    """Whatever pieces of words they share, and though stage, maturity and regions fit as well as can be."""
    sides = {"stage": "services", "maturity": "market"}
    text = "Ponieważ jednak natychmiast szukamy oczyszczalni ścieków dla mleczarni na wsi"
    need = replace(NEED, text=text, **sides)
    whole = index(need, replace(OFFER, **offer, **sides), links={("basque", "mazovia"): 1.0})
    assert whole.best() == []
    fit, reason = why_not(whole, 1, 2, frozenset())
    assert (reason, fit.parts["concepts"], fit.parts["words"]) == ("nothing_shared", 0, 0)
    # The same two with a word in common are listed.
    shared = replace(OFFER, **offer | {"text": f"{offer['text']} oczyszczalnia"}, **sides)
    assert [fit.offer for fit in index(need, shared).best()] in ([2], [])
    assert index(need, shared).pair(1, 2).parts["words"] > 0


def test_stage_maturity_and_regions_order_and_list_nobody():
    sides = {"stage": "services", "maturity": "market"}
    long = (
        "Szukamy firm które szyją buty, torby, paski, siodła, rękawice, kurtki, czapki, namioty, "
        "plecaki i mundury dla wojska oraz straży"
    )
    need = replace(NEED, text=long, **sides)
    offer = replace(OFFER, text="Zapatos, toldos y gorras; también kurtki", **sides)
    whole = index(need, offer, links={("basque", "mazovia"): 1.0})
    fit, reason = why_not(whole, 1, 2, frozenset())
    assert 0 < fit.parts["words"] < LEAST < fit.score
    assert (whole.best(), reason) == ([], "below_least")


def test_words_that_hold_sentences_together_speak_for_no_concept():
    rows = [{"key": "nace:H52", "parent": "", "names": {"ro": "Servicii pentru transport"}, "words": {}}]
    words = make_vocabulary(rows)
    assert words.tags("Căutăm soluții pentru oraș", "ro") == {}
    assert list(words.tags("Servicii și transport", "ro")) == ["nace:H52"]
    # A word that was chosen for a concept is one, though it stands among the empty words of its language.
    chosen = make_vocabulary([rows[0] | {"words": {"ro": ["pentru"]}}])
    assert list(chosen.tags("pentru", "ro")) == ["nace:H52"]


def test_a_compound_says_which_word_is_like_it():
    sides = {"language": "de", "codes": ("nace:E37",)}
    need = replace(NEED, text="Abwasserleitungen", **sides)
    offer = replace(OFFER, text="Regenabwasser", **sides)
    parts = index(need, offer).pair(1, 2).parts
    assert reasons_of(need, offer, vocabulary=VOCABULARY, parts=parts).words == ("Abwasserleitungen",)


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
