"""A small group is also given away through hidden totals that follow from what is shown."""

from governance.analysis.narrow_cells import Room, too_narrow
from governance.scoring.bounds import ranges_by_program

# Units on three statements of theme E; the theme and statement 3 are shown for stakeholders and for all.
# 3: units = 2 * 3.4 - 3.0 = 3.8; E: units = 2 * 3.75 - 3.0 = 4.5; so 1 and 2 add up to 3 * 4.5 - 3.8 = 9.7,
# and each lies between 4.7 and 5.
VALUES = {
    ("1", "unit"): 4.9,
    ("2", "unit"): 4.8,
    ("3", "unit"): 3.8,
    ("3", "stakeholder"): 3.0,
    ("3", "all"): 3.4,
    ("E", "unit"): 4.5,
    ("E", "stakeholder"): 3.0,
    ("E", "all"): 3.75,
}
TOTALS = {
    ("3", "all"): [("3", "unit"), ("3", "stakeholder")],
    ("E", "all"): [("E", "unit"), ("E", "stakeholder")],
    ("E", "unit"): [("1", "unit"), ("2", "unit"), ("3", "unit")],
}
HIDDEN = {key for key in VALUES if key[1] == "unit"}
SMALL = [("2", "unit")]


def width(hidden):
    shown = {key: value for key, value in VALUES.items() if key not in hidden}
    low, high = ranges_by_program(VALUES, shown, totals=TOTALS, wanted=SMALL)[SMALL[0]]
    return round(high - low, 6)


def test_chain_of_hidden_totals_is_followed():
    assert width(HIDDEN) == 0.3
    more = too_narrow(VALUES, HIDDEN, small=SMALL, totals=TOTALS, known=(), room=Room(least=1.0))
    assert more
    assert width(HIDDEN | more) >= 1.0


def test_what_is_known_anyway_is_not_hidden_and_ends_the_search():
    known = set(VALUES) - HIDDEN
    assert too_narrow(VALUES, HIDDEN, small=SMALL, totals=TOTALS, known=known, room=Room(least=1.0)) == set()
