"""The published content of maps as sheets of plain cells, with a code book."""

from typing import Any

from governance.analysis.rounding import rounded
from governance.models import Analysis, GovernanceScore, MapEdition
from governance.selectors.scores import public_scores
from mapping.models import Exercise, Region

Json = dict[str, Any]
Rows = list[list[Any]]
LISTS = {
    "Units": ("units", ["id", "name", "kind", "parents", "nuts", "body_in_charge", "competence"]),
    "Strategies": (
        "strategies",
        ["id", "unit", "title", "kind", "period", "adopted", "adopted_by", "content", "link"],
    ),
    "Priorities": ("priorities", ["id", "name", "description", "codes"]),
    "Capabilities": (
        "capabilities",
        [
            "id",
            "unit",
            "name",
            "kind",
            "status",
            "strength_answer",
            "strength",
            "role",
            "priority_answer",
            "priority",
            "publicly_funded",
            "codes",
        ],
    ),
    "Actors": ("actors", ["id", "name", "helix", "function", "units", "services"]),
    "Ties": ("ties", ["id", "source", "target", "kind"]),
    "Spaces": (
        "spaces",
        ["id", "name", "depth_answer", "depth", "units", "helices", "legal_basis", "started", "topics"],
    ),
    "Opportunities": ("opportunities", ["id", "topic", "expected_benefit", "units"]),
    "Strengths": ("strengths", ["id", "text", "dimension"]),
    "Areas of improvement": (
        "areas",
        ["id", "text", "dimension", "importance", "feasibility", "response_intended", "is_chosen", "action"],
    ),
    "Agreed answers": (
        "answers",
        ["code", "dimension", "about_unit", "kind", "level", "importance", "explanation", "confidence"],
    ),
}
ANNEX = ["code", "short", "section_title", "kind", "value", "provenance"]
ORIGIN = ["provenance", "field_provenance", "sources"]


def cell(value: Any) -> Any:
    """One cell: lists are joined, objects are written as "name: value"; None stays empty."""
    if isinstance(value, list):
        return "; ".join(str(cell(item)) for item in value)
    if isinstance(value, dict):
        return ", ".join(f"{name}: {item}" for name, item in value.items() if item not in ("", None))
    return value


def _rows_of(editions: list[MapEdition], kind: str, fields: list[str]) -> Rows:
    return [
        [edition.region_map.region.slug, *(cell(item.get(field)) for field in (*fields, *ORIGIN))]
        for edition in editions
        for item in edition.content[kind]
    ]


def _newest_editions(exercise: Exercise, region: Region | None) -> list[MapEdition]:
    rows = MapEdition.objects.filter(region_map__exercise=exercise, withdrawn_at=None)
    if region is not None:
        rows = rows.filter(region_map__region=region)
    newest: dict[int, MapEdition] = {}
    for row in rows.select_related("region_map__region").order_by("number"):
        newest[row.region_map_id] = row
    return sorted(newest.values(), key=lambda row: row.region_map.region.slug)


def _score_sheet(editions: list[MapEdition]) -> Json:
    """Scores as the API gives them: the public ones, with n, coverage and the reason for a missing one."""
    maps = [edition.region_map_id for edition in editions]
    scores = public_scores(GovernanceScore.objects.filter(region_map__in=maps))
    fields = ["group", "code", "mean", "importance", "reason", "n", "invited", "coverage", "method_version"]
    rows = scores.order_by("region_map__region__slug", "code", "group")
    return {
        "name": "Scores",
        "columns": ["region", *fields],
        "rows": [
            [region, group, code, rounded(mean), rounded(importance), *rest]
            for region, group, code, mean, importance, *rest in rows.values_list(
                "region_map__region__slug", *fields
            )
        ],
    }


def _about_sheet(exercise: Exercise, editions: list[MapEdition]) -> Json:
    runs = list(
        Analysis.objects.published()
        .filter(exercise=exercise)
        .order_by("kind")
        .only("kind", "fingerprint", "changed_parameters")
    )
    told = [
        ["Exercise", exercise.name],
        ["Partnership", exercise.project.title],
        ["Method", "stm-1: this product's own numbers; the original method had none."],
        ["Answers", "Invented for the demonstration" if exercise.project.is_demo else "As given"],
        ["Missing values", "Empty cells. The column with _answer or kind says why. Empty is never zero."],
        *([f"Map of {row.region_map.region.name}", f"version {row.number}"] for row in editions),
        *([f"Analysis {run.kind}", run.fingerprint] for run in runs),
        *(
            [
                f"Changed threshold {row['name']}",
                f"{row['value']:g} (method {row['default']:g}): {row['reason']}",
            ]
            for run in runs
            for row in run.changed_parameters
        ),
    ]
    return {"name": "About", "columns": ["what", "value"], "rows": told}


def _annex_sheet(editions: list[MapEdition]) -> Json:
    """The two annexes as the teams sent them; no rows where they were not asked."""
    rows = [
        [edition.region_map.region.slug, name, *(cell(item.get(field)) for field in ANNEX)]
        for edition in editions
        for name, items in (edition.content.get("annexes") or {}).items()
        for item in items or []
    ]
    return {"name": "Criteria and wheel", "columns": ["region", "annex", *ANNEX], "rows": rows}


def _code_book() -> Json:
    rows = [
        [
            "strength",
            "1 first actors .. 5 among the leading places in Europe; empty unless strength_answer is value",
        ],
        ["level", "1 not in place .. 5 established"],
        ["importance", "1 not important .. 5 essential"],
        ["value of an annex", "criteria: met, partly, not; wheel: 1 poor .. 5 excellent; empty if not known"],
        ["depth", "1 information, 2 consultation, 3 coordination, 4 co-decision, 5 joint delivery"],
        ["kind, *_answer", "value, no_information, does_not_apply, unanswered"],
        ["provenance", "sourced, agreed, estimated, invented; field_provenance where a field differs"],
        ["coverage", "share of statements with a value among those that apply, 0 to 1"],
        ["reason", "why a mean is missing: NO_DATA, COVERAGE_TOO_LOW, SUPPRESSED"],
    ]
    return {"name": "Code book", "columns": ["column", "meaning"], "rows": rows}


def workbook_content(*, exercise: Exercise, region: Region | None) -> Json:
    """Sheets of everything that is published; no sheets when nothing is."""
    editions = _newest_editions(exercise, region)
    if not editions:
        return {"sheets": []}
    sheets = [_about_sheet(exercise, editions)]
    for name, (kind, fields) in LISTS.items():
        sheets.append(
            {"name": name, "columns": ["region", *fields, *ORIGIN], "rows": _rows_of(editions, kind, fields)}
        )
    return {"sheets": [*sheets, _annex_sheet(editions), _score_sheet(editions), _code_book()]}
