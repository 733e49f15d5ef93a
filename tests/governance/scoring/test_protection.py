"""Group means: nobody can work out a small group from what is shown."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from governance.scoring.protection import fixed_unknowns, protect

GROUPS = ("team", "unit", "stakeholder")


def shown_gives_away(cells, hidden, totals):
    """Hidden keys that the shown ones determine."""
    unknown = [key for key in cells if key in hidden]
    rows = []
    for total, members in totals.items():
        if total not in cells:
            continue
        line = [key for key in members if key in cells]
        row = np.zeros(len(unknown))
        for key, factor in ((total, -len(line)), *((member, 1) for member in line)):
            if key in unknown:
                row[unknown.index(key)] += factor
        rows.append(row)
    if not unknown or not rows:
        return []
    return [key for key, fixed in zip(unknown, fixed_unknowns(np.array(rows)), strict=True) if fixed]


def region(counts):
    """Groups and the region made of them, of one statement."""
    return {**counts, "all": sum(counts.values())}


ALL = {"all": GROUPS}


def test_a_small_group_takes_another_with_it():
    cells = region({"team": 1, "unit": 3, "stakeholder": 8})
    # region and team are known: without hiding the stakeholders the units would follow
    assert protect(cells, totals=ALL, k=5, public=["team"]) == {"unit", "stakeholder"}


def test_without_another_group_the_region_goes():
    cells = region({"team": 1, "stakeholder": 4})
    assert protect(cells, totals=ALL, k=5, public=["team"]) == {"stakeholder", "all"}


def test_two_small_groups_that_are_few_together_take_the_region_with_them():
    cells = region({"team": 1, "unit": 2, "stakeholder": 2})
    assert protect(cells, totals=ALL, k=5, public=["team"]) == {"unit", "stakeholder", "all"}


def test_large_groups_stay():
    cells = region({"team": 1, "unit": 5, "stakeholder": 8})
    assert protect(cells, totals=ALL, k=5, public=["team"]) == set()


def test_inside_the_partnership_three_suffice():
    cells = region({"team": 1, "unit": 3, "stakeholder": 8})
    assert protect(cells, totals=ALL, k=3, public=["team"]) == set()


def test_a_dimension_does_not_give_a_statement_away():
    cells = {("1.1", "stakeholder"): 4, ("1.2", "stakeholder"): 9, ("E1", "stakeholder"): 9}
    totals = {("E1", "stakeholder"): [("1.1", "stakeholder"), ("1.2", "stakeholder")]}
    assert protect(cells, totals=totals, k=5) == {("1.1", "stakeholder"), ("1.2", "stakeholder")}


N = st.integers(0, 12)


@given(data=st.data())
def test_nothing_hidden_follows_from_what_is_shown(data):
    """Two statements of a dimension, three groups, the region, the dimension: every line is a mean."""
    cells, totals = {}, {}
    for code in ("1.1", "1.2"):
        counts = {group: data.draw(N) for group in GROUPS[1:]} | {"team": 1}
        cells.update({(code, group): n for group, n in counts.items() if n})
        cells[code, "all"] = sum(counts.values())
        totals[code, "all"] = [(code, group) for group in GROUPS]
    for group in (*GROUPS, "all"):
        members = [("1.1", group), ("1.2", group)]
        if any(key in cells for key in members):
            cells["E1", group] = max(cells.get(key, 0) for key in members)
            totals["E1", group] = members
    public = {key for key in cells if key[1] == "team"}
    hidden = protect(cells, totals=totals, k=5, public=public)
    assert not hidden & public
    # What is made of the team's answers alone is as public as they are.
    public |= {total for total, members in totals.items() if public.issuperset(set(members) & set(cells))}
    public |= {("E1", "all")} if {("1.1", "all"), ("1.2", "all")} <= public else set()
    assert all(key in hidden for key, n in cells.items() if n < 5 and key not in public)
    assert shown_gives_away(cells, hidden, totals) == []
