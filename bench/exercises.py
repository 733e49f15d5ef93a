"""Exercises of any size, filled with invented rows: what the analyses read in the largest partnerships.

26 statements, three groups, 40 respondents a region: the team, four units, 35 stakeholders.
"""

import random
from typing import Any

UNITS, STAKEHOLDERS, CAPABILITIES = 4, 35, 12
ROLES = ("research", "production", "services")

# Every respondent answers what is put to them; about one answer in ten is *no information*.
ANSWERS = """
insert into governance_answer (response_id, question_id, about_unit_id, part, kind, level, importance,
    explanation, confidence, provenance, version, field_versions, edited_at)
select response, question, unit, '', case when dice < 0.1 then 'no_information' else 'value' end,
    case when dice < 0.1 then null else 1 + floor(random() * 5) end, 1 + floor(random() * 5),
    '', '', 'agreed', 1, '{}', now()
from (
    select r.id as response, q.id as question, u.id as unit, random() as dice
    from governance_response r
    join mapping_regionmap m on m.id = r.region_map_id and m.exercise_id = %(exercise)s
    join governance_section s on s.version_id = r.questionnaire_version_id
    join governance_question q on q.section_id = s.id
    left join mapping_territorialunit u on u.region_map_id = m.id and q.scope = 'unit'
        and (r.group = 'team' or (r.group = 'unit' and u.id = r.unit_id))
    where q.is_core or r.group <> 'stakeholder'
    order by r.id, q.id, u.id
) as asked
"""


def fill_exercise(*, name: str, size: int) -> Any:
    """An exercise of `size` published regions, each with answers of everybody, capabilities and spaces."""
    from django.db import connection  # after setup

    from governance import models  # after setup: models
    from governance.services.questionnaires import publish_package, read_package  # after setup: models
    from mapping.models import Exercise, Project  # after setup: models

    chance = random.Random(size)
    project = Project.objects.create(slug=name, acronym=name, title=name)
    exercise = Exercise.objects.create(project=project, slug=name, name=name, state="open")
    version = publish_package(package=read_package("stm"))
    version.exercises.add(exercise)
    maps = add_maps(exercise, size)
    units = add_units(maps)
    add_capabilities(maps, units, chance)
    sent = {"questionnaire_version": version, "state": "submitted"}
    rows = []
    for place, row in enumerate(maps):
        own = units[place * UNITS : (place + 1) * UNITS]
        rows.append(models.Response(region_map=row, group="team", **sent))
        rows += [models.Response(region_map=row, group="unit", unit=unit, **sent) for unit in own]
        rows += [models.Response(region_map=row, group="stakeholder", **sent) for _n in range(STAKEHOLDERS)]
    models.Response.objects.bulk_create(rows, batch_size=5_000)
    models.Target.objects.bulk_create(
        models.Target(region_map=row, dimension=f"E{n}", level=4, reason="r")
        for row in maps
        for n in range(1, 9)
    )
    with connection.cursor() as cursor:
        cursor.execute("select setseed(0.5)")
        cursor.execute(ANSWERS, {"exercise": exercise.pk})
        cursor.execute("analyze")
    return exercise


def add_maps(exercise: Any, size: int) -> list[Any]:
    from django.utils import timezone  # after setup

    from mapping.models import Region, RegionMap  # after setup: models

    regions = Region.objects.bulk_create(
        Region(project=exercise.project, slug=f"{exercise.slug}-{n:04}", name=f"Region {n}", country="PL")
        for n in range(size)
    )
    now = timezone.now()
    shown = {"adopted_on": now.date(), "adopted_by": "Board", "released_at": now, "published_at": now}
    return RegionMap.objects.bulk_create(
        RegionMap(exercise=exercise, region=region, state="published", **shown) for region in regions
    )


def add_units(maps: list[Any]) -> list[Any]:
    from mapping.models import TerritorialUnit  # after setup: models

    return TerritorialUnit.objects.bulk_create(
        TerritorialUnit(region_map=row, key=f"u{n}", name=f"Unit {n}", kind="city")
        for row in maps
        for n in range(UNITS)
    )


def add_capabilities(maps: list[Any], units: list[Any], chance: random.Random) -> None:
    """Twelve coded capabilities a region, a priority and a space that two units share."""
    from governance.models import GovernanceSpace  # after setup: models
    from mapping.models import Capability, Code, RegionalPriority  # after setup: models

    codes = list(Code.objects.filter(code_list__key="nace", depth__gte=3).values_list("pk", flat=True))
    priorities = RegionalPriority.objects.bulk_create(
        RegionalPriority(region_map=row, key="p", name="Priority") for row in maps
    )
    link(RegionalPriority.codes.through, "regionalpriority", priorities, codes, chance)
    rows = []
    for place, row in enumerate(maps):
        for n in range(CAPABILITIES):
            is_linked = n % 3 == 0
            rows.append(
                Capability(
                    region_map=row,
                    unit=units[place * UNITS + n % UNITS],
                    name=f"Capability {n}",
                    strength_answer="value",
                    strength=chance.randint(1, 5),
                    role=chance.choice(ROLES),
                    priority_answer="value" if is_linked else "does_not_apply",
                    priority=priorities[place] if is_linked else None,
                )
            )
    link(Capability.codes.through, "capability", Capability.objects.bulk_create(rows), codes, chance)
    spaces = GovernanceSpace.objects.bulk_create(
        GovernanceSpace(
            region_map=row, key="s", name="Council", depth_answer="value", depth=3, all_topics=True
        )
        for row in maps
    )
    members = GovernanceSpace.units.through
    members.objects.bulk_create(
        members(governancespace_id=space.pk, territorialunit_id=units[place * UNITS + n].pk)
        for place, space in enumerate(spaces)
        for n in range(2)
    )


def link(through: Any, name: str, rows: list[Any], codes: list[int], chance: random.Random) -> None:
    through.objects.bulk_create(
        through(**{f"{name}_id": row.pk, "code_id": code}) for row in rows for code in chance.sample(codes, 2)
    )
