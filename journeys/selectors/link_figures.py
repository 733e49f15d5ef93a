"""Which units sit together, where a link is missing, and who lies between the others."""

import math
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from journeys.selectors import words
from journeys.selectors.reasons import Wording
from journeys.selectors.sources import DiagnosisSource
from mapping.charts.figure import Figure, Heading
from mapping.charts.network import (
    MOST_NODES,
    NetworkLink,
    NetworkNode,
    NetworkWords,
    network_figure,
)
from mapping.enums import Helix

Json = dict[str, Any]
Head = Callable[..., Heading]
Pair = tuple[int, int]
TIERS = {
    "region": "region",
    "province": "between",
    "metropolis": "between",
    "county": "between",
    "city": "city",
}
TIER_NAMES = {
    "region": gettext_lazy("Region"),
    "between": gettext_lazy("Between region and city"),
    "city": gettext_lazy("City or municipality"),
    "beside": gettext_lazy("Country or network"),
}
NAMED, BROKERS = 8, 3


@dataclass(frozen=True, kw_only=True)
class MissingLink:
    """Two units with an unused synergy and no common space: how many synergies, and one of them."""

    a: str
    b: str
    synergies: int
    example: str
    key: str


@dataclass(frozen=True, kw_only=True)
class Fact:
    """One finding on the links: label, value, what it rests on, and the page that explains it."""

    label: str
    value: str
    note: str
    measure: str
    key: str


@dataclass(frozen=True, kw_only=True)
class Links:
    missing: list[MissingLink]
    missing_in_all: int
    facts: list[Fact]


def _together(source: DiagnosisSource) -> set[Pair]:
    """Pairs of units that share a governance space, whatever its topic and depth."""
    known = set(source.unit_names)
    return {
        pair
        for space in source.content["spaces"]
        for pair in combinations(sorted(known & set(space["units"])), 2)
    }


def _missing_pairs(source: DiagnosisSource) -> dict[Pair, list[Json]]:
    """Unused synergies of units that share no space at all, those with most synergies first."""
    if source.synergies is None:
        return {}
    together, known = _together(source), set(source.unit_names)
    found: dict[Pair, list[Json]] = {}
    for row in source.synergies["region"]["pairs"]:
        pair = (min(row["unit_a"], row["unit_b"]), max(row["unit_a"], row["unit_b"]))
        if row["unused_synergy"] and pair not in together and set(pair) <= known:
            found.setdefault(pair, []).append(row)
    return dict(sorted(found.items(), key=lambda item: -len(item[1])))


def _missing_in_all(source: DiagnosisSource) -> int:
    """All such pairs, also beyond the synergies that are kept by name."""
    if source.synergies is None:
        return 0
    report = source.synergies["region"]["spaces"]
    return int(report["n_open"] - report["n_open_with_space"])


def links_of(source: DiagnosisSource) -> Links | None:
    """None before a first analysis, or where there is only one unit."""
    if source.synergies is None or len(source.unit_names) < 2:
        return None
    wording = Wording(source)
    missing = [
        MissingLink(
            a=source.unit_names[pair[0]],
            b=source.unit_names[pair[1]],
            synergies=len(rows),
            example=_example(wording, rows[0]),
            key=f"{rows[0]['a']}-{rows[0]['b']}",
        )
        for pair, rows in _missing_pairs(source).items()
        if rows[0]["a"] in wording.capabilities and rows[0]["b"] in wording.capabilities
    ]
    return Links(missing=missing[:NAMED], missing_in_all=_missing_in_all(source), facts=_facts(source))


def _example(wording: Wording, row: Json) -> str:
    told = wording.synergy(row)
    return _("%(a)s and %(b)s") % {"a": told.a, "b": told.b}


def _share(value: float | None) -> str:
    return "–" if value is None else f"{round(100 * value)} %"


def _facts(source: DiagnosisSource) -> list[Fact]:
    region = source.synergies["region"] if source.synergies else {}
    return [
        *_space_facts(region["spaces"]),
        *_network_facts(source, region["networks"]),
        _helix_fact(region["helix"]),
        *_priority_facts(source, region),
    ]


def _space_facts(report: Json) -> list[Fact]:
    told = {"together": report["n_with_space"], "all": report["n_pairs"]}
    depth = "–" if report["mean_depth"] is None else words.number(report["mean_depth"])
    return [
        Fact(
            label=_("Units that fit together and sit together"),
            value=_share(report["coverage"]),
            note=_("%(together)d of %(all)d pairs with a synergy share a space") % told,
            measure="spaces",
            key="coverage",
        ),
        Fact(
            label=_("Mean depth of the spaces"),
            value=depth,
            note=_("1 information to 5 joint delivery"),
            measure="spaces",
            key="coverage",
        ),
    ]


def _network_facts(source: DiagnosisSource, networks: list[Json]) -> list[Fact]:
    """Who lies between the others, and whether ties cross the levels more than chance would have it."""
    row = next((one for one in networks if one["scope"] == "units"), None)
    if row is None or not row["nodes"]:
        return []
    names = source.unit_names
    between = sorted(
        (node for node in row["nodes"] if node["betweenness"] and node["id"] in names),
        key=lambda node: -node["betweenness"],
    )
    brokers = ", ".join(f"{names[node['id']]} ({_share(node['betweenness'])})" for node in between[:BROKERS])
    facts = [
        Fact(
            label=_("Brokers between the units"),
            value=brokers or _("nobody: all meet directly"),
            note=_("share of the shortest ways between others that run through them"),
            measure="network",
            key="units",
        )
    ]
    across = sorted(
        (
            (node["brokerage"]["total"] - node["brokerage"]["coordinator"], names[node["id"]])
            for node in row["nodes"]
            if node["id"] in names
        ),
        key=lambda item: -item[0],
    )
    facts.append(
        Fact(
            label=_("Brokers between levels"),
            value=", ".join(f"{name} ({n})" for n, name in across[:BROKERS] if n)
            or _("nobody: the levels meet directly"),
            note=_("times they connect two units that do not meet, across a level"),
            measure="network",
            key="units",
        )
    )
    if row["ei"] is not None:
        expected = words.signed(row["ei_expected"], 2)
        facts.append(
            Fact(
                label=_("Ties across levels less ties inside one"),
                value=words.signed(row["ei"], 2),
                note=_("−1 only inside, +1 only across; %(expected)s by the number of units of each level")
                % {"expected": expected},
                measure="network",
                key="units",
            )
        )
    return facts


