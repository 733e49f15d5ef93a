"""A map as one plain value: what an edition freezes, and what pages, documents and workbooks read.

Numbers are as answered; every row carries where it comes from. Nothing personal is in it.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.db.models import F

from governance.enums import Group
from governance.models import (
    Answer,
    AreaOfImprovement,
    GovernanceSpace,
    Opportunity,
    Response,
    StrengthItem,
    Target,
)
from governance.selectors.annexes import annex_content
from mapping.models import (
    Actor,
    ActorTie,
    Capability,
    Code,
    RegionalPriority,
    RegionMap,
    Strategy,
    TerritorialUnit,
)

MapContent = dict[str, Any]
Keys = Callable[[Any], list[Any]]


def _origin(row: Any) -> dict[str, Any]:
    """Where a row comes from: its provenance, that of single fields, and the addresses."""
    return {
        "id": row.pk,
        "provenance": row.provenance,
        "field_provenance": row.field_provenance,
        "sources": row.sources,
    }


def _linked(rows: Any, link: str) -> Keys:
    """The sorted keys each row is linked to, of codes their names. Keys only: a large map has thousands."""
    named = f"{link}__key" if link == "codes" else f"{link}__pk"
    found: dict[int, list[Any]] = {}
    pairs = rows.filter(**{f"{named}__isnull": False}).order_by().values_list("pk", named)
    for pk, key in pairs:
        found.setdefault(pk, []).append(key)
    return lambda row: sorted(found.get(row.pk, []))


def _listed(
    region_map: RegionMap, model: Any, row_of: Any, *links: str, parts: tuple[str, ...] = ()
) -> list[dict[str, Any]]:
    """All rows of a kind as plain values: one query, and one for each link and part if there are any."""
    rows = model.objects.filter(region_map=region_map)
    found = list(rows.prefetch_related(*parts))
    keys = [_linked(rows, link) for link in links] if found else []
    return [row_of(row, *keys) for row in found]


def _unit_row(unit: TerritorialUnit, parents: Keys) -> dict[str, Any]:
    return _origin(unit) | {
        "key": unit.key,
        "name": unit.name,
        "kind": unit.kind,
        "parents": parents(unit),
        "nuts": [code.code for code in unit.nuts.all()],
        "body_in_charge": unit.body_in_charge,
        "competence": unit.competence,
        "note": unit.note,
    }


def _strategy_row(strategy: Strategy) -> dict[str, Any]:
    fields = ("title", "kind", "period", "adopted", "adopted_by", "content", "link", "is_current")
    return _origin(strategy) | {"unit": strategy.unit_id} | {name: getattr(strategy, name) for name in fields}


def _priority_row(priority: RegionalPriority, codes: Keys) -> dict[str, Any]:
    return _origin(priority) | {
        "key": priority.key,
        "name": priority.name,
        "description": priority.description,
        "strategy": priority.strategy_id,
        "codes": codes(priority),
    }


def _capability_row(capability: Capability, codes: Keys) -> dict[str, Any]:
    fields = (
        "name",
        "kind",
        "description",
        "status",
        "strength_answer",
        "strength",
        "role",
        "priority_answer",
        "publicly_funded",
        "source_document",
    )
    return (
        _origin(capability)
        | {name: getattr(capability, name) for name in fields}
        | {
            "unit": capability.unit_id,
            "priority": capability.priority_id,
            "codes": codes(capability),
        }
    )


def _actor_row(actor: Actor, units: Keys) -> dict[str, Any]:
    return _origin(actor) | {
        "key": actor.key,
        "name": actor.name,
        "helix": actor.helix,
        "function": actor.function,
        "description": actor.description,
        "website": actor.website,
        "units": units(actor),
        "services": [
            {"kind": service.kind, "offered_to": service.offered_to} for service in actor.services.all()
        ],
    }


def _space_row(space: GovernanceSpace, units: Keys, topics: Keys) -> dict[str, Any]:
    fields = ("key", "name", "description", "helices", "depth_answer", "depth", "legal_basis", "started")
    return (
        _origin(space)
        | {name: getattr(space, name) for name in fields}
        | {
            "meetings_per_year": space.meetings_per_year,
            "all_topics": space.all_topics,
            "units": units(space),
            "topics": topics(space),
            "mandates": [
                {"topic": mandate.topic_id, "role": mandate.role, "who": mandate.who}
                for mandate in space.mandates.all()
            ],
        }
    )


def _opportunity_row(row: Opportunity, units: Keys) -> dict[str, Any]:
    return _origin(row) | {
        "topic": row.topic,
        "expected_benefit": row.expected_benefit,
        "units": units(row),
        "priority": row.priority_id,
    }


def _strength_row(row: StrengthItem, units: Keys) -> dict[str, Any]:
    return _origin(row) | {"text": row.text, "dimension": row.dimension, "units": units(row)}


def _area_row(area: AreaOfImprovement, units: Keys) -> dict[str, Any]:
    fields = (
        "text",
        "dimension",
        "importance",
        "feasibility",
        "response_intended",
        "responsible_body",
        "horizon",
        "inspiring_practice",
        "is_chosen",
        "action",
    )
    return (
        _origin(area)
        | {name: getattr(area, name) for name in fields}
        | {
            "units": units(area),
            "challenge": area.challenge_id,
            "chosen_on": area.chosen_on.isoformat() if area.chosen_on else None,
        }
    )


def _team_answers(*, region_map: RegionMap) -> list[dict[str, Any]]:
    """The regional team's agreed answers, public with the map. Only a submitted response is agreed."""
    team = Response.objects.filter(region_map=region_map, group=Group.TEAM).assessment().submitted()
    # Answers to an earlier version stay with it; other types than the scale are not part of an edition.
    answers = Answer.objects.filter(
        response__in=team,
        question__type="scale",
        question__section__version=F("response__questionnaire_version"),
    ).select_related("question__section")
    return [
        {
            "code": answer.question.code,
            "dimension": answer.question.section.code,
            "about_unit": answer.about_unit_id,
            "kind": answer.kind,
            "level": answer.level,
            "importance": answer.importance,
            "explanation": answer.explanation,
            "confidence": answer.confidence,
            "provenance": answer.provenance,
        }
        for answer in answers
    ]


