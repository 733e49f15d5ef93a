"""A round as its coordinator sets it up."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from cohes3ion.lib.search.words import search_text
from cohes3ion.lib.versions import text_version
from governance.enums import Group, QuestionnaireState
from governance.models import QuestionnaireVersion, Response
from governance.selectors.annexes import ANNEXES
from mapping.models import Exercise, NutsRegion, Project, Region, RegionMap

NUTS_VERSION = "2021"
FOUND = 20


@dataclass(frozen=True, kw_only=True)
class RoundRegion:
    region_map: RegionMap
    units: int
    forms: int


TITLES = {"criteria": _("Seven criteria of the enabling condition"), "wheel": _("RIS3 assessment wheel")}


@dataclass(frozen=True, kw_only=True)
class AskedAnnex:
    """An optional annex: how many teams have its form, of how many."""

    key: str
    title: str
    forms: int
    regions: int

    @property
    def is_open(self) -> bool:
        return self.forms < self.regions


@dataclass(frozen=True, kw_only=True)
class RoundPage:
    exercise: Exercise
    version: QuestionnaireVersion | None
    regions: list[RoundRegion]
    # Regions of the partnership that do not take part yet.
    others: list[Region]
    found: list[NutsRegion]
    text: str
    lacks_forms: bool
    annexes: list[AskedAnnex]
    settings_version: int


def asked_annexes(*, exercise: Exercise) -> list[AskedAnnex]:
    """The two annexes that ship, with how many teams have the form. Two queries."""
    rows = Response.objects.filter(region_map__exercise=exercise, group=Group.TEAM).order_by()
    key = "questionnaire_version__questionnaire__key"
    asked = dict(rows.filter(**{f"{key}__in": ANNEXES.values()}).values_list(key).annotate(n=Count("pk")))
    regions = RegionMap.objects.filter(exercise=exercise).count()
    return [
        AskedAnnex(key=name, title=str(TITLES[name]), forms=asked.get(found, 0), regions=regions)
        for name, found in ANNEXES.items()
    ]


def versions_for(*, user: Any, exercise: Exercise | None = None) -> QuerySet[QuestionnaireVersion]:
    """Published questionnaires that a round can ask; the one it asks stays a choice, whoever made it."""
    seen = Q(pk__in=QuestionnaireVersion.objects.visible_to(user).values("pk"))
    if exercise is not None:
        seen |= Q(pk__in=QuestionnaireVersion.objects.filter(exercises=exercise).values("pk"))
    rows = QuestionnaireVersion.objects.filter(
        seen, state=QuestionnaireState.PUBLISHED, questionnaire__is_annex=False
    )
    return rows.select_related("questionnaire").order_by("questionnaire__title", "-number")


def version_of(*, exercise: Exercise) -> QuestionnaireVersion | None:
    """The questionnaire that the round asks; the newest of several."""
    rows = QuestionnaireVersion.objects.filter(
        exercises=exercise, state=QuestionnaireState.PUBLISHED, questionnaire__is_annex=False
    )
    return rows.select_related("questionnaire").order_by("-pk").first()


def settings_version(*, exercise: Exercise, version: QuestionnaireVersion | None) -> int:
    """What a form of the settings was based on: a number made from what stands there."""
    columns = [exercise.name, exercise.opens_on, exercise.due_on, exercise.closes_at, exercise.time_zone]
    return text_version(*map(str, columns), str(version.pk if version else ""))


def nuts_found(text: str) -> list[NutsRegion]:
    """By the start of the code, or by a part of the name without accents."""
    if len(text.strip()) < 2:
        return []
    asked = Q(code__istartswith=text.strip()) | Q(search__contains=search_text(text))
    return list(NutsRegion.objects.filter(asked, version=NUTS_VERSION).order_by("level", "code")[:FOUND])


def arranged_project(*, slug: str, user: Any) -> Project | None:
    return Project.objects.filter(slug=slug, memberships__user=user).distinct().first()


def forms_of(*, exercise: Exercise) -> QuerySet[Response]:
    """The forms of teams and units, without those of annexes."""
    return Response.objects.filter(
        region_map__exercise=exercise,
        group__in=[Group.TEAM, Group.UNIT],
        questionnaire_version__questionnaire__is_annex=False,
    )


def round_page(*, exercise: Exercise, text: str) -> RoundPage:
    """The round with its regions: seven queries for any number of them."""
    maps = RegionMap.objects.filter(exercise=exercise).select_related("region")
    version = version_of(exercise=exercise)
    maps = maps.annotate(unit_count=Count("units", distinct=True))
    forms = dict(forms_of(exercise=exercise).order_by().values_list("region_map").annotate(count=Count("pk")))
    rows = [RoundRegion(region_map=row, units=row.unit_count, forms=forms.get(row.pk, 0)) for row in maps]
    taking_part = [row.region_map.region_id for row in rows]
    return RoundPage(
        exercise=exercise,
        version=version,
        settings_version=settings_version(exercise=exercise, version=version),
        regions=rows,
        others=list(Region.objects.filter(project=exercise.project_id).exclude(pk__in=taking_part)),
        found=nuts_found(text),
        text=text,
        annexes=asked_annexes(exercise=exercise),
        lacks_forms=any(row.forms < row.units + 1 for row in rows),
    )
