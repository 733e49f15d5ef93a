"""The demonstration as a whole: made by create_demo, taken away by remove_demo, and nothing else."""

import datetime as dt
import random
from typing import Any

from django.apps import apps
from django.core.files.storage import default_storage
from django.db import models, transaction

from cohes3ion.accounts.models import User
from cohes3ion.lib.history import history_may_go
from governance.enums import Group
from governance.models import QuestionnaireVersion, Response
from governance.services.maps import Decision, adopt_map, open_consultation, publish_map, release_map
from governance.services.questionnaires import publish_package, read_package
from governance.services.scores import refresh_scores
from journeys.services.demo_annexes import add_annexes, annex_versions
from journeys.services.demo_answers import Inventor
from journeys.services.demo_content import MapFiller, read_demo, region_names
from journeys.services.demo_events import add_events
from journeys.services.demo_journey import add_journey
from journeys.services.demo_matches import add_posts
from journeys.services.demo_news import add_news
from journeys.services.demo_plans import add_plans
from journeys.services.demo_practices import add_practices
from journeys.services.demo_reports import add_targets
from journeys.services.demo_statistics import add_statistics
from journeys.services.demo_synthesis import add_challenges, add_synthesis
from journeys.services.demo_work import CALL, comment, share_out
from mapping.enums import ExerciseState, Role
from mapping.models import CodeList, Exercise, Membership, Project, Region, RegionMap

SEED = 2020_10
# Invited stakeholders per region: two regions stay under the public threshold of five.
STAKEHOLDERS = [9, 14, 12, 7, 11, 4, 8, 6]
WORKING_REGION = "north-west-romania"  # in consultation: here the demonstration roles do their part
DRAFT_REGION = "stockholm"  # not released: named as pending
ADOPTED = {"mazovia": dt.date(2020, 7, 20)}


class ReferenceMissing(Exception):
    """Code lists are not loaded yet."""


def demo_exists() -> bool:
    return Project.objects.filter(slug="cohes3ion", is_demo=True).exists()


@transaction.atomic
def create_demo() -> Project:
    """Make the COHES3ION demonstration; the existing one when it is there. Raises ReferenceMissing."""
    if demo_exists():
        return Project.objects.get(slug="cohes3ion")
    if not CodeList.objects.exists():
        raise ReferenceMissing
    card = read_demo("project")
    project = _add_project(card)
    exercise = _add_exercise(card, project)
    version = publish_package(package=read_package("stm"))
    version.exercises.add(exercise)
    accounts = _add_accounts(project)
    challenges = add_challenges(exercise=exercise)
    annexes = annex_versions(exercise=exercise)
    for place, slug in enumerate(region_names()):
        chance = random.Random(f"{SEED}/{slug}")
        region_map = _add_region(exercise, slug, chance)
        inventor = Inventor(region_map=region_map, version=version, chance=chance, size=STAKEHOLDERS[place])
        inventor.invent()
        add_annexes(region_map=region_map, versions=annexes, seed=f"{SEED}/{slug}/annexes")
        chain = read_demo(slug).get("chain")
        add_synthesis(region_map=region_map, levels=inventor.level, challenges=challenges, chain=chain)
        refresh_scores(region_map=region_map)
        _advance(region_map, slug, accounts, chain)
    _place_accounts(project, accounts, version)
    add_statistics(exercise=exercise)
    add_practices(project=project)
    add_events(project=project)
    add_journey(exercise=exercise)
    add_plans(exercise=exercise)
    add_targets(project=project, card=card)
    add_posts(project=project, accounts=accounts)
    add_news(project=project)
    return project


def _add_project(card: dict[str, Any]) -> Project:
    return Project.objects.create(
        slug=card["slug"],
        acronym=card["acronym"],
        title=card["title"],
        programme=card.get("programme") or "",
        summary=card.get("summary") or "",
        starts_on=card.get("starts_on"),
        ends_on=card.get("ends_on"),
        cofunding_line=card.get("cofunding_line") or "",
        disclaimer=card.get("disclaimer") or "",
        facts={name: card.get(name, []) for name in ("partners", "outputs", "semesters")},
        sources=card.get("source", []),
        is_demo=True,
    )


def _add_exercise(card: dict[str, Any], project: Project) -> Exercise:
    item = card.get("exercise", {})
    return Exercise.objects.create(
        project=project,
        slug="cohes3ion-2020",
        name=item.get("name") or "Smart Territorial Mapping 2020",
        state=ExerciseState.OPEN,
        opens_on=dt.date(2020, 1, 15),
        due_on=dt.date(2020, 10, 30),
        seed=SEED,
    )


