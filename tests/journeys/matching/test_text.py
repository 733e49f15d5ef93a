import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeys.matching.text import bm25_scores, pieces, tfidf_index, words

TEXT = st.text(alphabet="abc éß ", max_size=20)


def test_words_are_lower_case_and_longer_than_one_letter():
    assert words("A Green-hydrogen hub, 2 MW") == ["green", "hydrogen", "hub", "mw"]
    # E with a separate accent is the same letter.
    assert words("E\u0301nergie") == words("\u00e9nergie")


def test_pieces_stay_inside_words():
    assert pieces("ab c") == [" a", "ab", "b ", " ab", "ab ", " ab ", " c", "c ", " c "]


def test_weights_by_hand():
    # Two documents. "wind" is in both: idf = ln(3/3) + 1 = 1; "farm" in one: ln(3/2) + 1 = f.
    # Document 0 "wind farm farm": wind 1, farm (1 + ln 2) f. The query "wind" is the unit vector of wind.
    farm = (1 + math.log(2)) * (math.log(3 / 2) + 1)
    index = tfidf_index(["wind farm farm", "wind"], words)
    assert index.similarity(["wind", "sea"])[0] == pytest.approx([1 / math.hypot(1, farm), 1])
    assert index.similarity(["sea"]).tolist() == [[0, 0]]


def test_a_compound_is_found_by_its_pieces():
    index = tfidf_index(["Wasserstoffwirtschaft", "Maschinenbau"], pieces)
    assert [n for n, _ in index.nearest(["Wasserstoff"], 1)[0]] == [0]


@given(st.lists(TEXT, min_size=1, max_size=5), st.sampled_from([words, pieces]))
def test_a_text_is_most_like_itself(texts, tokenize):
    found = tfidf_index(texts, tokenize).similarity(texts)
    for n, text in enumerate(texts):
        assert found[n, n] == (pytest.approx(1) if tokenize(text) else 0)
    assert ((found >= 0) & (found <= 1)).all()
    assert found == pytest.approx(found.T)


@given(st.lists(TEXT, min_size=1, max_size=5), TEXT)
def test_shared_terms_add_up_to_the_similarity(texts, query):
    index = tfidf_index(texts, pieces)
    for document in range(len(texts)):
        terms = index.shared_terms(query, document, 1000)
        assert sum(value for _, value in terms) == pytest.approx(
            index.similarity([query])[0, document], abs=1e-9
        )
        assert [value for _, value in terms] == sorted((v for _, v in terms), reverse=True)


def test_nearest_are_the_best_of_all(monkeypatch):
    monkeypatch.setattr("journeys.matching.text.BLOCK", 2)
    documents = ["wind power", "wind", "sea", "wind power hub", "wind"]
    index = tfidf_index(documents, words)
    queries = ["wind", "power", "none", "sea wind"]
    everything = index.similarity(queries)
    for row, found in zip(everything, index.nearest(queries, 3), strict=True):
        expected = sorted((n for n in range(5) if row[n] > 0), key=lambda n: (-round(row[n], 12), n))[:3]
        assert [n for n, _ in found] == expected
        assert [value for _, value in found] == pytest.approx(row[expected])
    # Equal texts keep the order of the documents.
    assert [n for n, _ in index.nearest(["wind"], 2)[0]] == [1, 4]


def test_bm25_by_hand():
    # Two documents of lengths 1 and 3, mean 2. "wind" is in both: idf = ln(1 + 0.5 / 2.5) = ln 1.2.
    # k1 = 1, b = 1: penalties 1/2 and 3/2. Document 0: f = 1: 1 / (1 + 0.5); document 1: f = 2: 2 / 3.5.
    scores = bm25_scores(["wind", "wind wind farm"], ["wind", "farm wind"], k1=1, b=1)
    assert scores[0] == pytest.approx([math.log(1.2) / 1.5, math.log(1.2) * 2 / 3.5])
    # "farm" is in one of two: idf = ln(1 + 1.5 / 1.5) = ln 2; the scores of the words add up.
    assert scores[1, 1] == pytest.approx(scores[0, 1] + math.log(2) / 2.5)


@given(st.lists(TEXT, min_size=1, max_size=5), TEXT)
def test_bm25_is_never_negative(documents, query):
    scores = bm25_scores(documents, [query])
    assert (scores >= 0).all()
    assert np.isfinite(scores).all()
