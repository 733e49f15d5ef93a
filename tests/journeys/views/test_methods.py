"""The Method section: each page's example, done by hand here, equals what the code makes of it."""

import numpy as np
import pytest

from governance.scoring.reliability import krippendorff_alpha
from journeys.content.methods import METHODS
from journeys.selectors.method_pages import EXAMPLES, TEXTS, method_page
from mapping.analysis.methods import apply_method

# Worked by hand; the arithmetic is on the page and repeated here.
BY_HAND = {
    "score": [2.5, 3.25],  # (2 + 3) / 2; (4 + 2.5) / 2
    "coverage": [1 / 3, "COVERAGE_TOO_LOW", 1],  # 1 of 3; ceil(2/3 * 3) - 1
    "interval": [1.15, 2.85],  # means 1 2 2 3: places 1 + 0.05 * 3 and 1 + 0.95 * 3
    "target-gap": [2.5, 1.5, "possible"],  # (3 + 2) / 2; 4 - 2.5; one respondent
    "peer-gap": [1, 3],  # median 3 - 2; best 5 - 2
    "perception": [4 - 7 / 3, True],  # 4 - (2 + 2 + 3) / 3, at least 1.5 with 3
    "consensus": [0.584962500721],  # 1 + log2(3/4)
    "agreement": [1 - (2 / 6) / (198 / 30)],  # ordinal, as the runs do it: ranks between, squared
    "between-groups": [0.8],  # 4 / 5
    "order-of-work": [5 / 12 * 3, 0],
    "robustness": [0.5],  # 1 of 2 scenarios
    "protection": [4],
    "overlap": [2 / 3, 1],  # 2 * 2 / (3 + 3)
    "kinds": ["common_strength", "complementarity", 2],  # 5 pairs of different units, 3 with a verdict
    "coordination": ["used", "unused", 2],
    "priorities": [1, True, "Port", 0.5],  # 3 of 3; none; strength 4 without priority; 1 of 2
    "spaces": [1 / 3, 3, "government, civil_society"],
    "alignment": [0.75],  # (1 + 0.5) / 2
    "brokers": [1, 0, 2 / 3],  # 2 * 2 / (3 * 2)
    "mixing": [1 / 3, 1 / 3, -1 / 3, 1],  # (2 - 1) / 3; (4 - 2) / 6; (1 - 2) / 3; 3 / 3
    "helix": [0.5],  # ln 2 / ln 4
    "similarity": [0.5],  # 0.25 + 0.25 + 0
    "complementarity": [25],  # (0 + 50) / 2
    "fill": [0.5, 0],
    "noise": [1, 3],
    "wheel": [60, "COVERAGE_TOO_LOW"],  # 100 * (17 / 5 - 1) / 4
    "quotient": [2.8, False, 30 / 18.4, True],  # p 0.014 and 0.008, by R's ppois
    "related-fields": [40],  # 100 * 2.22 / 5.56
    "priority-evidence": [
        35,
        "consolidate",
        "related_diversification",
        "isolated_strength",
        "unsupported",
    ],
    "peers": [0.53125, 0.625],
}


@pytest.mark.parametrize("key", TEXTS)
def test_the_example_by_hand_is_what_the_code_makes(key):
    found = [value for _label, value in EXAMPLES[key].results()]
    assert [type(value) is bool for value in found] == [type(value) is bool for value in BY_HAND[key]]
    for value, expected in zip(found, BY_HAND[key], strict=True):
        assert value == (expected if isinstance(expected, str) else pytest.approx(expected, abs=1e-9))


def test_the_example_of_agreement_is_measured_as_the_runs_measure_it():
    ratings = EXAMPLES["agreement"].inputs["ratings"]
    [(_label, shown)] = EXAMPLES["agreement"].results()
    assert shown == krippendorff_alpha(np.array(ratings, dtype=float))[0]
    assert shown != krippendorff_alpha(np.array(ratings, dtype=float), level="interval")[0]
    assert "0.949" in str(EXAMPLES["agreement"].arithmetic)


