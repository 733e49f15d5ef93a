"""Codes beside the nulls of a result."""

import numpy as np

from mapping.analysis.reasons import NO_DATA, ZERO_TOTAL, places_of, with_reasons


def test_a_code_stands_where_the_null_is():
    result = {"lq": [[1.0, None], [None, None]], "n": 2, "name": None}
    codes = places_of(NO_DATA, np.array([[False, True], [False, False]]), ZERO_TOTAL)
    assert with_reasons(result, lq=codes, name=NO_DATA, n=NO_DATA) == {
        **result,
        "reasons": {"lq": [[None, NO_DATA], [ZERO_TOTAL, ZERO_TOTAL]], "name": NO_DATA},
    }


def test_a_code_of_a_row_stands_for_all_in_it():
    found = with_reasons(
        {"ranks": [[1.0], [None]], "rows": [{"a": None}]}, ranks=[None, NO_DATA], rows=[NO_DATA]
    )
    assert found["reasons"] == {"ranks": [[None], [NO_DATA]], "rows": [{"a": NO_DATA}]}


def test_a_result_without_a_null_has_no_reasons():
    assert with_reasons({"mean": 1.0, "sizes": []}, mean=NO_DATA, sizes=NO_DATA)["reasons"] == {}
