"""The named methods of mapping: every vector, and bad inputs that name their field."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapping.analysis.methods import METHODS, apply_method
from tests.golden.vectors import cases, differences

CASES = cases(*METHODS)


@pytest.mark.parametrize("case", CASES, ids=[f"{case.method}-{case.name}" for case in CASES])
def test_vector(case):
    result = apply_method(METHODS[case.method], case.inputs)
    assert differences(result, case.expected, case.tolerance) == []


@pytest.mark.parametrize("case", CASES, ids=[f"{case.method}-{case.name}" for case in CASES])
def test_result_is_plain_json(case):
    result = apply_method(METHODS[case.method], case.inputs)
    assert json.loads(json.dumps(result, allow_nan=False)) == result


def test_every_method_has_a_description():
    assert [name for name, method in METHODS.items() if not (method.__doc__ or "").strip()] == []


M = [[1, 0], [0, 1]]
BAD = [
    ("location_quotient", {}, "X: missing"),
    ("location_quotient", {"X": [[1]], "Y": 1}, "Y: unknown, expected X"),
    ("location_quotient", {"X": []}, "X: expected a list of rows with at least one row"),
    ("location_quotient", {"X": [[1, 2], [3]]}, "X: rows have different lengths (1, 2)"),
    ("location_quotient", {"X": [[1, -2]]}, "X[0][1]: -2 is negative"),
    ("location_quotient", {"X": [["a"]]}, "X[0][0]: expected a number, got 'a'"),
    ("location_quotient", {"X": [[True]]}, "X[0][0]: expected a number, got true"),
    ("location_quotient", {"X": [[float("nan")]]}, "X[0][0]: not a finite number"),
    ("location_quotient_significance", {"x": [1], "expected": []}, "expected: 0 values for 1 of x"),
    ("reflections", {"M": [[2]]}, "M: expected only 0 and 1"),
    ("complexity", {}, "X, M: give counts X or a binary matrix M, one of the two"),
    ("complexity", {"X": M, "M": M}, "X, M: give counts X or a binary matrix M, one of the two"),
    ("quadrants", {"M": M, "density": [[1, 2]], "complexity": None}, "density: 1 x 2, expected 2 x 2"),
    ("quadrants", {"M": M, "density": M, "complexity": [1]}, "complexity: 1 values for 2 domains"),
    ("evidence", {"M": M, "density": M, "priority": [[1]]}, "priority: 1 x 1, expected 2 x 2"),
    ("complementarity", {"M": M, "relatedness": [[1]]}, "relatedness: 1 rows, expected 2"),
    ("complementarity", {"M": M, "ties": [[1, 0]]}, "ties: 1 rows but 2 columns"),
    ("structural_distance", {"X": M, "weights": [1]}, "weights: 1 values for 2 variables"),
    ("structural_distance", {"X": M, "weights": [0, 0]}, "weights: at least one must be positive"),
    ("value_chain_fill", {"capability": [[2]]}, "capability: values run from 0 to 1"),
    ("value_chain_fill", {"capability": M, "stage_weight": [1]}, "stage_weight: 1 values for 2 stages"),
    ("alignment", {"child": [], "parent": {}}, "child: expected an object of code and weight"),
    ("alignment", {"child": {"a": -1}, "parent": {}}, "child.a: -1 is negative"),
    (
        "alignment",
        {"child": {}, "parent": {}, "similarity": [["a"]]},
        "similarity[0]: expected [code, code, similarity]",
    ),
    (
        "alignment",
        {"child": {}, "parent": {}, "similarity": [["a", "b", 2]]},
        "similarity[0][2]: 2 is above 1",
    ),
    ("code_similarity", {"pairs": [["C20"]]}, "pairs[0]: expected [code, code]"),
    ("code_similarity", {"pairs": [["C20", "20"]]}, "pairs[0]: '20' is no NACE code"),
    ("betweenness", {"edges": "ab"}, "edges: expected a list of [name, name]"),
    ("betweenness", {"edges": [["a"]]}, "edges[0]: 1 names, expected 2"),
    ("brokerage", {"adjacency": M, "level": ["a"]}, "level: 1 names, expected 2"),
    ("ei_index", {"adjacency": [[0, 1]], "level": ["a"]}, "adjacency: 1 rows but 2 columns"),
    ("helix_diversity", {"counts": [[1, 2]]}, "counts: 2 counts in a row, expected 4"),
    # What two entries of a table say of one pair must agree; a code is like itself.
    (
        "alignment",
        {"child": {}, "parent": {}, "similarity": [["a", "b", 0.5], ["b", "a", 0.2]]},
        "similarity[1]: b and a have another similarity, 0.5",
    ),
    (
        "alignment",
        {"child": {}, "parent": {}, "similarity": [["a", "a", 0.5]]},
        "similarity[0]: a and a have another similarity, 1",
    ),
    (
        "alignment",
        {"child": {}, "parent": {}, "similarity": [[None, "b", 1]]},
        "similarity[0][0]: expected a name, got null",
    ),
    ("code_similarity", {"pairs": [["C20", "A20"]]}, "pairs[0]: 'A20' is no NACE code"),
    ("code_similarity", {"pairs": [["C20", 20]]}, "pairs[0]: 20 is no NACE code"),
    ("betweenness", {"edges": [["a", True]]}, "edges[0][1]: expected a name, got true"),
    (
        "complementarity",
        {"M": M, "relatedness": "cosine"},
        "relatedness: expected a table of numbers, or association",
    ),
    ("quadrants", {"M": M, "density": [[1, 2], [3, 101]]}, "density: values run from 0 to 100"),
    (
        "structural_distance",
        {"X": M, "weights": [1, 1], "min_joint_weight": 2},
        "min_joint_weight: 2 is above 1",
    ),
    ("location_quotient", {"X": [[1e101]]}, "X[0][0]: 1e+101 is too large to count with"),
    ("location_quotient", {"X": [[[1]]]}, "X[0][0]: expected a number, got a list"),
    ("location_quotient", {"X": [["a" * 99]]}, f"X[0][0]: expected a number, got '{'a' * 40}'..."),
]


@pytest.mark.parametrize("name, inputs, message", BAD, ids=[f"{name}: {text}" for name, _, text in BAD])
def test_bad_input_names_its_field(name, inputs, message):
    with pytest.raises(ValueError) as error:
        apply_method(METHODS[name], inputs)
    assert str(error.value) == message


ZEROS = [[0, 0], [0, 0]]
EDGES = [
    ("location_quotient", {"X": ZEROS}, {"lq": [[None] * 2] * 2, "diversity": [None] * 2}),
    ("location_quotient", {"X": [[3]]}, {"lq": [[1.0]], "rsca": [[0.0]], "binary": [[1.0]]}),
    # Half of what region 0 is made of is not known: it has no quotients, and is no part of the whole.
    (
        "location_quotient",
        {"X": [[1, None], [3, 1]]},
        {
            "lq": [[None, None], [1.0, 1.0]],
            "left_out": {"blanks": 1, "regions": [0]},
            "reasons": {"lq": [["COVERAGE_TOO_LOW", "NO_DATA"], [None, None]]},
        },
    ),
    # Region 0 knows two of three: over these it is compared with all that know them. Its share is 1/4, theirs
    # (1 + 3 + 1) / (4 + 4 + 4). Region 1 is compared with itself and region 2: 3/5 by (3 + 1) / (5 + 5).
    (
        "location_quotient",
        {"X": [[1, 3, None], [3, 1, 1], [1, 3, 1]]},
        {
            "lq": [[0.6, 9 / 7, None], [1.5, 0.5, 1.0], [0.5, 1.5, 1.0]],
            "diversity": [None, 2, 2],
            "ubiquity": [1, 2, None],
            "reference_regions": [3, 2, 2],
            "left_out": {"blanks": 1, "regions": []},
        },
    ),
    # A blank is not 0: without it the profile is not known.
    (
        "specialisation_indices",
        {"X": [[10, None], [10, 10], [30, 10]]},
        {"herfindahl": [None, 0.5, 0.625], "krugman": [None, 1 / 3, 1 / 6], "left_out": {"regions": [0]}},
    ),
    ("profile_similarity", {"X": [[10, None], [10, 10]]}, {"finger_kreinin": [[None, None], [None, 1.0]]}),
    (
        "location_quotient_significance",
        {"x": [0, 5, None], "expected": [0, 0, 1]},
        {"lq": [None] * 3, "p_upper": [None] * 3, "confirmed": [None] * 3},
    ),
    (
        "specialisation_indices",
        {"X": [[1, 1], [0, 0]]},
        {"krugman": [0.0, None], "hachman": [1.0, None], "entropy_bits": [1.0, None]},
    ),
    ("reflections", {"M": [[1, 0], [0, 0]]}, {"k_region": [[1.0, 0.0], [1.0, None], [1.0, None]]}),
    ("relatedness", {"M": ZEROS}, {"association": [[0.0] * 2] * 2, "unrelated": [0, 1]}),
    # Domain 1 is nowhere: it is related to nothing, and nothing is related to it.
    ("relatedness_density", {"M": [[1, 0], [1, 0]]}, {"density_weighted": [[None] * 2] * 2}),
    ("complexity", {"M": [[1]]}, {"reason": "N_TOO_SMALL", "eci": None}),
    ("complexity", {"M": ZEROS}, {"reason": "N_TOO_SMALL", "eci": None, "n_components": 0}),
    # All regions alike: the second singular value is 0, and so is the third.
    ("complexity", {"M": [[1, 1, 1]] * 3}, {"reason": "MULTIPLE_EIGENVALUE", "eci": None}),
    # A ring: every region has two domains, so diversity cannot say which end is high.
    ("complexity", {"M": [[1, 1, 0], [0, 1, 1], [1, 0, 1]]}, {"reason": "MULTIPLE_EIGENVALUE"}),
    ("complexity", {"M": [[1, 1, 0], [0, 1, 1]]}, {"reason": "SIGN_AMBIGUOUS", "eci": None}),
    ("profile_similarity", {"X": [[1, 1], [0, 0]]}, {"cosine": [[1.0, None], [None, None]]}),
    ("structural_distance", {"X": [[1], [1]], "weights": [1]}, {"distance": [[None] * 2] * 2}),
    (
        "structural_distance",
        {"X": [[0, 5], [1, None], [2, 5]], "weights": [1, 3]},
        {"distance": [[None] * 3] * 3, "nearest": [[], [], []]},
    ),
    (
        "value_chain_fill",
        {"capability": [[1, 1]]},
        {"fill": [[None]], "reasons": {"fill": [["NOT_APPLICABLE"]]}},
    ),
    # Region 2 has an unknown cell: nothing is known of what it adds or gains, nor of who is tied to it.
    (
        "complementarity",
        {
            "M": [[1, 0, 0], [0, 1, 1], [None, 1, 0]],
            "relatedness": [[0, 1, 1], [1, 0, 1], [1, 1, 0]],
            "ties": [[0, 2, 0], [0, 0, 1], [0, 0, 0]],
        },
        {
            "pair_score": [[0.0, 50.0, None], [0.0, 0.0, None], [None, None, None]],
            "linkages": [[200.0, 100.0, 100.0], [None] * 3, [None] * 3],
            "left_out": {"blanks": 1, "regions": [2]},
            "reasons": {"pair_score": [[None, None, "NO_DATA"], [None, None, "NO_DATA"], ["NO_DATA"] * 3]},
        },
    ),
    # A region that is left out of the index leaves the others theirs.
    (
        "complexity",
        {"M": [[1, 1, 1, 1], [1, 1, 1, 0], [1, 1, 0, 0], [1, 0, 0, 0], [None, 1, 1, 1]]},
        {"n_components": 1, "left_out": {"blanks": 1, "regions": [4]}, "reason": None},
    ),
    ("alignment", {"child": {}, "parent": {"a": 1}}, {"soft": None, "reason": "NO_DATA"}),
    ("alignment", {"child": {"a": 2}, "parent": {"a": 5}}, {"soft": 1.0, "finger_kreinin": 1.0}),
    ("code_similarity", {"pairs": []}, {"similarity": []}),
    ("code_similarity", {"pairs": [["nace:C20.11", "C2011"], ["A", "B"]]}, {"similarity": [1.0, 0.5]}),
    ("betweenness", {"edges": []}, {"density": None, "betweenness": {}, "reason": "N_TOO_SMALL"}),
    ("betweenness", {"edges": [["a", "b"]]}, {"density": 1.0, "betweenness": {"a": None, "b": None}}),
    # Two networks side by side: only b and e stand between, each on 1 of 10 pairs.
    (
        "betweenness",
        {"edges": [["a", "b"], ["b", "c"], ["d", "e"], ["e", "f"]]},
        {"betweenness": {"a": 0.0, "b": 0.1, "c": 0.0, "d": 0.0, "e": 0.1, "f": 0.0}},
    ),
    (
        "brokerage",
        {"adjacency": ZEROS, "level": ["x", "y"]},
        {"betweenness": [None, None], "components": 2, "constraint": [None, None]},
    ),
    ("ei_index", {"adjacency": ZEROS, "level": ["x", "y"]}, {"ei": None, "reason": "NO_DATA"}),
    ("helix_diversity", {"counts": [[0, 0, 0, 0]]}, {"rows": [{"shannon": None, "reason": "NO_DATA"}]}),
    ("helix_diversity", {"counts": [[1, None, 0, 0]]}, {"rows": [{"blau": None}]}),
    (
        "quadrants",
        {"M": [[0, 1]], "density": [[5, 9]], "complexity": None},
        {"complexity_threshold": None, "quadrant": [["near", None]]},
    ),
    ("quadrants", {"M": [[1]], "density": [[5]], "complexity": [1]}, {"density_threshold": None}),
    (
        "evidence",
        {"M": [[1, 0]], "density": [[None, None]], "priority": [[1, 0]]},
        {"density_threshold": None, "type": [[None, None]], "support_index": [None]},
    ),
]


@pytest.mark.parametrize("name, inputs, expected", EDGES)
def test_edge(name, inputs, expected):
    assert differences(apply_method(METHODS[name], inputs), expected, 1e-12) == []


SIZES = st.tuples(st.integers(1, 5), st.integers(0, 5))
CELL = st.one_of(st.integers(0, 3), st.none())
BIT = st.one_of(st.integers(0, 1), st.none())


@st.composite
def tables(draw, cell=CELL, square=False):
    rows, columns = draw(SIZES)
    columns = rows if square else columns
    return [[draw(cell) for _ in range(columns)] for _ in range(rows)]


def alike(table, cell):
    return st.tuples(*[st.tuples(*[cell for _ in row]).map(list) for row in table]).map(list)


@pytest.mark.parametrize(
    "name, key",
    [
        ("location_quotient", "X"),
        ("specialisation_indices", "X"),
        ("profile_similarity", "X"),
        ("complexity", "X"),
        ("complexity", "M"),
        ("reflections", "M"),
        ("relatedness", "M"),
        ("relatedness_density", "M"),
        ("complementarity", "M"),
    ],
)
@given(data=st.data())
def test_any_table_gives_plain_numbers(name, key, data):
    result = apply_method(METHODS[name], {key: data.draw(tables(BIT if key == "M" else CELL))})
    json.dumps(result, allow_nan=False)


@given(tables(BIT), st.data())
def test_any_portfolio_has_its_places(m, data):
    density, priority = data.draw(alike(m, CELL)), data.draw(alike(m, CELL))
    complexity = data.draw(st.one_of(st.none(), st.tuples(*[CELL for _ in m[0]]).map(list)))
    inputs = {"M": m, "density": density}
    json.dumps(apply_method(METHODS["quadrants"], inputs | {"complexity": complexity}), allow_nan=False)
    json.dumps(apply_method(METHODS["evidence"], inputs | {"priority": priority}), allow_nan=False)


@given(tables(st.integers(0, 1), square=True), st.data())
def test_any_network_gives_plain_numbers(adjacency, data):
    level = [data.draw(st.sampled_from("xyz")) for _ in adjacency]
    for name in ("brokerage", "ei_index"):
        result = apply_method(METHODS[name], {"adjacency": adjacency, "level": level})
        json.dumps(result, allow_nan=False)


@given(tables(), st.data())
def test_any_structure_gives_plain_numbers(x, data):
    weights = [data.draw(st.integers(0, 2)) for _ in x[0]]
    if not any(weights):
        return
    result = apply_method(METHODS["structural_distance"], {"X": x, "weights": weights})
    json.dumps(result, allow_nan=False)
