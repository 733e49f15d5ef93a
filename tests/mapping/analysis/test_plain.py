from dataclasses import dataclass

import pytest

from mapping.analysis.plain import from_plain, to_plain


@dataclass(frozen=True, kw_only=True)
class Leaf:
    name: str
    value: float | None = None


@dataclass(frozen=True, kw_only=True)
class Tree:
    leaves: tuple[Leaf, ...]
    first: Leaf | None = None
    counts: dict[str, int] | None = None
    id: int | str = 0


TREE = Tree(leaves=(Leaf(name="a", value=1.5), Leaf(name="b")), first=Leaf(name="c"), counts={"a": 1})


def test_plain_values_and_back():
    plain = {
        "leaves": [{"name": "a", "value": 1.5}, {"name": "b", "value": None}],
        "first": {"name": "c", "value": None},
        "counts": {"a": 1},
        "id": 0,
    }
    assert to_plain(TREE) == plain
    assert from_plain(Tree, plain) == TREE


def test_fields_that_are_gone_are_passed_over():
    assert from_plain(Leaf, {"name": "a", "colour": "green"}) == Leaf(name="a")


@pytest.mark.parametrize(
    "data, message",
    [
        ([], "Tree: expected an object, got list"),
        ({}, "Tree: leaves is missing"),
        ({"leaves": "ab"}, "leaves: expected a list"),
        ({"leaves": [{}]}, "Leaf: name is missing"),
        ({"leaves": [], "counts": [1]}, "counts: expected an object"),
        ({"leaves": [], "id": []}, "id: expected a whole number or a text, got []"),
    ],
)
def test_wrong_shapes_name_the_field(data, message):
    with pytest.raises(ValueError) as error:
        from_plain(Tree, data)
    assert str(error.value) == message
