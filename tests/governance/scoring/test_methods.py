"""The named methods of scoring: every vector, other shapes, and bad inputs that name their field."""

import json

import pytest

from governance.scoring.methods import METHODS
from mapping.analysis.methods import apply_method
from tests.golden.vectors import cases, differences

VECTORS = [name for name in METHODS if name != "margin_of_error"]  # it has no published vector
CASES = cases(*VECTORS)
IDS = [f"{case.method}-{case.name}" for case in CASES]


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_vector(case):
    result = apply_method(METHODS[case.method], case.inputs)
    assert differences(result, case.expected, case.tolerance) == []


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_result_is_plain_json(case):
    result = apply_method(METHODS[case.method], case.inputs)
    assert json.loads(json.dumps(result, allow_nan=False)) == result


def test_every_method_has_a_description():
    assert [name for name, method in METHODS.items() if not (method.__doc__ or "").strip()] == []


TABLE = {"X": [[1, 2], [3, 4]], "direction": [1, 1], "weights": [1, 1]}
BAD = [
    ("aggregate", {"X": [[1]], "direction": [1]}, "weights: missing"),
    (
        "aggregate",
        {**TABLE, "goal": 1},
        "goal: unknown, expected X, direction, weights, min_coverage",
    ),
    ("aggregate", {**TABLE, "direction": [1, 0]}, "direction: expected only 1 and -1"),
    ("aggregate", {**TABLE, "direction": [1]}, "direction: 1 values for 2 indicators"),
    ("aggregate", {**TABLE, "weights": [1]}, "weights: 1 values for 2 indicators"),
    ("aggregate", {**TABLE, "weights": [1, -1]}, "weights[1]: -1 is negative"),
    ("aggregate", {**TABLE, "X": [[1, 2], [3]]}, "X: rows have different lengths (1, 2)"),
    ("aggregate", {**TABLE, "min_coverage": 2}, "min_coverage: 2 is above 1"),
    ("normalise", {**TABLE, "X": [[1, "a"]]}, "X[0][1]: expected a number, got 'a'"),
    ("bootstrap_mean", {"sample": 3}, "sample: expected a list of numbers"),
    ("bootstrap_mean", {"sample": [1, True]}, "sample[1]: expected a number, got true"),
    ("consensus", {"frequencies": 3}, "frequencies: expected a list of lists of counts"),
    ("consensus", {"frequencies": [[1, None]]}, "frequencies[0][1]: expected a number, got null"),
    ("consensus", {"frequencies": [[1, -1]]}, "frequencies[0][1]: -1 is negative"),
    ("goalposts", {"x": [1], "lower": 5, "upper": 1, "target": 4}, "upper: 1 is below lower = 5"),
    ("goalposts", {"x": 1, "lower": 1, "upper": 5, "target": 4}, "x: expected a list of numbers"),
    ("goalposts", {"x": [1], "lower": "1", "upper": 5, "target": 4}, "lower: expected a number, got '1'"),
    ("group_differences", {"groups": [1]}, "groups: expected an object of name and list of numbers"),
    ("group_differences", {"groups": {"a": 1}}, "groups.a: expected a list of numbers"),
    ("importance_performance", {"rows": {}}, "rows: expected a list of [name, importance, performance]"),
    ("importance_performance", {"rows": [["a", 1]]}, "rows[0]: expected [name, importance, performance]"),
    ("importance_performance", {"rows": [["a", 1, "b"]]}, "rows[0][2]: expected a number, got 'b'"),
    (
        "krippendorff_alpha",
        {"ratings": [[1]], "level": "rank"},
        "level: 'rank', expected nominal, ordinal, interval, ratio",
    ),
    (
        "krippendorff_alpha",
        {"ratings": [["a"]], "level": "ordinal"},
        "ratings[0][0]: expected a number, got 'a'",
    ),
    ("margin_of_error", {"n": 11, "N": 10, "p": 0.5, "confidence": 0.95}, "n: 11 is more than N = 10"),
    ("margin_of_error", {"n": 1, "N": 10, "p": 2, "confidence": 0.95}, "p: 2 is not between 0 and 1"),
    ("margin_of_error", {"n": [1], "N": [2, 3], "p": 0.5, "confidence": 0.9}, "N: 2 values for 1 of n"),
    ("required_sample", {"N": "9", "chi2": 3.841, "p": 0.5, "d": 0.05}, "N: expected a number, got '9'"),
    ("suppression", {"counts": [[1, None]], "k": 5}, "counts[0][1]: expected a number, got null"),
    ("suppression", {"counts": [[1.5]], "k": 5}, "counts: expected whole numbers"),
    ("suppression", {"counts": [[-1]], "k": 5}, "counts[0][0]: -1 is negative"),
    (
        "t_interval",
        {"sample": [1], "confidence": 1 - 1e-16},
        "confidence: 0.9999999999999999 is too close to 1 to count with",
    ),
    ("consensus", {"frequencies": [[1] * 1001]}, "frequencies[0]: 1001 steps, at most 1000"),
    ("suppression", {"counts": [[1]], "k": 2.5}, "k: 2.5, expected a whole number"),
    ("suppression", {"counts": [[1e15]], "k": 5}, "counts: 1e+15 is above 1e+12"),
    ("margin_of_error", {"n": 1.5, "N": 10, "p": 0.5, "confidence": 0.9}, "n: 1.5 is no number of people"),
    (
        "within_group_agreement",
        {"ratings": [[1, 5], [1, 7]], "scale_points": 5},
        "ratings[1][1]: 7 is not from 1 to 5",
    ),
    (
        "krippendorff_alpha",
        {"ratings": [[-1, 1], [1, 1]], "level": "ratio"},
        "ratings[0][0]: -1 is negative",
    ),
    ("t_interval", {"sample": [1], "confidence": 1}, "confidence: 1 is not between 0 and 1"),
    (
        "wheel_score",
        {"answers": {"r": [6]}, "min_coverage": 0.5},
        "answers.r: marks run from 1 to 5, 0 is no information",
    ),
    (
        "wheel_score",
        {"answers": [1], "min_coverage": 0.5},
        "answers: expected an object of name and list of marks",
    ),
    ("wilson_interval", {"k": [3], "n": [2], "confidence": 0.95}, "k: 3 is more than n = 2"),
    ("wilson_interval", {"k": 1, "n": 2, "confidence": 95}, "confidence: 95 is not between 0 and 1"),
    (
        "within_group_agreement",
        {"ratings": [[1]], "scale_points": 1},
        "scale_points: 1, expected a whole number from 2 to 1000",
    ),
]