def codes_in(value):
    """The codes of a result's reasons, wherever they stand."""
    if isinstance(value, dict | list):
        parts = value.values() if isinstance(value, dict) else value
        return {code for part in parts for code in codes_in(part)}
    return {value} - {None}


UNDEFINED = [
    ("consensus", {"frequencies": [[0, 0], [1, 0]]}, {"NO_DATA", "N_TOO_SMALL"}),
    ("agreement", {"ratings": [[1, 1], [1, 1]], "level": "ordinal"}, {"NO_VARIANCE"}),
    ("agreement", {"ratings": [[1, 2]], "level": "ordinal"}, {"N_TOO_SMALL"}),
    ("between-groups", {"groups": {"team": [2], "stakeholder": [2, 2]}}, {"NO_VARIANCE"}),
    ("between-groups", {"groups": {"team": [2, 3]}}, {"N_TOO_SMALL"}),
    ("order-of-work", {"rows": [["1.1", None, 2]]}, {"NO_DATA"}),
    ("brokers", {"edges": [["a", "b"]]}, {"N_TOO_SMALL"}),
    ("mixing", {"adjacency": [[0, 0], [0, 0]], "level": ["city", "region"]}, {"NO_DATA"}),
    ("mixing", {"adjacency": [[0, 1], [0, 0]], "level": ["city", "region"]}, {"NO_VARIANCE"}),
    ("helix", {"counts": [[0, 0, 0, 0]]}, {"NO_DATA"}),
    ("alignment", {"child": {}, "parent": {"C21": 1}}, {"NO_DATA"}),
    ("similarity", {"X": [[1, 1], [0, 0], [1, None]]}, {"ZERO_TOTAL", "NO_DATA"}),
    ("fill", {"capability": [[1, 1], [0, 0]]}, {"ZERO_TOTAL", "NOT_APPLICABLE"}),
    ("fill", {"capability": [[0, 0], [None, 1]]}, {"COVERAGE_TOO_LOW", "NOT_APPLICABLE"}),
    ("quotient", {"x": [1, None], "expected": [0, 1]}, {"ZERO_TOTAL", "NO_DATA"}),
    ("related-fields", {"M": [[1, 0], [None, None]]}, {"ZERO_TOTAL", "NO_DATA"}),
    (
        "priority-evidence",
        {"M": [[1, 0, 0]], "density": [[5, None, 1]], "priority": [[1, 1, 0]]},
        {"NO_DATA", "NOT_APPLICABLE"},
    ),
    (
        "peers",
        {"X": [[1, 2], [None, 2]], "weights": [1, 1]},
        {"NO_DATA", "NO_VARIANCE", "COVERAGE_TOO_LOW"},
    ),
]


@pytest.mark.parametrize("key, inputs, codes", UNDEFINED)
def test_a_page_names_every_reason_its_method_gives(key, inputs, codes):
    found = codes_in(apply_method(METHODS[EXAMPLES[key].method], inputs)["reasons"])
    assert found == codes
    assert found <= {code for code, _when in TEXTS[key].undefined}


@pytest.mark.django_db
@pytest.mark.parametrize("key", TEXTS)
def test_method_detail_shows_question_formula_example_limits_and_source(
    client, key, django_assert_num_queries
):
    with django_assert_num_queries(0):
        reply = client.get(f"/method/{key}/")
    text = reply.content.decode()
    page = method_page(key=key)
    assert reply.status_code == 200
    assert "<math" in text
    for part in (
        page.text.question,
        page.text.limits,
        page.text.source,
        *(value for _l, value in page.results),
    ):
        assert str(part).replace("'", "&#x27;").replace("&", "&") in text.replace("&amp;", "&")
    assert page.command in text


@pytest.mark.django_db
def test_method_lists_every_question(client):
    text = client.get("/method/").content.decode()
    assert [key for key in TEXTS if f"/method/{key}/" not in text] == []


@pytest.mark.django_db
def test_an_unknown_method_is_404(client):
    assert client.get("/method/numerology/").status_code == 404
