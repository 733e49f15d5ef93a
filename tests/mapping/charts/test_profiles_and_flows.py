"""Radar, spread of answers, network and flow: what is special to each."""

import re

import pytest

from mapping.charts.diverging import Spread, SpreadWords, spread_figure, spread_plot
from mapping.charts.figure import Heading
from mapping.charts.network import (
    MOST_NODES,
    NetworkLink,
    NetworkNode,
    NetworkWords,
    network_figure,
    network_plot,
)
from mapping.charts.radar import RadarWords, Spoke, radar_figure, radar_plot
from mapping.charts.sankey import SankeyLink, SankeyNode, SankeyWords, sankey_figure, sankey_plot
from tests.mapping.charts.samples import LEVELS

HEADING = Heading(key="x", title="T")


def radar(*levels: float | None) -> str:
    spokes = [Spoke(label=f"Theme {at}", now=level) for at, level in enumerate(levels)]
    return radar_plot(
        radar_figure(spokes, heading=HEADING, words=RadarWords(row="Theme", now="Now", missing="Too few"))
    )


def spread(*rows: Spread):
    return spread_figure(
        rows, heading=HEADING, words=SpreadWords(row="Statement", levels=LEVELS, unknown="No information")
    )


def network(nodes: int, *links: tuple[int, int]):
    members = [
        NetworkNode(key=str(at), label=f"Body {at}", helix="business", x=at, y=at % 3) for at in range(nodes)
    ]
    words = NetworkWords(node="Body", helix="Kind", links="links", helices=(("business", "Business"),))
    ties = [NetworkLink(source=str(one), target=str(other)) for one, other in links]
    return network_figure(members, ties, heading=HEADING, words=words)


def sankey(*links: tuple[str, str, float]):
    nodes = [
        SankeyNode(key="need", label="Finance", column=0),
        SankeyNode(key="act", label="Voucher", column=1),
        SankeyNode(key="open", label="Not yet funded", column=2, empty=True),
    ]
    flows = [SankeyLink(source=one, target=other, value=value) for one, other, value in links]
    return sankey_figure(
        nodes, flows, heading=HEADING, words=SankeyWords(source="From", target="To", value="Million")
    )


def test_a_missing_level_leaves_a_hole_in_the_profile():
    whole, broken = radar(3, 3, 3, 3), radar(3, None, 3, 3)
    assert 'class="cf-c1 cs-c1"' in whole
    assert 'class="cf-c1 cs-c1"' not in broken
    (path,) = re.findall(r'<path d="([^"]*)" class="cs-c1"', broken)
    assert path.count("M") == 2  # of four sides, the two that do not touch the missing theme
    assert 'fill="url(#fig-x--hatch)"' in broken
    assert ">Too few</text>" in broken


def test_level_five_is_on_the_outer_ring_and_none_in_the_middle():
    picture = radar(5, 5, 5)
    ring = re.findall(r'<path d="([^"]*)" class="cs-line-strong"', picture)[0]
    line = re.findall(r'<path d="([^"]*)" class="cf-c1 cs-c1"', picture)[0]
    assert line == ring


def test_shares_leave_out_those_who_do_not_know():
    """3 of 6 answers give half the width of 6 of 6, however many did not know."""
    figure = spread(
        Spread(label="A", counts=(6, 0, 0, 0, 0), unknown=0),
        Spread(label="B", counts=(3, 0, 0, 0, 3), unknown=50),
    )
    segments = re.findall(r'width="([\d.]+)" height="22"', spread_plot(figure))
    whole, half, other = (float(wide) for wide in segments)
    assert abs(half - whole / 2) < 0.1
    assert abs(other - whole / 2) < 0.1
    assert figure.table.rows == (("A", 6, 0, 0, 0, 0, 0), ("B", 3, 0, 0, 0, 3, 50))


def test_a_hidden_row_hides_all_its_counts():
    figure = spread(Spread(label="A", counts=None, unknown=2, reason="Too few"))
    assert figure.table.rows == (("A", "Too few", None, None, None, None, None),)
    assert ">Too few</text>" in spread_plot(figure)


def test_shape_and_colour_say_the_helix():
    picture = network_plot(network(2, (0, 1)))
    assert picture.count('class="cf-c2 cs-surface"') == 3  # two bodies and the legend
    assert "<circle" not in picture


def test_the_list_begins_with_the_best_connected():
    assert network(4, (0, 1), (1, 2), (1, 3), (1, 1)).table.rows == (
        ("Body 1", "Business", 3),
        ("Body 0", "Business", 1),
        ("Body 2", "Business", 1),
        ("Body 3", "Business", 1),
    )


def test_a_network_of_more_than_sixty_is_an_error():
    with pytest.raises(ValueError) as fault:
        network(MOST_NODES + 1)
    assert str(fault.value) == "A network picture holds 60 organisations, not 61."


def test_the_same_network_is_drawn_the_same_way():
    assert network_plot(network(30, (0, 1), (2, 3))) == network_plot(network(30, (0, 1), (2, 3)))


def test_bands_are_as_wide_as_what_flows():
    picture = sankey_plot(sankey(("need", "act", 6), ("act", "open", 2)))
    bands = re.findall(r'<path d="M[^v]*v([\d.]+)C[^"]*" class="cf-([\w-]+)"', picture)
    (first, colour), (second, empty) = bands
    assert abs(float(first) - 3 * float(second)) < 0.2
    assert (colour, empty) == ("gap-soft", "q0")


def test_a_node_shows_the_larger_of_what_comes_and_what_goes():
    picture = sankey_plot(sankey(("need", "act", 6), ("act", "open", 2)))
    assert re.findall(r">(\d\.\d)</text>", picture) == ["6.0", "6.0", "2.0"]


@pytest.mark.parametrize("link", [("act", "need", 1.0), ("need", "act", 0.0), ("need", "need", 1.0)])
def test_a_link_has_to_flow_onwards(link):
    with pytest.raises(ValueError) as fault:
        sankey(link)
    assert str(fault.value) == f"The link from {link[0]!r} to {link[1]!r} does not flow onwards."


def test_names_of_a_network_stand_outside_of_it():
    """No line of a ring runs through a name: left of the leftmost mark, right of the rightmost."""
    ring = [
        NetworkNode(key=str(at), label=f"Body {at}", helix="business", x=x, y=y)
        for at, (x, y) in enumerate([(0, 0.5), (1, 0.5), (0.5, 0), (0.5, 1)])
    ]
    words = NetworkWords(node="Body", helix="Kind", links="links", helices=(("business", "Business"),))
    ties = [NetworkLink(source=one, target=other) for one in "0123" for other in "0123" if one < other]
    picture = network_plot(network_figure(ring, ties, heading=HEADING, words=words))
    ends = [float(x) for x in re.findall(r'<line x1="([\d.]+)"', picture)]
    ends += [float(x) for x in re.findall(r'<line [^>]*x2="([\d.]+)"', picture)]
    found = {
        at: (float(x), anchor)
        for x, anchor, at in re.findall(
            r'<text x="([\d.]+)"[^>]*?(?:text-anchor="(\w+)")?[^>]*>Body (\d)</text>', picture
        )
    }
    assert set(found) == set("0123")
    assert found["0"][0] < min(ends)
    assert found["1"][0] > max(ends)
