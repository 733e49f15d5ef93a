"""The lines of a large matrix: no entry twice, none lost, and a cell says how much of it stands where."""

from governance.selectors.matrix_lines import COLUMNS, Shown, entries

UNITS = {1: "Mazovia", 2: "Płock", 3: "Radom"}
NAMED = {
    "horizontal": [(1, 10, "Advice")],
    "sectoral": [(1, 20 + at, f"Field {at}") for at in range(7)] + [(2, 40, "Żywność")],
    "actors": [(None, 60, "Agency"), (2, 61, "Płock college"), (1, 61, "Płock college")],
}


def made(*words):
    return entries(units=UNITS, columns=NAMED, words=words)


def keys(stretch):
    return {column: list(stretch.keys[column]) for column in COLUMNS if stretch.keys[column]}


def test_a_unit_is_as_long_as_its_longest_cell_and_an_empty_one_has_a_line():
    found = made()
    assert (list(found.units), dict(found.lengths)) == ([1, 2, 3, None], {1: 7, 2: 1, 3: 1, None: 1})
    assert (found.lines, found.count) == (10, 11)


def test_a_part_begins_and_ends_within_units():
    first, second = (made().stretches(lines) for lines in (range(5), range(5, 10)))
    assert [(one.unit, one.goes_on) for one in first] == [(1, False)]
    assert keys(first[0]) == {"horizontal": [10], "sectoral": [20, 21, 22, 23, 24], "actors": [61]}
    assert [(one.unit, one.goes_on) for one in second] == [(1, True), (2, False), (3, False), (None, False)]
    assert [keys(one) for one in second] == [
        {"sectoral": [25, 26]},
        {"sectoral": [40], "actors": [61]},
        {},
        {"actors": [60]},
    ]


def test_every_entry_stands_on_one_part_whatever_its_size():
    found = made()
    for size in range(1, 12):
        parts = [found.stretches(range(at, min(at + size, 10))) for at in range(0, 10, size)]
        seen = [
            (one.unit, column, key)
            for part in parts
            for one in part
            for column in COLUMNS
            for key in one.keys[column]
        ]
        assert sorted(map(str, seen)) == sorted(
            str((unit, column, key)) for column, rows in NAMED.items() for unit, key, _name in rows
        )


def test_a_cell_says_how_much_of_it_stands_here():
    (first,) = made().stretches(range(5))
    assert first.shown["sectoral"] == Shown(first=1, last=5, found=7, total=7)
    assert (first.shown["sectoral"].is_part, first.shown["horizontal"].is_part) == (True, False)
    goes_on = made().stretches(range(5, 6))[0]
    assert goes_on.shown["horizontal"] == Shown(first=6, last=1, found=1, total=1)
    assert (goes_on.shown["horizontal"].is_empty, goes_on.shown["spaces"].total) == (True, 0)


def test_words_are_found_without_accents_and_the_rest_is_counted():
    found = made("zywnosc")
    (only,) = found.stretches(range(found.lines))
    assert (only.unit, keys(only)) == (2, {"sectoral": [40]})
    assert only.shown["actors"] == Shown(first=1, last=0, found=0, total=1)


def test_a_unit_found_by_its_name_is_whole():
    found = made("plock")
    assert [(one.unit, keys(one)) for one in found.stretches(range(found.lines))] == [
        (1, {"actors": [61]}),
        (2, {"sectoral": [40], "actors": [61]}),
    ]
    assert [one.unit for one in made("radom").stretches(range(1))] == [3]


def test_nothing_found_has_no_line():
    assert (made("nowhere").lines, made("nowhere").stretches(range(0))) == (0, [])


def test_the_line_of_an_entry():
    found = made()
    assert [found.line_of("sectoral", 26), found.line_of("sectoral", 40), found.line_of("unit", 3)] == [
        6,
        7,
        8,
    ]
    assert (found.line_of("actors", 60), found.line_of("actors", 999)) == (9, None)
