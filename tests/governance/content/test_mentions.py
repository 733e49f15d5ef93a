"""Who is named in a comment."""

import pytest

from governance.content.mentions import mentioned

PEOPLE = {1: "Ana Novak", 2: "Luka Zupan", 3: "Ana Kos", 4: "Łukasz Żak"}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Nobody here", []),
        ("@Luka, do you have the numbers?", [2]),
        ("@ana novak and @ANA KOS", [1, 3]),
        ("@Ana is two people", []),
        ("@Lukas is nobody", []),
        ("@Łukasz!", [4]),
        ("mail ana@luka.example", []),
        ("@", []),
    ],
)
def test_mentioned(text, named):
    assert mentioned(text, PEOPLE) == named
