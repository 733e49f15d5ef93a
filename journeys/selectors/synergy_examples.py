"""Small examples of synergies and comparisons of regions."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from journeys.selectors.method_examples import Example, Json, Pick

CAPABILITIES = (_("Unit"), _("Capability"), _("Code"), _("Strength"), _("Role"), _("Priority"))


def _capability(key: str, unit: str, code: str, strength: int, role: str, priority: str | None) -> Json:
    return {
        "id": key,
        "unit_id": unit,
        "name": key,
        "codes": [f"nace:{code}"],
        "strength": strength,
        "role": role,
        "priority_id": priority,
    }


# Three units of a region: a laboratory and a plant in pharmaceuticals, and a port nobody planned for.
SMALL_REGION: Json = {
    "units": [
        {"id": name, "name": name, "kind": "city", "region_id": "A"} for name in ("North", "South", "Coast")
    ],
    "capabilities": [
        _capability("Laboratory", "North", "C21", 4, "research", "Health"),
        _capability("Institute", "South", "C21", 3, "research", "Health"),
        _capability("Plant", "Coast", "C20", 5, "production", "Health"),
        _capability("Port", "Coast", "H50", 4, "services", None),
    ],
    "priorities": [
        {"id": "Health", "name": "Health", "region_id": "A", "codes": ["nace:C21"]},
        {"id": "Energy", "name": "Energy", "region_id": "A", "codes": ["nace:D35"]},
    ],
    "spaces": [
        {
            "id": "Health council",
            "name": "Health council",
            "region_id": "A",
            "depth": 3,
            "unit_ids": ["North", "Coast"],
            "helices": ["business", "knowledge"],
            "topics": ["Health"],
        }
    ],
    "code_parents": {
        "nace:C": None,
        "nace:C20": "nace:C",
        "nace:C21": "nace:C",
        "nace:D": None,
        "nace:D35": "nace:D",
        "nace:H": None,
        "nace:H50": "nace:H",
    },
}


def _synergies(*, arithmetic: Any, picks: tuple[tuple[Any, Pick], ...]) -> Example:
    rows = tuple(
        (
            row["unit_id"],
            row["id"],
            row["codes"][0][5:],
            row["strength"],
            row["role"],
            row["priority_id"] or "–",
        )
        for row in SMALL_REGION["capabilities"]
    )
    return Example(
        method="synergy_analysis",
        inputs=SMALL_REGION,
        columns=CAPABILITIES,
        rows=rows,
        arithmetic=arithmetic,
        picks=picks,
    )


def _inside(*path: str) -> Pick:
    def pick(result: Json) -> Any:
        value: Any = result["regions"][0]
        for name in path:
            value = value[name]
        return value

    return pick


def _pair(a: str, b: str, name: str) -> Pick:
    def pick(result: Json) -> Any:
        pairs = result["regions"][0]["pairs"]
        return next(row[name] for row in pairs if {row["a"], row["b"]} == {a, b})

    return pick


def _row(kind: str, key: str, value: str, name: str) -> Pick:
    return lambda result: next(row[name] for row in result["regions"][0][kind] if row[key] == value)


def _seats(result: Json) -> str:
    found = result["regions"][0]["spaces"]["findings"]
    seats = [
        row["data"].get("unit_id") or row["data"].get("helix")
        for row in found
        if "missing_seat" in row["kind"]
    ]
    return ", ".join(seats)


SYNERGY_EXAMPLES: dict[str, Example] = {
    "overlap": Example(
        method="code_similarity",
        inputs={"pairs": [["C20", "C21"], ["C21", "C21"]]},
        columns=(_("Code"), _("Code")),
        rows=(("C20", "C21"), ("C21", "C21")),
        arithmetic=_(
            "C20 and C21 stand at depth 3 under the root of the list, their common section C at "
            "depth 2: 2 × 2 / (3 + 3) = 0.667. "
            "The same code: 1."
        ),
        picks=(
            (_("C20 and C21"), lambda result: result["similarity"][0]),
            (_("The same code"), lambda result: result["similarity"][1]),
        ),
    ),
    "kinds": _synergies(
        arithmetic=_(
            "Laboratory and Institute: overlap 1, strengths 4 and 3, the same role: common "
            "strength. Laboratory and Plant: "
            "overlap 0.67, strengths 4 and 5, different roles: complementarity. The Port shares "
            "no section with them: nothing."
        ),
        picks=(
            (_("Laboratory and Institute"), _pair("Laboratory", "Institute", "kind")),
            (_("Laboratory and Plant"), _pair("Laboratory", "Plant", "kind")),
            (_("Pairs without a verdict"), _inside("counts", "none")),
        ),
    ),
    "coordination": _synergies(
        arithmetic=_(
            "The Health council (depth 3, on Health) seats North and Coast. Laboratory (North) "
            "and Plant (Coast): used. "
            "Laboratory and Institute (South): no common space, so unused."
        ),
        picks=(
            (_("Laboratory and Plant"), _pair("Laboratory", "Plant", "coordination")),
            (_("Laboratory and Institute"), _pair("Laboratory", "Institute", "coordination")),
            (_("Unused synergies"), _inside("counts", "unused_synergy")),
        ),
    ),
    "priorities": _synergies(
        arithmetic=_(
            "Health: all three units have a linked capability of at least 3: 3 / 3 = 1. Energy: "
            "none, uncovered. The Port (4) is "
            "linked to nothing: a niche. Coast: 1 of its 2 strong capabilities is linked: 0.5."
        ),
        picks=(
            (_("Health anchored"), _row("priorities", "priority_id", "Health", "anchored")),
            (_("Energy uncovered"), _row("priorities", "priority_id", "Energy", "uncovered")),
            (_("Niche"), lambda result: result["regions"][0]["niches"][0]["capability_id"]),
            (_("Coast aligned"), _row("units", "unit_id", "Coast", "aligned")),
        ),
    ),
    "spaces": _synergies(
        arithmetic=_(
            "Three pairs of units have a synergy: North–South, North–Coast, South–Coast. One "
            "sits in a common space: 1 / 3 = 0.33. "
            "On Health, government and civil society have no seat."
        ),
        picks=(
            (_("Coverage"), _inside("spaces", "coverage")),
            (_("Mean depth"), _inside("spaces", "mean_depth")),
            (_("Missing seats"), _seats),
        ),
    ),
    "alignment": Example(
        method="alignment",
        inputs={"child": {"C21": 1}, "parent": {"C21": 1, "D35": 1}},
        columns=(_("Side"), "C21", "D35"),
        rows=((_("Unit"), 1, 0), (_("Region"), 0.5, 0.5)),
        arithmetic=_(
            "From the unit: its only code is found, 1. From the region: half of its weight is "
            "found, 0.5. (1 + 0.5) / 2 = 0.75."
        ),
        picks=((_("Alignment"), lambda result: result["soft"]),),
    ),
    "brokers": Example(
        method="betweenness",
        inputs={"edges": [["A", "B"], ["B", "C"]]},
        columns=(_("From"), _("To")),
        rows=(("A", "B"), ("B", "C")),
        arithmetic=_(
            "The only way from A to C leads through B: 1 way of 1, divided by (3 − 1)(3 − 2) / 2 = 1. "
            "Density: 2 × 2 / (3 × 2) = 0.67."
        ),
        picks=(
            (_("B"), lambda result: result["betweenness"]["B"]),
            (_("A"), lambda result: result["betweenness"]["A"]),
            (_("Density"), lambda result: result["density"]),
        ),
    ),
    "mixing": Example(
        method="ei_index",
        inputs={
            "adjacency": [[0, 1, 1, 1], [0, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0]],
            "level": ["city", "city", "region", "region"],
        },
        columns=(_("From"), _("To")),
        rows=(
            (_("City A"), _("City B")),
            (_("City A"), _("Region C")),
            (_("City A"), _("Region D")),
        ),
        arithmetic=_(
            "Across: 2, inside: 1. (2 − 1) / (2 + 1) = 0.33. Of the 6 possible ties 4 lead across and 2 "
            "stay inside: (4 − 2) / 6 = 0.33. So these ties lead out no more than the sizes make "
            "them. With three ties anything from −0.33 (two inside) to 1 (none inside) would be possible."
        ),
        picks=(
            (_("E-I"), lambda result: result["ei"]),
            (_("By the sizes of the groups alone"), lambda result: result["expected_given_group_sizes"]),
            (_("Least possible"), lambda result: result["min"]),
            (_("Most possible"), lambda result: result["max"]),
        ),
    ),
    "helix": Example(
        method="helix_diversity",
        inputs={"counts": [[2, 2, 0, 0]]},
        columns=(_("Business"), _("Knowledge"), _("Government"), _("Civil society")),
        rows=((2, 2, 0, 0),),
        arithmetic=_("Two of four helices, half each: −2 × ½ × ln ½ = ln 2 = 0.693. 0.693 / ln 4 = 0.5."),
        picks=((_("Balance"), lambda result: result["rows"][0]["evenness"]),),
    ),
    "similarity": Example(
        method="profile_similarity",
        inputs={"X": [[2, 2, 0], [1, 1, 2]]},
        columns=(_("Region"), "C20", "C21", "J62"),
        rows=(("A", 2, 2, 0), ("B", 1, 1, 2)),
        arithmetic=_(
            "Shares of A: 0.5, 0.5, 0. Of B: 0.25, 0.25, 0.5. The smaller ones: 0.25 + 0.25 + 0 = 0.5."
        ),
        picks=((_("Similarity"), lambda result: result["finger_kreinin"][0][1]),),
    ),
    "complementarity": Example(
        method="complementarity",
        inputs={"M": [[1, 0, 0], [0, 1, 0]], "relatedness": [[0, 1, 1], [1, 0, 1], [1, 1, 0]]},
        columns=(_("Region"), "C20", "C21", "J62"),
        rows=(("A", 1, 0, 0), ("B", 0, 1, 0)),
        arithmetic=_(
            "A lacks C21 and J62. For C21, B adds nothing beside it: 0 of 2. For J62, B brings "
            "C21, related with weight 1 of 2: 50. "
            "Mean of 0 and 50: 25."
        ),
        picks=((_("From B to A"), lambda result: result["pair_score"][0][1]),),
    ),
    "fill": Example(
        method="value_chain_fill",
        inputs={"capability": [[1, 0, 0], [1, 1, 0]], "stage_weight": [1, 1, 1]},
        columns=(_("Region"), _("Research"), _("Production"), _("Services")),
        rows=(("A", 1, 0, 0), ("B", 1, 1, 0)),
        arithmetic=_(
            "A lacks two stages. B has one of them: 1 / 2 = 0.5. B's own gap is not filled by A: 0 / 1 = 0."
        ),
        picks=(
            (_("From B to A"), lambda result: result["fill"][0][1]),
            (_("From A to B"), lambda result: result["fill"][1][0]),
        ),
    ),
    "noise": _synergies(
        arithmetic=_(
            "The three verdicts rest on strengths of 3 and more, and all four strengths are at "
            "least 3: however they change places, "
            "every verdict stays. Here chance explains everything: 1."
        ),
        picks=((_("Noise"), _inside("noise", "share")), (_("Verdicts"), _inside("noise", "n_verdicts"))),
    ),
}
