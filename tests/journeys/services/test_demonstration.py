"""The demonstration: complete, marked as invented, and removable without a trace."""

import pytest
from django.core.files.base import ContentFile

from cohes3ion.accounts.models import User
from governance.models import Answer, Evidence, MapEdition, Response
from journeys.models import ActionPlan, Document, Export
from journeys.selectors.chains import chain_of
from journeys.selectors.region_learning import region_learning
from journeys.services.demonstration import ReferenceMissing, create_demo, remove_demo
from mapping.models import Capability, Project, RegionMap
from mapping.services.reference import load_reference
from tests.factories.mapping import (
    ExerciseFactory,
    ProjectFactory,
    RegionMapFactory,
    UnitFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


def test_demonstration_is_made_as_described_and_taken_away():
    keep = UnitFactory(name="Not of the demonstration")
    load_reference()
    project = create_demo()
    assert create_demo().pk == project.pk
    states = RegionMap.objects.filter(exercise__project=project).values_list("state", flat=True)
    assert sorted(states) == ["consultation", "draft", *["published"] * 6]
    assert MapEdition.objects.count() == 6
    answers = Answer.objects.filter(response__region_map__exercise__project=project)
    assert set(answers.values_list("provenance", flat=True)) == {"invented"}
    kinds = set(answers.values_list("kind", flat=True))
    assert kinds == {"value", "no_information", "does_not_apply", "unanswered"}
    # A unit that never answered, in each region with more than two units.
    assert Response.objects.filter(group="unit", opened_at=None).count() >= 6
    rated = Capability.objects.filter(strength__isnull=False)
    assert {row.provenance_of("strength") for row in rated} == {"invented"}
    mazovias_chain_is_whole()
    assert remove_demo() is True
    assert remove_demo() is False
    assert list(Project.objects.all()) == [keep.region_map.exercise.project]
    assert User.objects.filter(is_demo=True).count() == 0
    assert Response.objects.count() == 0


def mazovias_chain_is_whole():
    """Both areas it chose lead to a practice, a visit, an action and a result that everybody sees."""
    assert ActionPlan.objects.published().get().region_map.region.slug == "mazovia"
    reader = UserFactory()
    page = region_learning(slug="mazovia", user=reader)
    lines = {line.area.dimension: line for line in chain_of(page=page, user=reader).lines}
    assert {code: line.missing for code, line in lines.items() if line.area.is_chosen} == {"E3": [], "E4": []}
    (council,) = lines["E3"].actions
    assert [item.percent for item in council.indicators] == [67]  # 6 of 9
    # The action names the very takeaway that stands in its area's chain, so both ways lead to the same visit.
    assert [row.visit.slug for row in council.takeaways] == ["bilbao"]
    assert council.takeaways == lines["E3"].takeaways
    (contest,) = lines["E4"].actions
    assert contest.takeaways == lines["E4"].takeaways
    assert {row.slug for row in lines["E3"].practices} == {"bizkaia-orekan"}


def with_files(exercise, region_map):
    """A document, a workbook and a piece of evidence, each with its file."""
    rows = [
        Document.objects.create(exercise=exercise, fingerprint="document"),
        Export.objects.create(exercise=exercise, fingerprint="workbook"),
        Evidence.objects.create(region_map=region_map, title="A paper", file="-"),
    ]
    for row in rows:
        row.file.save("file", ContentFile(b"the file"))
    return rows


def test_files_of_the_demonstration_go_with_it_and_no_others(
    settings, tmp_path, django_capture_on_commit_callbacks
):
    settings.MEDIA_ROOT = tmp_path
    exercise = ExerciseFactory(project=ProjectFactory(slug="cohes3ion", is_demo=True))
    with_files(exercise, RegionMapFactory(exercise=exercise))
    region_map = RegionMapFactory()
    others = {row.file.path for row in with_files(region_map.exercise, region_map)}
    nobodys = tmp_path / "results" / "named by no row"
    nobodys.write_text("of an operator")
    with django_capture_on_commit_callbacks(execute=True) as after_commit:
        assert remove_demo() is True
        assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 7, "gone before the commit"
    assert len(after_commit) == 1
    left = {str(path) for path in tmp_path.rglob("*") if path.is_file()}
    assert left == {*others, str(nobodys)}


def test_demonstration_needs_the_code_lists():
    with pytest.raises(ReferenceMissing):
        create_demo()