def _helix_fact(helix: Json) -> Fact:
    counts = ", ".join(f"{Helix(name).label} {n}" for name, n in helix["counts"].items())
    return Fact(
        label=_("Balance of the helices among the actors"),
        value="–" if helix["evenness"] is None else words.number(helix["evenness"], 2),
        note=_("1 is even. %(counts)s") % {"counts": counts},
        measure="network",
        key="actors",
    )


def _priority_facts(source: DiagnosisSource, region: Json) -> list[Fact]:
    """Priorities that rest on strong units, and the unit whose fields are farthest from the priorities."""
    names = {row["id"]: row["name"] for row in source.content["priorities"]}
    judged = [
        row for row in region["priorities"] if row["priority_id"] in names and row["uncovered"] is not None
    ]
    bare = [names[row["priority_id"]] for row in judged if row["uncovered"]]
    told = {"anchored": len(judged) - len(bare), "all": len(judged)}
    facts = []
    if judged:
        facts.append(
            Fact(
                label=_("Priorities with a strong unit behind them"),
                value=_("%(anchored)d of %(all)d") % told,
                note=_("without: %(names)s") % {"names": words.and_list(bare)} if bare else "",
                measure="priorities",
                key="all",
            )
        )
    aligned = [
        row
        for row in region["alignment"]
        if row["scope"] == "unit_to_priorities"
        and row["soft"] is not None
        and row["child"] in source.unit_names
    ]
    if aligned:
        low = min(aligned, key=lambda row: row["soft"])
        mean = sum(row["soft"] for row in aligned) / len(aligned)
        facts.append(
            Fact(
                label=_("Fields of the units in line with the priorities"),
                value=words.number(mean, 2),
                note=_("mean of %(n)d units, 0 to 1; lowest: %(unit)s, %(value)s")
                % {
                    "n": len(aligned),
                    "unit": source.unit_names[low["child"]],
                    "value": words.number(low["soft"], 2),
                },
                measure="priorities",
                key="all",
            )
        )
    return facts


def _title(source: DiagnosisSource, missing: dict[Pair, list[Json]], together: set[Pair]) -> str:
    n = _missing_in_all(source)
    if not together:
        return _("No two units share a governance space")
    if source.synergies is None:
        return _("Which units share a governance space")
    if not n:
        return _("Units that fit together also sit together")
    title = ngettext(
        "%(n)d pair of units has an unused synergy and no common space",
        "%(n)d pairs of units have unused synergies and no common space",
        n,
    ) % {"n": n}
    most = Counter(unit for pair in missing for unit in pair).most_common(1)
    if most and most[0][1] > 1:
        return _("%(finding)s; most of them with %(unit)s") % {
            "finding": title,
            "unit": source.unit_names[most[0][0]],
        }
    return title


def links_figure(source: DiagnosisSource, *, heading: Head) -> Figure | None:
    """Units and the spaces they share as ties; missing links dashed. None with too few or too many units."""
    units = source.content["units"]
    if not 2 <= len(units) <= MOST_NODES or not source.content["spaces"]:
        return None
    together, missing = _together(source), _missing_pairs(source)
    shared = Counter(
        pair for space in source.content["spaces"] for pair in combinations(sorted(space["units"]), 2)
    )
    head = heading(
        source,
        key="links",
        number=6,
        title=_title(source, missing, together),
        subtitle=_(
            "A line: the two units share a governance space, thicker with more of them. Dashed: strengths "
            "that fit together, and no space in common."
        ),
        n=0,
    )
    ties = [NetworkLink(source=str(a), target=str(b), weight=shared[a, b]) for a, b in sorted(together)]
    gaps = [NetworkLink(source=str(a), target=str(b), missing=True) for a, b in sorted(missing)]
    return network_figure(
        _nodes(units),
        ties + gaps,
        heading=head,
        words=NetworkWords(
            node=_("Territorial unit"),
            helix=_("Level"),
            links=_("Units it meets in a space"),
            helices=tuple((key, str(name)) for key, name in TIER_NAMES.items()),
            missing=_("Missing link with"),
        ),
    )


def _nodes(units: list[Json]) -> list[NetworkNode]:
    """The region in the middle when there is one, all others around it in the order of the map."""
    middle = [unit for unit in units if unit["kind"] == "region"]
    middle = middle if len(middle) == 1 else []
    ring = [unit for unit in units if unit not in middle]
    places = {unit["id"]: (0.5, 0.5) for unit in middle}
    for number, unit in enumerate(ring):
        angle = 2 * math.pi * number / len(ring) - math.pi / 2
        places[unit["id"]] = (round(0.5 + 0.5 * math.cos(angle), 4), round(0.5 + 0.5 * math.sin(angle), 4))
    return [
        NetworkNode(
            key=str(unit["id"]),
            label=unit["name"],
            helix=TIERS.get(unit["kind"], "beside"),
            x=places[unit["id"]][0],
            y=places[unit["id"]][1],
        )
        for unit in units
    ]