def _add_region(exercise: Exercise, slug: str, chance: random.Random) -> RegionMap:
    content = read_demo(slug)
    region = Region.objects.create(
        project=exercise.project,
        slug=slug,
        name=content["name"],
        country=content["country"],
        summary=content.get("summary") or "",
        lead_partner=content.get("lead") or "",
        nuts_codes=content["nuts"],
        languages=content.get("languages", []),
        sources=content.get("source", []),
    )
    region_map = RegionMap.objects.create(
        exercise=exercise, region=region, unknown=content.get("unknown", [])
    )
    MapFiller(region_map=region_map, content=content, chance=chance).fill()
    return region_map


def _advance(
    region_map: RegionMap, slug: str, accounts: dict[str, User], chain: dict[str, Any] | None
) -> None:
    """Take the map as far as the demonstration shows it."""
    lead, coordinator = accounts[Role.REGIONAL_LEAD], accounts[Role.COORDINATOR]
    if slug == DRAFT_REGION:
        return
    call = CALL.format(region=region_map.region)
    region_map = open_consultation(region_map=region_map, expected=region_map.version, by=lead, text=call)
    if slug == WORKING_REGION:
        return
    body = (chain or {}).get("adopted_by") or "Stakeholder group (date invented)"
    region_map = adopt_map(
        region_map=region_map,
        decision=Decision(on=ADOPTED.get(slug, dt.date(2020, 9, 15)), body=body),
        expected=region_map.version,
        by=lead,
    )
    region_map = release_map(region_map=region_map, expected=region_map.version, by=lead)
    publish_map(region_map=region_map, expected=region_map.version, by=coordinator)


def _add_accounts(project: Project) -> dict[str, User]:
    """One invented account per role, named after the role; no password opens them."""
    accounts = {}
    for role in [*Role, "operator"]:
        name = Role(role).label if role != "operator" else "Operator"
        accounts[str(role)] = User.objects.create_user(
            email=f"{str(role).replace('_', '-')}@demo.invalid",
            name=f"{name} (demonstration)",
            is_demo=True,
            is_staff=role == "operator",
            is_superuser=role == "operator",
        )
    return accounts


def _place_accounts(project: Project, accounts: dict[str, User], version: QuestionnaireVersion) -> None:
    region_map = RegionMap.objects.get(region__slug=WORKING_REGION, exercise__project=project)
    contact_unit = Response.objects.filter(region_map=region_map, group=Group.UNIT).order_by("pk")[0].unit
    for role in Role:
        whole = role in (Role.COORDINATOR, Role.FACILITATOR, Role.OBSERVER)
        Membership.objects.create(
            user=accounts[role],
            role=role,
            project=project,
            region=None if whole else region_map.region,
            unit=contact_unit if role == Role.UNIT_CONTACT else None,
        )
    # The team's and the contact's forms and one stakeholder's are open again, so that visitors can answer.
    with history_may_go():  # the demonstration begins in the middle; no other way leads back to a draft
        team = Response.objects.filter(region_map=region_map, group=Group.TEAM).assessment()
        team.update(state="draft")
        Response.objects.filter(region_map=region_map, unit=contact_unit).update(state="draft")
    Response.objects.create(
        region_map=region_map,
        questionnaire_version=version,
        group=Group.STAKEHOLDER,
        label="Demonstration stakeholder",
        helix="business",
        respondent=accounts[Role.STAKEHOLDER],
        provenance="invented",
    )
    refresh_scores(region_map=region_map)
    form = Response.objects.filter(region_map=region_map, group=Group.TEAM).assessment().get()
    share_out(region_map=region_map, team=form, accounts=accounts)
    comment(region_map=region_map, accounts=accounts)


@transaction.atomic
def remove_demo() -> bool:
    """Take the demonstration away: its partnership with all that hangs on it, its files, and its accounts."""
    projects = Project.objects.filter(slug="cohes3ion", is_demo=True)
    found = projects.exists()
    maps = RegionMap.objects.filter(exercise__project__in=projects)
    kept_before = _named_files()
    with history_may_go():
        Response.objects.filter(region_map__in=maps).delete()
        projects.delete()
    User.objects.filter(is_demo=True).delete()
    orphans = kept_before - _named_files()
    transaction.on_commit(lambda: _delete_files(orphans))
    return found


def _named_files() -> set[str]:
    """The files that rows of any kind point to: documents, workbooks, evidence, and what may be added."""
    fields = [
        (model, field.name)
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.FileField)
    ]
    return {
        name
        for model, field in fields
        for name in model._base_manager.exclude(**{field: ""}).values_list(field, flat=True)
        if name
    }


def _delete_files(names: set[str]) -> None:
    """After the commit: a removal that is undone leaves every file in its place."""
    for name in names:
        default_storage.delete(name)
