"""The frozen inputs of a run as sheets, one row a thing, so that anyone can redo the run in a spreadsheet."""

from collections.abc import Iterator, Sequence
from typing import Any

from governance.enums import AnalysisKind
from governance.scoring.answer_table import item_rows

Json = dict[str, Any]
Sheet = tuple[str, Sequence[str], list[list[Any]]]
ITEM = ("code", "dimension", "group", "respondent", "kind", "level", "importance", "unit", "is_core")
LISTS = ("units", "capabilities", "priorities", "spaces", "actors", "ties")


def readable_inputs(inputs: Json, *, kind: str) -> Json:
    """Frozen inputs as a person reads them: answers one by one instead of in columns."""
    if kind != AnalysisKind.GAPS:
        return inputs
    regions = [region | {"items": list(item_rows(region["items"]))} for region in inputs["regions"]]
    return inputs | {"regions": regions}


def input_sheets(inputs: Json, *, kind: str, result: Json) -> list[Sheet]:
    """Inputs sheet by sheet, then the numbers of the method, then the sanity figures of the result."""
    if kind == AnalysisKind.EVIDENCE:
        return [*_evidence_sheets(inputs)]
    rows = _gap_sheets(inputs) if kind == AnalysisKind.GAPS else _synergy_sheets(inputs)
    numbers = [[name, value] for name, value in inputs["thresholds"].items()]
    numbers += [[name, inputs[name]] for name in ("seed", "method") if name in inputs]
    sheets = [*rows, ("thresholds", ("name", "value"), numbers)]
    if result.get("counts"):
        sheets.append(("sanity", ("what", "number"), [*map(list, sanity_figures(result))]))
    return sheets


def _gap_sheets(inputs: Json) -> Iterator[Sheet]:
    regions = inputs["regions"]
    answers = [
        [region["region"], *(item[name] for name in ITEM)]
        for region in regions
        for item in item_rows(region["items"])
    ]
    yield "answers", ("region", *ITEM), answers
    invited = [[region["region"], group, n] for region in regions for group, n in region["invited"].items()]
    yield "invited", ("region", "group", "invited"), invited
    targets = [
        [region["region"], code, level] for region in regions for code, level in region["targets"].items()
    ]
    yield "needed levels", ("region", "dimension", "level"), targets
    yield "released", ("region", "released"), [[region["region"], region["released"]] for region in regions]


def _synergy_sheets(inputs: Json) -> Iterator[Sheet]:
    for name in LISTS:
        rows = inputs[name]
        columns = [key for key in (rows[0] if rows else {}) if key != "mandates"]
        yield name, columns, [[_cell(row[key]) for key in columns] for row in rows]
    mandates = [
        [space["id"], mandate["topic"], mandate["role"], mandate["who"]]
        for space in inputs["spaces"]
        for mandate in space["mandates"]
    ]
    yield "mandates", ("space", "topic", "role", "who"), mandates
    yield (
        "code trees",
        ("code", "parent"),
        [[code, parent] for code, parent in inputs["code_parents"].items()],
    )


def _evidence_sheets(inputs: Json) -> Iterator[Sheet]:
    table = inputs["indicators"]
    rows = [
        [row["id"], inputs["names"].get(row["id"], ""), row["country"], *counts]
        for row, counts in zip(table["territories"], table["counts"], strict=True)
    ]
    yield "counts", ("territory", "name", "country", *table["domains"]), rows
    priorities = [[row["territory_id"], row["domain"], row["weight"]] for row in table["priorities"]]
    yield "priorities", ("territory", "domain", "weight"), priorities
    yield "regions", ("region", "codes"), [[slug, _cell(codes)] for slug, codes in inputs["regions"].items()]
    yield "source", ("what", "value"), [[name, value] for name, value in inputs["card"].items()]


def _cell(value: Any) -> Any:
    return " ".join(map(str, value)) if isinstance(value, list) else value


def sanity_figures(result: Json) -> list[tuple[str, float | int | None]]:
    """Share of each kind among all pairs, and how much is left when strengths change places at random."""
    pairs = sum(region["n_pairs"] for region in result.get("regions", []) if "n_pairs" in region)
    kinds = ("common_strength", "complementarity", "one_sided_need", "none")
    shares = [(name, result["counts"].get(name, 0) / pairs if pairs else None) for name in kinds]
    return [("pairs", pairs), *shares, ("noise", result["noise"]["share"])]
