"""Everything the public can read about the answers of an exercise, put together and audited."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import override

from governance.analysis.changed_answers import changed_respondents
from governance.analysis.publication_audit import (
    RegionAudit,
    audit_region,
    published_importance,
    published_values,
    tells_more,
)
from governance.analysis.rounding import rounded
from governance.enums import AnalysisKind
from governance.models import Analysis, Finding, GovernanceScore, MapEdition, RegionResult
from governance.scoring.settings import Thresholds
from governance.selectors.scores import public_scores
from journeys.models import Document
from journeys.selectors import gap_explanations, statement_explanations, words
from journeys.selectors.figures import figures_of
from journeys.selectors.sources import DiagnosisSource, published_source
from mapping.models import Exercise

Json = dict[str, Any]
Value = tuple[str, str, str, float]  # where it stands, the statement or dimension, the group, the level
GROUPS = ("team", "unit", "stakeholder")
FIGURE, DOCUMENT = "the figure of the groups", "a document"
EXPLAINED = "a page on how a number was computed"
# Figures have one decimal, explanations two; everything else is given as it was computed.
ROUNDED = {FIGURE: 0.05, DOCUMENT: 0.05, EXPLAINED: 0.005}


@dataclass(frozen=True, kw_only=True)
class DisclosureAudit:
    """regions: one audit per region in a run that was ever published, also while its map is not public;
    public: how many of them have a public map; strays: values that passed no door."""

    regions: list[RegionAudit]
    public: int
    strays: list[str]
    differences: list[str]
    places: int

    @property
    def is_clean(self) -> bool:
        return not (self.strays or self.differences or any(row.exposed for row in self.regions))


def audit_exercise(*, exercise: Exercise) -> DisclosureAudit:
    parts = list(
        RegionResult.objects.filter(
            analysis__exercise=exercise,
            analysis__kind=AnalysisKind.GAPS,
            analysis__disclosed_at__isnull=False,
        ).select_related("region", "analysis")
    )
    runs = Analysis.objects.in_bulk({part.public["basis"] for part in parts})
    audits, strays, places = [], [], 0
    for part in parts:
        run = runs[part.public["basis"]]
        raw = next(row for row in run.result["regions"] if row["region"] == part.region.slug)
        shown = published_values(part.public["region"])
        audits.append(
            audit_region(
                raw,
                shown,
                thresholds=Thresholds(**run.result["thresholds"]),
                dimensions=run.result["dimensions"],
                spreads=part.public["region"]["agreement"],
                importance=published_importance(part.public["region"]),
            )
        )
        if part.analysis.published_at:
            read = readable_values(exercise=exercise, slug=part.region.slug)
            places += len(read)
            strays += [
                f"{part.region.slug}: {where} gives {code} of {group}"
                for where, code, group, value in read
                if abs(shown.get((code, group), 99.0) - value) > ROUNDED.get(where, 0) + 1e-9
            ]
            strays += _stray_documents(part, parts)
    return DisclosureAudit(
        regions=audits,
        public=len({part.region_id for part in parts} & _public_regions(exercise)),
        strays=strays,
        differences=_differences(parts, runs),
        places=places,
    )


def _public_regions(exercise: Exercise) -> set[int]:
    editions = MapEdition.objects.filter(region_map__exercise=exercise, withdrawn_at=None)
    return set(editions.values_list("region_map__region_id", flat=True))


def readable_values(*, exercise: Exercise, slug: str) -> list[Value]:
    """Levels of one region as pages, downloads, interface and workbook give them; none if not public."""
    if not MapEdition.objects.filter(
        region_map__exercise=exercise, region_map__region__slug=slug, withdrawn_at=None
    ).exists():
        return []
    scores = GovernanceScore.objects.filter(region_map__exercise=exercise, region_map__region__slug=slug)
    found: list[Value] = [
        ("the interface and the workbook", row.code, row.group, rounded(row.mean) or 0.0)
        for row in public_scores(scores)
        if row.mean is not None and row.group != "team"
    ]
    published = Analysis.objects.published().filter(exercise=exercise)
    for finding in Finding.objects.filter(analysis__in=published, region__slug=slug):
        if finding.code == "dimension_gap" and finding.data["score"] is not None:
            found.append(("a finding", finding.data["code"], "all", finding.data["score"]))
        if finding.code == "perception_gap":
            found.append(("a finding", finding.data["code"], finding.data["other"], finding.data["value"]))
    source = published_source(slug=slug)
    return found + (_drawn_values(source) + _explained_values(source) if source else [])


def _drawn_values(source: DiagnosisSource) -> list[Value]:
    """What the tables behind the figures hold: the same rows are drawn, read aloud and downloaded."""
    figures = figures_of(source)
    if "groups" not in figures:
        return []
    codes = {words.dimension(dimension["code"]): dimension["code"] for dimension in source.dimensions}
    return _table_values(FIGURE, codes, figures["groups"].table.rows)


def _table_values(where: str, codes: dict[str, str], rows: Any) -> list[Value]:
    """Levels in a table of themes by groups; its rows stand in any order, so themes go by their name."""
    return [
        (where, codes[row[0]], group, float(value))
        for row in rows
        for group, value in zip(GROUPS, row[1:4], strict=True)
        if isinstance(value, int | float)
    ]


def _explained_values(source: DiagnosisSource) -> list[Value]:
    """Levels as the pages on how they were computed print them, each theme's own and its groups'."""
    found: list[Value] = []
    with override("en"):
        for dimension in source.dimensions:
            told = gap_explanations.theme(source, dimension["code"])
            if told is None:
                continue
            levels = [("all", told.numbers[0].value)]
            levels += [(group, row[1]) for group, row in zip(GROUPS, told.rows, strict=True)]
            found += _levels(dimension["code"], levels)
            for code in statement_explanations.statements_of(source, dimension=dimension["code"]):
                one = statement_explanations.statement(source, statement_explanations.as_key(code))
                cells = [(group, row[1]) for group, row in zip(GROUPS, one.rows, strict=True)] if one else []
                found += _levels(code, [("all", one.numbers[0].value), *cells] if one else [])
        told = gap_explanations.overall(source, "all")
        found += _levels("all", [("all", told.numbers[0].value)] if told else [])
        compared = statement_explanations.perception(source, "all")
        for row in compared.rows if compared else ():
            other = next(group for group in GROUPS if str(words.GROUPS[group]) == row[1])
            found += _levels(row[0].split()[0], [("team", row[2]), (other, row[3])])
        work = statement_explanations.order(source, "all")
        for row in work.rows if work else ():
            found += _levels(row[0].split()[0], [("all", row[2])])
    return found


def _levels(code: str, cells: list[tuple[str, str]]) -> list[Value]:
    """Those of the printed cells that are a level; a reason is none."""
    return [
        (EXPLAINED, code, group, float(text)) for group, text in cells if text.replace(".", "", 1).isdigit()
    ]


def _stray_documents(part: RegionResult, parts: list[RegionResult]) -> list[str]:
    """Levels in public documents that no published version of the region's figures gives.

    The content is frozen; the file, its texts and the descriptions of its pictures are made from it alone.
    """
    slug = part.region.slug
    known = [published_values(row.public["region"]) for row in parts if row.region_id == part.region_id]
    documents = Document.objects.published().filter(exercise=part.analysis.exercise_id)
    strays = []
    for content in documents.values_list("content", flat=True):
        chapters = [row for row in content.get("regions", []) if row["slug"] == slug]
        figures = [row for chapter in chapters for row in chapter["figures"] if row["key"] == "groups"]
        for figure in figures:
            codes = {name: code for code, name in content["dimensions"].items()}
            read = _table_values(DOCUMENT, codes, figure["table"]["rows"])
            strays += [
                f"{slug}: {where} gives {code} of {group}"
                for where, code, group, value in read
                if not any(
                    abs(row.get((code, group), 99.0) - value) <= ROUNDED[where] + 1e-9 for row in known
                )
            ]
    return strays


def _differences(parts: list[RegionResult], runs: dict[int, Analysis]) -> list[str]:
    """Pairs of published figures of one region that tell of fewer than k respondents, taken together."""
    bases: dict[str, dict[int, Json]] = {}
    for part in parts:
        bases.setdefault(part.region.slug, {})[part.public["basis"]] = part.public["region"]
    found = []
    for slug, shown in bases.items():
        keys = sorted(shown)
        frozen = [
            next((row for row in runs[key].inputs["regions"] if row["region"] == slug), None) for key in keys
        ]
        k = min(Thresholds(**runs[key].result["thresholds"]).k_public for key in keys)
        for n, one in enumerate(frozen):
            changes = [changed_respondents(one, other) for other in frozen[n + 1 :]]
            found += [
                f"{slug}: two published versions differ by {number} respondents"
                for number in changes
                if 0 < number < k
            ]
            found += [
                f"{slug}: two published versions read the same answers by other rules"
                for key, number in zip(keys[n + 1 :], changes, strict=True)
                if number == 0
                and runs[key].rules != runs[keys[n]].rules
                and tells_more(shown[key], shown[keys[n]])
            ]
    return found
