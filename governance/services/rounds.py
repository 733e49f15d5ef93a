"""Setting up a round: making it, its regions, its forms, opening and closing it."""

from typing import Any

from django.db import transaction
from django.utils.text import slugify

from governance.enums import Group
from governance.models import QuestionnaireVersion, Response
from governance.selectors.rounds import NUTS_VERSION, forms_of, settings_version, version_of
from mapping.enums import ExerciseState, Provenance
from mapping.models import Exercise, NutsRegion, Project, Region, RegionMap, TerritorialUnit


class NoQuestionnaire(Exception):
    """The round asks nothing yet, so there is nothing to open."""


class NoRegion(Exception):
    """No region takes part yet."""


class QuestionnaireInUse(Exception):
    """Forms were made with another questionnaire: they are carried over in the editor, not here."""


class SettingsChanged(Exception):
    """Somebody else saved the settings meanwhile; carries the round as it stands."""

    def __init__(self, exercise: Exercise, version: QuestionnaireVersion | None) -> None:
        self.exercise = exercise
        self.version = version
        super().__init__(exercise.slug)


@transaction.atomic
def create_round(
    *, project: Project, slug: str, values: dict[str, Any], version: QuestionnaireVersion
) -> Exercise:
    exercise = Exercise.objects.create(project=project, slug=slug, **values)
    version.exercises.add(exercise)
    return exercise


@transaction.atomic
def save_round(
    *, exercise: Exercise, values: dict[str, Any], version: QuestionnaireVersion, expected: int
) -> None:
    """Saving what stands there already is no change and never a conflict.

    Raises SettingsChanged when `expected` is not what stands there, and QuestionnaireInUse when answers
    stand on the questionnaire asked so far.
    """
    exercise = Exercise.objects.select_for_update().get(pk=exercise.pk)
    current = version_of(exercise=exercise)
    if current == version and all(getattr(exercise, name) == value for name, value in values.items()):
        return
    if settings_version(exercise=exercise, version=current) != expected:
        raise SettingsChanged(exercise, current)
    if current != version:
        if forms_of(exercise=exercise).exists():
            raise QuestionnaireInUse
        if current is not None:
            current.exercises.remove(exercise)
        version.exercises.add(exercise)
    Exercise.objects.filter(pk=exercise.pk).update(**values)


@transaction.atomic
def add_region(*, exercise: Exercise, region: Region) -> RegionMap:
    """The region takes part: it has a map. Twice is once."""
    return RegionMap.objects.get_or_create(exercise=exercise, region=region)[0]


@transaction.atomic
def add_nuts_region(*, exercise: Exercise, code: NutsRegion, name: str) -> RegionMap:
    """A region of the partnership by its code; the one that has this code already is taken."""
    for region in Region.objects.filter(project=exercise.project_id):
        if code.code in region.nuts_codes:
            return add_region(exercise=exercise, region=region)
    name = " ".join(name.split()) or code.latin_name or code.name
    region = Region.objects.create(
        project=exercise.project,
        slug=free_slug(name, code.code),
        name=name,
        country=code.country,
        nuts_codes=[code.code],
        nuts_version=NUTS_VERSION,
    )
    return add_region(exercise=exercise, region=region)


def free_slug(name: str, code: str) -> str:
    slug = slugify(name)[:50] or code.lower()
    return slug if not Region.objects.filter(slug=slug).exists() else f"{slug}-{code.lower()}"


@transaction.atomic
def make_forms(*, exercise: Exercise) -> int:
    """One form for each team and each unit that has none. Raises NoQuestionnaire. Returns how many."""
    version = version_of(exercise=exercise)
    if version is None:
        raise NoQuestionnaire
    Exercise.objects.select_for_update().get(pk=exercise.pk)
    maps = RegionMap.objects.filter(exercise=exercise)
    there = set(forms_of(exercise=exercise).order_by().values_list("region_map", "unit"))
    units = TerritorialUnit.objects.filter(region_map__in=maps).values_list("region_map", "pk")
    wanted = [(pk, None) for pk in maps.values_list("pk", flat=True)] + list(units)
    invented = Provenance.INVENTED if exercise.project.is_demo else Provenance.AGREED
    rows = [
        Response(
            region_map_id=map_id,
            unit_id=unit_id,
            questionnaire_version=version,
            group=Group.UNIT if unit_id else Group.TEAM,
            provenance=invented,
        )
        for map_id, unit_id in wanted
        if (map_id, unit_id) not in there
    ]
    return len(Response.objects.bulk_create(rows))


@transaction.atomic
def open_round(*, exercise: Exercise) -> None:
    """Answers can be written. Raises NoRegion, NoQuestionnaire."""
    if not RegionMap.objects.filter(exercise=exercise).exists():
        raise NoRegion
    make_forms(exercise=exercise)
    Exercise.objects.filter(pk=exercise.pk).update(state=ExerciseState.OPEN)


def close_round(*, exercise: Exercise) -> None:
    """Nothing can be written any more; everything stays, and the round can be opened again."""
    Exercise.objects.filter(pk=exercise.pk, state=ExerciseState.OPEN).update(state=ExerciseState.CLOSED)