def _code_labels(content: MapContent) -> dict[str, str]:
    """What the codes of a map mean, so that a frozen map can be read without the lists."""
    used = {code for kind in ("priorities", "capabilities") for row in content[kind] for code in row["codes"]}
    fields = {code.partition(".")[0] for code in used}
    return dict(Code.objects.filter(key__in=used | fields).order_by("key").values_list("key", "label"))


def map_content(*, region_map: RegionMap) -> MapContent:
    """Everything of a map that may become public, as it stands now. About 25 queries, whatever the size."""

    def rows(model: Any) -> Any:
        return model.objects.filter(region_map=region_map)

    region, listed = region_map.region, partial(_listed, region_map)
    content: MapContent = {
        "region": {
            "slug": region.slug,
            "name": region.name,
            "country": region.country,
            "summary": region.summary,
            "lead_partner": region.lead_partner,
            "nuts_version": region.nuts_version,
            "nuts_codes": region.nuts_codes,
            "sources": region.sources,
        },
        "edition": region_map.edition,
        "adopted_on": region_map.adopted_on.isoformat() if region_map.adopted_on else None,
        "adopted_by": region_map.adopted_by,
        "conclusions": region_map.conclusions,
        "unknown": region_map.unknown,
        "units": listed(TerritorialUnit, _unit_row, "parents", parts=("nuts",)),
        "strategies": listed(Strategy, _strategy_row),
        "priorities": listed(RegionalPriority, _priority_row, "codes"),
        "capabilities": listed(Capability, _capability_row, "codes"),
        "actors": listed(Actor, _actor_row, "units", parts=("services",)),
        "ties": [
            _origin(row) | {"source": row.source_id, "target": row.target_id, "kind": row.kind}
            for row in rows(ActorTie)
        ],
        "spaces": listed(GovernanceSpace, _space_row, "units", "topics", parts=("mandates",)),
        "opportunities": listed(Opportunity, _opportunity_row, "units"),
        "strengths": listed(StrengthItem, _strength_row, "units"),
        "areas": listed(AreaOfImprovement, _area_row, "units"),
        "targets": [
            {"dimension": row.dimension, "level": row.level, "reason": row.reason} for row in rows(Target)
        ],
        "answers": _team_answers(region_map=region_map),
        "annexes": annex_content(region_map=region_map),
    }
    content["codes"] = _code_labels(content)
    return content
