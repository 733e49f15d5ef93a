import json
from dataclasses import replace

import numpy as np
import pytest

from mapping.analysis.indicator_tables import (
    DeclaredPriority,
    IndicatorInputs,
    IndicatorReport,
    Territory,
)
from mapping.analysis.indicators import fields_of, read_indicators, recode_domains

INPUTS = IndicatorInputs(
    territories=(
        Territory(id="a", country="ES"),
        Territory(id="b", country="ES"),
        Territory(id="c", country="IT"),
        Territory(id="d", country="PL"),
    ),
    domains=("food", "steel", "code"),
    counts=((80, 10, 10), (40, 55, 5), (3, 1, 2), (0, 0, 0)),
    priorities=(
        DeclaredPriority(territory_id="a", domain="food"),
        DeclaredPriority(territory_id="a", domain="steel", weight=3),
    ),
    structure=((0.0, 1.0), (0.1, 1.0), (1.0, 0.0), (0.2, None)),
    structure_weights=(3.0, 1.0),
)


def territory(report, key):
    return next(row for row in report.territories if row.territory_id == key)


def test_specialisations_by_hand():
    # Whole 206: food 123, steel 66, code 17. LQ(a, food) = 80 x 206 / (100 x 123), and so on.
    a = territory(read_indicators(INPUTS), "a")
    assert [s.domain for s in a.specialisations] == ["food", "code"]
    food = a.specialisations[0]
    assert food.lq == pytest.approx(80 * 206 / (100 * 123))
    # 80 where 59.7 were expected is more than noise; 10 where 8.3 were is not.
    assert food.confirmed
    assert not a.specialisations[1].confirmed


def test_a_blank_is_compared_over_the_other_fields():
    counts = ((80, 10, None), (40, 55, 5), (3, 1, 2), (None, None, 7))
    report = read_indicators(replace(INPUTS, counts=counts))
    # a knows food and steel, as b and c do: 80 of 90, with them 123 of 189.
    [food] = territory(report, "a").specialisations
    assert food.lq == pytest.approx(80 / 90 / (123 / 189))
    # b is compared with itself and c: 55 of 100, with c 56 of 106.
    steel = territory(report, "b").specialisations[0]
    assert (steel.domain, steel.lq) == ("steel", pytest.approx(55 / 100 / (56 / 106)))
    assert territory(report, "d").reason == "COVERAGE_TOO_LOW"
    fields = {field.domain: field for field in fields_of(replace(INPUTS, counts=counts), ["a"])["a"]}
    assert list(fields) == ["food", "steel"]
    assert fields["food"].expected == pytest.approx(90 * 123 / 189)


def test_a_territory_of_blanks_has_no_data():
    report = read_indicators(replace(INPUTS, counts=(*INPUTS.counts[:3], (None, None, None))))
    assert (territory(report, "d").reason, territory(report, "d").specialisations) == ("NO_DATA", ())


def test_a_territory_without_counts_is_undefined():
    d = territory(read_indicators(INPUTS), "d")
    assert (d.reason, d.specialisations, d.related, d.partners) == ("ZERO_TOTAL", (), (), ())
    assert d.support_index is None


def test_priorities_meet_the_evidence():
    a = territory(read_indicators(INPUTS), "a")
    assert [(row.domain, row.type) for row in a.evidence] == [
        ("food", "consolidate"),
        ("steel", None),  # steel goes with no other domain here: its density is undefined
    ]
    assert a.support_index == 1


def test_peers_with_and_without_the_own_country():
    report = read_indicators(INPUTS)
    # a - b: 3/4 x 0.01 = 0.0075. d lacks the second variable, 3/4 of the weight is left: 0.04.
    peers = territory(report, "a").peers
    assert [p.territory_id for p in peers] == ["b", "d", "c"]
    assert [p.distance for p in peers] == pytest.approx([0.0075, 0.04, 1])
    assert peers[1].joint_weight == 0.75
    abroad = read_indicators(replace(INPUTS, exclude_own_country=True))
    assert [p.territory_id for p in territory(abroad, "a").peers] == ["d", "c"]


def test_partners_name_the_domains_they_bring():
    data = replace(
        INPUTS,
        territories=tuple(Territory(id=n) for n in range(4)),
        domains=("x", "y", "z"),
        counts=((9, 0, 0), (0, 9, 9), (9, 9, 0), (0, 9, 9)),
        priorities=(),
        structure=(),
    )
    first = territory(read_indicators(data), 0)
    assert first.peers == ()
    # y and z meet twice, x and y once: association 2 x 6 / (3 x 2) = 2 and 1 x 6 / (1 x 3) = 2.
    # The first territory lacks y and z. To y (related to x and z by 2 each) territory 1 adds z: 2 / 4 = 50;
    # to z (related to y alone) it adds y: 100. The mean is 75: y brings 100 / 2, z brings 50 / 2.
    assert [(p.territory_id, p.score) for p in first.partners] == [(1, 75), (3, 75), (2, 50)]
    assert [(d.domain, d.points) for d in first.partners[0].domains] == [("y", 50), ("z", 25)]


def test_the_report_travels_as_json():
    report = read_indicators(INPUTS)
    plain = json.loads(json.dumps(report.to_dict(), allow_nan=False))
    assert IndicatorReport.from_dict(plain) == report
    assert IndicatorInputs.from_dict(json.loads(json.dumps(INPUTS.to_dict()))) == INPUTS


@pytest.mark.parametrize(
    "change, message",
    [
        ({"counts": ((1, 2, 3),)}, "counts: 1 rows for 4 territories"),
        ({"counts": ((1, 2),) * 4}, "counts[0]: 2 values, expected 3"),
        ({"structure": ((1.0,),) * 4}, "structure[0]: 1 values, expected 2"),
        (
            {"priorities": (DeclaredPriority(territory_id="x", domain="food"),)},
            "priorities: x is no territory of the table",
        ),
        (
            {"priorities": (DeclaredPriority(territory_id="a", domain="x"),)},
            "priorities: x is no domain of the table",
        ),
    ],
)
def test_bad_inputs_name_their_field(change, message):
    with pytest.raises(ValueError) as error:
        read_indicators(replace(INPUTS, **change))
    assert str(error.value) == message


def test_recoding_divides_and_keeps_the_total():
    # 26 goes to 26 and 33 by halves, 27 to 26.
    table = {"26": {"26": 0.5, "33": 0.5}, "27": {"26": 1.0}}
    counts, domains = recode_domains(np.array([[10.0, 4.0], [np.nan, 4.0]]), ["26", "27"], table)
    assert domains == ("26", "33")
    assert counts[0].tolist() == [9, 5]
    assert np.isnan(counts[1]).all()


@pytest.mark.parametrize(
    "table, message",
    [
        ({}, "correspondence: nothing for 26"),
        ({"26": {"26": 0.5}}, "correspondence: shares of 26 add up to 0.5"),
    ],
)
def test_an_incomplete_correspondence_is_refused(table, message):
    with pytest.raises(ValueError) as error:
        recode_domains(np.array([[1.0]]), ["26"], table)
    assert str(error.value) == message
