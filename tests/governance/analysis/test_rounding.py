"""What follows from rounded values; what is not known stays unknown and is never 0."""

from governance.analysis.rounding import rounded_order, rounded_work

SHARES = {"leave_one_out": 0.97, "weights": 1.0}


def pair(wider, narrower):
    return {"wider": wider, "narrower": narrower, **SHARES}


def test_statements_of_order_need_two_known_gaps_that_differ_by_enough():
    """2.1 - 1.7 = 0.4 is enough, 1.7 - 1.5 = 0.2 is not; beside an unknown gap nothing is said."""
    gaps = {"E1": 2.1, "E2": 1.7, "E3": 1.5, "E4": None}
    rows = [pair("E1", "E2"), pair("E2", "E3"), pair("E1", "E4"), pair("E4", "E3"), pair("E1", "E9")]
    found = rounded_order(rows, gaps=gaps, least=0.3)
    assert found == [{"wider": "E1", "narrower": "E2", "leave_one_out": 0.9, "weights": 1.0}]


def test_order_of_work_without_any_importance_has_no_weights():
    """B7: importance 3 + 1 = 4, so 3/4 x (3 - 1) = 1.5 and 1/4 x 0 = 0. When all are 0 nothing is weighed."""
    rows = [
        {"code": "1.1", "importance": 1.0, "level": 2.0, "holds": None},
        {"code": "1.2", "importance": 3.0, "level": 1.0, "holds": 0.95},
    ]
    assert [(row["code"], row["weighted_gap"], row["holds"]) for row in rounded_work(rows)] == [
        ("1.2", 1.5, 0.9),
        ("1.1", 0.0, None),
    ]
    empty = [row | {"importance": 0.0} for row in rows]
    assert [(row["code"], row["weighted_gap"]) for row in rounded_work(empty)] == [
        ("1.1", None),
        ("1.2", None),
    ]
