"""How the verdicts and shares of a synergy analysis were reached, with the rows behind each."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from journeys.selectors import words
from journeys.selectors.explained import Explained, Number
from journeys.selectors.reasons import Wording, seats_of
from journeys.selectors.sources import DiagnosisSource
from mapping.enums import ChainRole, Helix, UnitKind

Json = dict[str, Any]
PAIR_LIMITS = (
    "overlap_same",
    "overlap_related",
    "strength_present",
    "strength_leading",
    "strength_weak",
    "depth_used",
    "weight_economic",
    "weight_scientific",
    "weight_policy",
)


BROKERAGE = {
    "coordinator": gettext_lazy("Inside"),
    "gatekeeper": gettext_lazy("Into"),
    "representative": gettext_lazy("Out of"),
    "itinerant": gettext_lazy("In another"),
    "liaison": gettext_lazy("Between"),
}
PARTS = {
    "economic": gettext_lazy("Economic codes"),
    "scientific": gettext_lazy("Scientific codes"),
    "policy": gettext_lazy("Policy codes"),
}
COUNTS = {
    **words.VERDICTS,
    "unused_synergy": gettext_lazy("Unused synergy"),
    "undecided_coordination": gettext_lazy("Coordination not known"),
    "uncoordinated_overlap": gettext_lazy("Uncoordinated overlap"),
    "undecided_no_strength": gettext_lazy("Undecided: a strength is missing"),
    "undecided_no_role": gettext_lazy("Undecided: a role is missing"),
    "undecided_no_codes": gettext_lazy("Undecided: codes are missing"),
    "undecided_no_link": gettext_lazy("Undecided: the link to a priority is missing"),
}


def _share(value: float | None) -> str:
    return "–" if value is None else f"{round(100 * value)} %"


def _inside(source: DiagnosisSource) -> Json | None:
    return source.synergies["region"] if source.synergies else None


def pair(source: DiagnosisSource, key: str) -> Explained | None:
    """One pair of capabilities; the key is their two ids."""
    region = _inside(source)
    ids = key.split("-")
    row = next(
        (row for row in (region or {"pairs": []})["pairs"] if [str(row["a"]), str(row["b"])] == ids), None
    )
    wording = Wording(source)
    if row is None or {row["a"], row["b"]} - set(wording.capabilities):
        return None
    told = wording.synergy(row)
    reason = next(
        (reason for reason in row["reasons"] if reason["code"] == "OVERLAP"), {"data": {"parts": []}}
    )
    return Explained(
        title=f"{told.a} – {told.b}",
        lead=told.sentence[:1].upper() + told.sentence[1:],
        numbers=(
            Number(label=_("Overlap"), value=words.number(row["overlap"], 2), method="overlap"),
            Number(label=_("Verdict"), value=told.kind_name, method="kinds"),
            Number(label=_("Coordination"), value=told.coordination_name, method="coordination"),
        ),
        columns=(_("What is compared"), told.unit_a, told.unit_b),
        rows=(
            (_("Capability"), told.a, told.b),
            (_("Strength"), *(_step(wording.capabilities[row[side]]["strength"]) for side in "ab")),
            (_("Role"), *(_role(wording.capabilities[row[side]]["role"]) for side in "ab")),
            (_("Codes"), *(_codes(wording, row[side]) for side in "ab")),
        ),
        sentences=tuple(
            _("%(part)s: similarity %(value)s, weight %(weight)s")
            % {
                "part": PARTS[part["part"]],
                "value": words.number(part["similarity"], 2),
                "weight": words.number(part["weight"], 2),
            }
            for part in reason["data"]["parts"]
            if part["similarity"] is not None
        ),
        parameters=PAIR_LIMITS,
        back="synergies",
    )


def _step(value: int | None) -> str:
    return _("not known") if value is None else str(value)


def _role(value: str | None) -> str:
    return str(ChainRole(value).label) if value in ChainRole.values else _("not known")


def _codes(wording: Wording, capability: int) -> str:
    codes = wording.capabilities[capability]["codes"]
    return ", ".join(words.code_text(code, labels=wording.labels) for code in codes) or _("no codes")


def region(source: DiagnosisSource, key: str) -> Explained | None:
    """All pairs of the region: how many of each kind, and how much of it chance would produce."""
    found = _inside(source)
    if found is None or key != "pairs":
        return None
    noise, counts = found["noise"], found["counts"]
    pairs = found["n_pairs"]
    return Explained(
        title=_("Synergies between the units"),
        lead=_("Every pair of capabilities of different units is judged once."),
        numbers=(
            Number(label=_("Pairs compared"), value=str(pairs), method="kinds"),
            Number(
                label=_("Noise level"),
                value=_share(noise["share"]),
                method="noise",
                reason="" if noise["share"] is not None else words.reason(noise["reason"] or "NO_DATA"),
            ),
        ),
        columns=(_("Verdict"), _("Pairs"), _("Share of all pairs")),
        rows=tuple(
            (str(COUNTS.get(name, name)), str(n), _share(n / pairs if pairs else None))
            for name, n in counts.items()
        ),
        n=found["n_capabilities"],
        parameters=(*PAIR_LIMITS, "noise_draws", "top_pairs"),
        back="synergies",
    )


def spaces(source: DiagnosisSource, key: str) -> Explained | None:
    """Coverage and depth of the governance spaces, missing seats and unclear mandates."""
    found = _inside(source)
    if found is None or key != "coverage":
        return None
    report = found["spaces"]
    return Explained(
        title=_("Governance spaces"),
        lead=_("Do the units that fit together sit together?"),
        numbers=(
            Number(
                label=_("Coverage"),
                value=_share(report["coverage"]),
                method="spaces",
                reason=words.reason(report["coverage_reason"]) if report["coverage_reason"] else "",
            ),
            Number(
                label=_("Coverage of open synergies"), value=_share(report["open_coverage"]), method="spaces"
            ),
            Number(
                label=_("Mean depth"),
                value="–" if report["mean_depth"] is None else words.number(report["mean_depth"], 2),
                method="spaces",
                reason=words.reason(report["mean_depth_reason"]) if report["mean_depth_reason"] else "",
            ),
        ),
        columns=(_("Pairs of units"), _("Number")),
        rows=(
            (_("with a synergy"), str(report["n_pairs"])),
            (_("of these in a common space"), str(report["n_with_space"])),
            (_("with an unused or loose synergy"), str(report["n_open"])),
            (_("of these in a common space"), str(report["n_open_with_space"])),
            (_("Spaces of unknown depth"), str(report["n_unknown_depth"])),
        ),
        sentences=tuple(seats_of(source)),
        parameters=("depth_used", "strength_leading"),
        back="figure-spaces",
    )


def priorities(source: DiagnosisSource, key: str) -> Explained | None:
    """Niches, uncovered and anchored priorities, aligned units, alignment of levels."""
    found = _inside(source)
    if found is None or key != "all":
        return None
    wording = Wording(source)
    anchored = [
        (
            wording.priorities[row["priority_id"]],
            _("uncovered") if row["uncovered"] else _share(row["anchored"]),
            ", ".join(wording.units.get(unit, "") for unit in row["unit_ids"]) or "–",
        )
        for row in found["priorities"]
        if row["priority_id"] in wording.priorities
    ]
    niches = [
        wording.capabilities[row["capability_id"]]["name"]
        for row in found["niches"]
        if row["capability_id"] in wording.capabilities
    ]
    aligned = {row["unit_id"]: row["aligned"] for row in found["units"]}
    levels = {row["child"]: row["soft"] for row in found["alignment"] if row["scope"] == "unit_to_priorities"}
    return Explained(
        title=_("Priorities and strengths"),
        lead=_("Which priorities rest on strong units, and which strengths no priority names."),
        numbers=tuple(
            Number(
                label=_("%(unit)s: strong capabilities linked to a priority") % {"unit": wording.units[unit]},
                value=_share(value),
                method="priorities",
                reason="" if value is not None else words.reason("NO_DATA"),
            )
            for unit, value in aligned.items()
            if unit in wording.units
        )
        + tuple(
            Number(
                label=_("%(unit)s: codes in line with the priorities") % {"unit": wording.units[unit]},
                value="–" if value is None else words.number(value, 2),
                method="alignment",
                reason="" if value is not None else words.reason("NO_DATA"),
            )
            for unit, value in levels.items()
            if unit in wording.units
        ),
        columns=(_("Priority"), _("Anchored"), _("In these units")),
        rows=tuple(anchored),
        sentences=(_("Niches: %(names)s") % {"names": words.and_list(niches)},) if niches else (),
        parameters=("strength_present", "strength_leading"),
        back="figure-matrix",
    )


def network(source: DiagnosisSource, key: str) -> Explained | None:
    """Brokers between levels and the balance of the helices."""
    found = _inside(source)
    rows = [row for row in (found or {"networks": []})["networks"] if row["scope"] == key]
    if found is None or not rows:
        return None
    row, helix = rows[0], found["helix"]
    names: dict[Any, str] = (
        dict(source.unit_names)
        if key == "units"
        else {actor["id"]: actor["name"] for actor in source.content["actors"]}
    )
    balance = Number(
        label=_("Balance of the helices"),
        value="–" if helix["evenness"] is None else words.number(helix["evenness"], 2),
        method="helix",
        reason=words.reason(helix["reason"]) if helix["reason"] else "",
    )
    return Explained(
        title=_("Brokers between the units") if key == "units" else _("Brokers between the actors"),
        lead=_("Who lies on the shortest ways between the others, and whether ties cross levels."),
        numbers=(
            Number(label=_("Density"), value=_share(row["density"]), method="brokers"),
            Number(
                label=_("Ties across less ties inside (E-I)"),
                value="–" if row["ei"] is None else words.signed(row["ei"], 2),
                method="mixing",
                reason="" if row["ei"] is not None else words.reason(row["reason"] or "NO_DATA"),
            ),
            *((balance,) if key == "actors" else ()),
        ),
        columns=(
            _("Member"),
            _("Level") if key == "units" else _("Helix"),
            _("Ways"),
            *(str(label) for label in BROKERAGE.values()),
        ),
        rows=_members(row["nodes"], names),
        n=row["n"],
        sentences=(*_mixing(row), *(_absent(helix) if key == "actors" else ())),
        back="links",
    )


def _absent(helix: Json) -> tuple[str, ...]:
    """Helices without any actor on the map."""
    if not helix["missing"]:
        return ()
    names = words.and_list([_helix(name) for name in helix["missing"]])
    return (_("No actor on the map from: %(names)s") % {"names": names},)


def _members(nodes: list[Json], names: dict[Any, str]) -> tuple[tuple[str, ...], ...]:
    """Who has most of the ways first, with the roles between others."""
    known = [node for node in nodes if node["id"] in names]
    return tuple(
        (
            names[node["id"]],
            _group(node["group"]),
            _share(node["betweenness"]),
            *(str(node["brokerage"][role]) for role in BROKERAGE),
        )
        for node in sorted(known, key=lambda node: -(node["betweenness"] or 0))
    )


def _mixing(row: Json) -> tuple[str, ...]:
    """What E-I would be by the sizes of the groups alone: without it the number says little."""
    if row["ei"] is None:
        return ()
    numbers = {name: words.signed(row[f"ei_{name}"], 2) for name in ("expected", "min", "max")}
    return (
        _("By the sizes of the groups alone E-I would be %(expected)s; possible here: %(min)s to %(max)s.")
        % numbers,
        _(
            "The last columns count how often a member lies between two others that are not tied themselves: "
            "inside its own group, into it, out of it, in another group, between two other groups."
        ),
    )


def _group(value: str) -> str:
    if value in UnitKind.values:
        return str(UnitKind(value).label)
    return _helix(value)


def _helix(value: str) -> str:
    return str(Helix(value).label) if value in Helix.values else value


def partner(source: DiagnosisSource, key: str) -> Explained | None:
    """Another published region and what it can add here."""
    rows = source.synergies["pairs"] if source.synergies else []
    row = next((row for row in rows if row["target"] == source.region.slug and row["source"] == key), None)
    if row is None or key not in source.published:
        return None
    labels = source.content.get("codes", {})
    reasons = {reason["code"]: reason["data"] for reason in row["reasons"]}
    added = reasons.get("DOMAINS_ADDED", {}).get("domains", [])
    stages = reasons.get("STAGES_FILLED", {}).get("stages", [])
    return Explained(
        title=_("What %(region)s can add") % {"region": source.published[key]},
        lead=_("Similar, complementary and supplying a missing stage are three different things."),
        numbers=(
            Number(
                label=_("Complementarity"), value=_value(row["complementarity"], 1), method="complementarity"
            ),
            Number(label=_("Missing stages it has"), value=_share(row["fill"]), method="fill"),
            Number(label=_("Similarity"), value=_share(row["similarity"]), method="similarity"),
        ),
        columns=(_("Field"), _("What it adds")),
        rows=tuple(
            (words.code_text(item["code"], labels=labels), words.number(item["value"], 1)) for item in added
        )
        + tuple(
            (
                f"{words.code_text(item['code'], labels=labels)}, {_role(item['role'])}",
                words.number(item["gain"], 2),
            )
            for item in stages
        ),
        parameters=("profile_depth", "top_partners", "top_reasons"),
        back="neighbours",
    )


def _value(value: float | None, decimals: int) -> str:
    return "–" if value is None else words.number(value, decimals)


MEASURES: dict[str, Callable[[DiagnosisSource, str], Explained | None]] = {
    "pair": pair,
    "region": region,
    "spaces": spaces,
    "priorities": priorities,
    "network": network,
    "partner": partner,
}
