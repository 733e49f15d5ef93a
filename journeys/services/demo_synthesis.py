"""Strengths, areas of improvement and shared challenges of the demonstration.

Mazovia's chain is real and sourced. What the other regions conclude is invented from their invented levels.
"""

import datetime as dt
from typing import Any

from governance.enums import Dimension
from governance.models import AreaOfImprovement, Challenge, StrengthItem
from mapping.enums import Provenance
from mapping.models import Exercise, RegionMap

CHALLENGES = {
    "Local and regional strategies that fit together": (
        ["E1", "E6"],
        "Cities and counties write strategies of their own. The regions want these and the regional "
        "strategy to name each other, and to be paid for together.",
    ),
    "Clear roles and a steady dialogue between levels": (
        ["E2", "E3"],
        "Levels meet, but often without a mandate. The regions look for permanent spaces in which local "
        "knowledge changes decisions.",
    ),
    "New voices in discovery, and services that reach everyone": (
        ["E4", "E5"],
        "The same circle takes part each time. The regions want new firms, researchers and citizens at the "
        "table, and support services outside the main city.",
    ),
    "Learning together from results": (
        ["E7", "E8"],
        "Little is known below the regional level. The regions want shared indicators, and citizens who can "
        "follow what comes of it.",
    ),
}

AREAS = {
    "E1": ("Write down where units complement each other", "Workshops in which units compare their profiles"),
    "E2": ("Agree who does what before programmes start", "A short note on roles, agreed by all levels"),
    "E3": ("Give local input an answer", "A yearly meeting that reports back what came of each proposal"),
    "E4": (
        "Bring firms from outside the main city into discovery",
        "Two discovery meetings a year elsewhere",
    ),
    "E5": ("Make support services reach the whole territory", "One referral path shared by all providers"),
    "E6": ("Combine the money of different levels", "Joint calls of the region and its units"),
    "E7": ("Measure results below the regional level", "A small set of indicators shared by the units"),
    "E8": ("Let citizens take part in setting priorities", "An open consultation before each revision"),
}
STRENGTHS = {
    "E1": "Most units know the regional priorities and refer to them",
    "E2": "Each level's task is known and accepted",
    "E3": "Units and region meet in a permanent space",
    "E4": "Business, knowledge, government and civil society sit at one table",
    "E5": "Providers of support know each other and refer clients",
    "E6": "Territorial instruments carry the aims of the strategy",
    "E7": "Results are looked at together once a year",
    "E8": "Units work with partners outside the region",
}


def add_challenges(*, exercise: Exercise) -> dict[str, Challenge]:
    """The shared challenges; returns the challenge of each dimension."""
    by_dimension: dict[str, Challenge] = {}
    for position, (title, (dimensions, narrative)) in enumerate(CHALLENGES.items(), start=1):
        challenge = Challenge.objects.create(
            exercise=exercise, title=title, narrative=narrative, position=position
        )
        by_dimension |= dict.fromkeys(dimensions, challenge)
    return by_dimension


def add_synthesis(
    *,
    region_map: RegionMap,
    levels: dict[str, float],
    challenges: dict[str, Challenge],
    chain: dict[str, Any] | None,
) -> None:
    """Two strengths and the areas of improvement of a region; the real chain where there is one."""
    order = sorted(Dimension.values, key=lambda code: levels[code])
    for position, code in enumerate(reversed(order[-2:]), start=1):
        StrengthItem.objects.create(
            region_map=region_map,
            text=STRENGTHS[code],
            dimension=code,
            position=position,
            provenance=Provenance.INVENTED,
        )
    if chain:
        _add_chain(region_map=region_map, challenges=challenges, chain=chain)
        return
    for position, code in enumerate(order[:3], start=1):
        text, response = AREAS[code]
        AreaOfImprovement.objects.create(
            region_map=region_map,
            text=text,
            dimension=code,
            challenge=challenges[code],
            importance=6 - position,
            feasibility=2 + position,
            response_intended=response,
            position=position,
            provenance=Provenance.INVENTED,
        )


def _add_chain(*, region_map: RegionMap, challenges: dict[str, Challenge], chain: dict[str, Any]) -> None:
    """Areas of improvement, intended responses, the choice and the actions, as the sources tell them."""
    units = {unit.key: unit for unit in region_map.units.all()}
    chosen_on = dt.date.fromisoformat(chain["chosen_on"])
    actions = iter(chain["actions"])
    for position, item in enumerate(chain["areas"], start=1):
        action = next(actions, None) if item["chosen"] else None
        area = AreaOfImprovement.objects.create(
            region_map=region_map,
            text=item["text"],
            dimension=item["dimension"],
            challenge=challenges[item["dimension"]],
            response_intended=item["response"],
            responsible_body=item.get("responsible_body") or "",
            is_chosen=item["chosen"],
            chosen_on=chosen_on if item["chosen"] else None,
            action=f"{action['title']}: {action['text']}" if action else "",
            sources=item["source"],
            position=position,
            provenance=Provenance.SOURCED,
        )
        area.units.set([units[key] for key in item.get("units", []) if key in units])