@pytest.mark.parametrize("name, inputs, message", BAD, ids=[f"{name}-{text}" for name, _, text in BAD])
def test_bad_input_names_its_field(name, inputs, message):
    with pytest.raises(ValueError) as caught:
        apply_method(METHODS[name], inputs)
    assert str(caught.value) == message


EMPTY = [
    ("aggregate", {"X": [], "direction": [1], "weights": [1]}, {"amean": [], "complete_rows": []}),
    ("bootstrap_mean", {"sample": []}, {"mean": None, "q95": None, "reason": "NO_DATA"}),
    ("consensus", {"frequencies": []}, {"consensus": []}),
    ("goalposts", {"x": [], "lower": 1, "upper": 5, "target": 4}, {"score": []}),
    ("group_differences", {"groups": {}}, {"eta_squared": None, "reason": "NO_DATA"}),
    ("importance_performance", {"rows": []}, {"threshold_importance": None, "order": []}),
    ("krippendorff_alpha", {"ratings": [], "level": "ordinal"}, {"alpha": None, "reason": "N_TOO_SMALL"}),
    ("mazziotta_pareto", {"X": [], "direction": [1], "weights": [1]}, {"mpi": [], "reason": "NO_DATA"}),
    ("normalise", {"X": [[], []], "direction": [], "weights": []}, {"z": [[], []], "reasons": {}}),
    ("rank_robustness", {"X": [], "direction": [1], "weights": [1]}, {"ranks": [], "median": []}),
    ("suppression", {"counts": [], "k": 5}, {"suppressed": []}),
    ("suppression", {"counts": [[], []], "k": 5}, {"suppressed": [[], []]}),
    ("t_interval", {"sample": [None, None]}, {"mean": None, "lo": None, "reason": "NO_DATA"}),
    ("wheel_score", {"answers": {"r": []}, "min_coverage": 0.5}, {"r": {"coverage": None, "score": None}}),
    ("within_group_agreement", {"ratings": [], "scale_points": 5}, {"rwg": [], "rwg_j": None}),
]


@pytest.mark.parametrize("name, inputs, expected", EMPTY, ids=[f"{n}-{i}" for n, i, _ in EMPTY])
def test_nothing_gives_nothing(name, inputs, expected):
    assert differences(apply_method(METHODS[name], inputs), expected, 0) == []


def test_single_numbers_are_taken_like_lists():
    one = apply_method(METHODS["wilson_interval"], {"k": 15, "n": 148, "confidence": 0.95})
    many = apply_method(METHODS["wilson_interval"], {"k": [15], "n": [148], "confidence": 0.95})
    assert (one["lower"], one["upper"], one["reason"]) == (many["lower"][0], many["upper"][0], None)


def test_null_in_a_list_gives_null():
    found = apply_method(METHODS["required_sample"], {"N": [None, 0, 10], "chi2": 3.841, "p": 0.5, "d": 0.05})
    assert found["n"][:2] == [None, None]
    assert found["reasons"] == {"n": ["NO_DATA", "NO_DATA", None]}


def test_nominal_ratings_may_be_words():
    words = [["a", "a", "b", None], ["a", "b", "b", "c"]]
    numbers = [[0, 0, 1, None], [0, 1, 1, 2]]
    alpha = METHODS["krippendorff_alpha"]
    assert alpha(ratings=words, level="nominal") == alpha(ratings=numbers, level="nominal")
