"""A map as one plain value: what an edition freezes, and what pages, documents and workbooks read.

Numbers are as answered; every row carries where it comes from. Nothing personal is in it.
"""

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


def _origin(row: Any) -> dict[str, Any]:
    """Where a row comes from: its provenance, that of single fields, and the addresses."""
    return {
        "id": row.pk,
        "provenance": row.provenance,
        "field_provenance": row.field_provenance,
        "sources": row.sources,
    }


def _ids(rows: Any) -> list[int]:
    return sorted(row.pk for row in rows)


def _unit_row(unit: TerritorialUnit) -> dict[str, Any]:
    return _origin(unit) | {
        "key": unit.key,
        "name": unit.name,
        "kind": unit.kind,
        "parents": _ids(unit.parents.all()),
        "nuts": [code.code for code in unit.nuts.all()],
        "body_in_charge": unit.body_in_charge,
        "competence": unit.competence,
        "note": unit.note,
    }


def _strategy_row(strategy: Strategy) -> dict[str, Any]:
    fields = ("title", "kind", "period", "adopted", "adopted_by", "content", "link", "is_current")
    return _origin(strategy) | {"unit": strategy.unit_id} | {name: getattr(strategy, name) for name in fields}


def _priority_row(priority: RegionalPriority) -> dict[str, Any]:
    return _origin(priority) | {
        "key": priority.key,
        "name": priority.name,
        "description": priority.description,
        "strategy": priority.strategy_id,
        "codes": sorted(code.key for code in priority.codes.all()),
    }


def _capability_row(capability: Capability) -> dict[str, Any]:
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
            "codes": sorted(code.key for code in capability.codes.all()),
        }
    )


def _actor_row(actor: Actor) -> dict[str, Any]:
    return _origin(actor) | {
        "key": actor.key,
        "name": actor.name,
        "helix": actor.helix,
        "function": actor.function,
        "description": actor.description,
        "website": actor.website,
        "units": _ids(actor.units.all()),
        "services": [
            {"kind": service.kind, "offered_to": service.offered_to} for service in actor.services.all()
        ],
    }


def _space_row(space: GovernanceSpace) -> dict[str, Any]:
    fields = ("key", "name", "description", "helices", "depth_answer", "depth", "legal_basis", "started")
    return (
        _origin(space)
        | {name: getattr(space, name) for name in fields}
        | {
            "meetings_per_year": space.meetings_per_year,
            "all_topics": space.all_topics,
            "units": _ids(space.units.all()),
            "topics": _ids(space.topics.all()),
            "mandates": [
                {"topic": mandate.topic_id, "role": mandate.role, "who": mandate.who}
                for mandate in space.mandates.all()
            ],
        }
    )


def _opportunity_row(row: Opportunity) -> dict[str, Any]:
    return _origin(row) | {
        "topic": row.topic,
        "expected_benefit": row.expected_benefit,
        "units": _ids(row.units.all()),
        "priority": row.priority_id,
    }


def _area_row(area: AreaOfImprovement) -> dict[str, Any]:
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
            "units": _ids(area.units.all()),
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

    def rows(model: Any, *links: str) -> Any:
        return model.objects.filter(region_map=region_map).prefetch_related(*links)

    region = region_map.region
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
        "units": [_unit_row(row) for row in rows(TerritorialUnit, "parents", "nuts")],
        "strategies": [_strategy_row(row) for row in rows(Strategy)],
        "priorities": [_priority_row(row) for row in rows(RegionalPriority, "codes")],
        "capabilities": [_capability_row(row) for row in rows(Capability, "codes")],
        "actors": [_actor_row(row) for row in rows(Actor, "units", "services")],
        "ties": [
            _origin(row) | {"source": row.source_id, "target": row.target_id, "kind": row.kind}
            for row in rows(ActorTie)
        ],
        "spaces": [_space_row(row) for row in rows(GovernanceSpace, "units", "topics", "mandates")],
        "opportunities": [_opportunity_row(row) for row in rows(Opportunity, "units")],
        "strengths": [
            _origin(row) | {"text": row.text, "dimension": row.dimension, "units": _ids(row.units.all())}
            for row in rows(StrengthItem, "units")
        ],
        "areas": [_area_row(row) for row in rows(AreaOfImprovement, "units")],
        "targets": [
            {"dimension": row.dimension, "level": row.level, "reason": row.reason} for row in rows(Target)
        ],
        "answers": _team_answers(region_map=region_map),
        "annexes": annex_content(region_map=region_map),
    }
    content["codes"] = _code_labels(content)
    return content
