"""The plans of the demonstration: Mazovia's two actions as the sources tell them, and what is invented."""

from journeys.services.demo_content import read_demo

SOURCE = "4-spotkanie-regionalnej-grupy-interesariuszy-projektu-cohes3ion-2.html"


def test_mazovia_chose_two_actions_and_the_sources_tell_no_more():
    plan, draft = read_demo("plans")["plans"]
    names = ("title", "dimension", "provenance", "unknown")
    found = [tuple(row[name] for name in names) for row in plan["actions"]]
    assert found == [
        (
            "A wider Mazovian Innovation Council",
            "E3",
            "sourced",
            ["players", "timeframe", "costs", "funding", "result"],
        ),
        (
            'Contest "Economic Development Animators"',
            "E4",
            "sourced",
            ["players", "costs", "funding", "result"],
        ),
    ]
    assert {row["source"][0].rpartition("/")[2] for row in plan["actions"]} == {SOURCE}
    assert plan["unknown"] == ["policy_instrument", "policy_context", "signed_on"]
    # Numbers are nobody's but ours.
    assert {row["provenance"] for action in plan["actions"] for row in action["indicators"]} == {"invented"}
    assert {draft["provenance"], *(row["provenance"] for row in draft["actions"])} == {"invented"}
