"""The named methods of matching: every vector, and bad inputs that name their field."""

import json

import pytest

from journeys.matching.methods import METHODS
from mapping.analysis.methods import apply_method
from tests.golden.vectors import cases, differences

CASES = cases(*METHODS)


@pytest.mark.parametrize("case", CASES, ids=[f"{case.method}-{case.name}" for case in CASES])
def test_vector(case):
    result = apply_method(METHODS[case.method], case.inputs)
    assert differences(result, case.expected, case.tolerance) == []
    assert json.loads(json.dumps(result, allow_nan=False)) == result


BAD = [
    ("tfidf", {"documents": "abc", "queries": []}, "documents: expected a list of texts"),
    ("tfidf", {"documents": [None], "queries": []}, "documents[0]: expected a text, got null"),
    ("bm25", {"documents": [], "queries": [], "b": 2}, "b: 2 is above 1"),
    ("bm25", {"documents": [], "queries": [], "k1": -1}, "k1: -1 is negative"),
    ("assignment", {"score": [[1], [1, 2]]}, "score: rows have different lengths (1, 2)"),
    ("assignment", {"score": [[1]], "min_score": "a"}, "min_score: expected a number, got 'a'"),
    (
        "stable_matching",
        {"requests": {}, "offers": {}, "proposing": "both"},
        "proposing: 'both', expected requests or offers",
    ),
    (
        "stable_matching",
        {"requests": [], "offers": {}},
        "requests: expected an object of name and ordered names",
    ),
    ("stable_matching", {"requests": {"r": ["o"]}, "offers": {}}, "requests.r: 'o' is not on the other side"),
    (
        "stable_matching",
        {"requests": {"r": ["o", "o"]}, "offers": {"o": []}},
        "requests.r: a name occurs twice",
    ),
    (
        "stable_matching",
        {"requests": {}, "offers": {"o": []}, "capacity": {"o": 1.5}},
        "capacity.o: expected a whole number, got 1.5",
    ),
    ("ranking_quality", {"relevance_in_rank_order": [1]}, "all_graded_relevances: missing"),
    # Ranked twice although judged once: nDCG would be above 1.
    (
        "ranking_quality",
        {"relevance_in_rank_order": [3, 3, 0], "all_graded_relevances": [3, 0, 1]},
        "relevance_in_rank_order: grade 3 occurs 2 times, 1 more than in all_graded_relevances",
    ),
    (
        "ranking_quality",
        {"relevance_in_rank_order": [1], "all_graded_relevances": []},
        "relevance_in_rank_order: grade 1 occurs 1 times, 1 more than in all_graded_relevances",
    ),
]


@pytest.mark.parametrize("name, inputs, message", BAD, ids=[f"{name}: {text}" for name, _, text in BAD])
def test_bad_input_names_its_field(name, inputs, message):
    with pytest.raises(ValueError) as error:
        apply_method(METHODS[name], inputs)
    assert str(error.value) == message


EDGES = [
    ("tfidf", {"documents": [], "queries": ["a b"]}, {"word": [[]], "char_wb_2_4": [[]]}),
    ("tfidf", {"documents": [""], "queries": ["", "word"]}, {"word": [[0.0], [0.0]]}),
    ("tfidf", {"documents": ["word"], "queries": []}, {"word": []}),
    ("bm25", {"documents": ["", ""], "queries": ["x y"]}, {"scores": [[0.0, 0.0]]}),
    ("assignment", {"score": []}, {"total": 0.0, "pairs": [], "unmatched": []}),
    ("assignment", {"score": [[None, 1]]}, {"total": 1.0, "pairs": [[0, 1]], "unmatched": []}),
    ("assignment", {"score": [[1], [2]], "min_score": 3}, {"total": 0.0, "pairs": [], "unmatched": [0, 1]}),
    # Three requests, one offer: the best takes it.
    ("assignment", {"score": [[1], [5], [2]]}, {"total": 5.0, "pairs": [[1, 0]], "unmatched": [0, 2]}),
    ("stable_matching", {"requests": {}, "offers": {}}, {"match": {}}),
    # The offer does not want r: nobody is matched.
    ("stable_matching", {"requests": {"r": ["o"]}, "offers": {"o": []}}, {"match": {"r": None}}),
    (
        "stable_matching",
        {
            "requests": {"r": ["o"], "s": ["o"], "t": ["o"]},
            "offers": {"o": ["t", "s", "r"]},
            "capacity": {"o": 2},
        },
        {"match": {"r": None, "s": "o", "t": "o"}},
    ),
    (
        "stable_matching",
        {
            "requests": {"r": ["o"], "s": ["o"], "t": ["o"]},
            "offers": {"o": ["t", "s", "r"]},
            "capacity": {"o": 2},
            "proposing": "offers",
        },
        {"match": {"r": None, "s": "o", "t": "o"}},
    ),
    (
        "ranking_quality",
        {"relevance_in_rank_order": [], "all_graded_relevances": []},
        {"dcg6": None, "ndcg6_all": None, "reciprocal_rank_first_ge1": None, "recall_at_3_all": None},
    ),
    (
        "ranking_quality",
        {"relevance_in_rank_order": [0, 0], "all_graded_relevances": [0, 0, 1]},
        {"ndcg6_all": 0.0, "ndcg6_list_only": None, "reciprocal_rank_first_ge1": 0.0},
    ),
]


@pytest.mark.parametrize("name, inputs, expected", EDGES)
def test_edge(name, inputs, expected):
    assert differences(apply_method(METHODS[name], inputs), expected, 1e-12) == []
