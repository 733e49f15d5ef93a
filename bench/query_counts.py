"""Row 7: queries of a page with the eight regions of the demonstration, and with sixty more."""

from collections.abc import Callable
from typing import Any

from bench.ratios import Ratio
from bench.site import demonstration, queries, regional_lead, team_response, visitor

MORE = 60
SCRIPT = {"HX-Request": "true"}


def add_regions() -> None:
    """Published regions with the content of Mazovia."""
    from governance.models import MapEdition  # after setup: models
    from mapping.models import Exercise  # after setup: models
    from tests.factories.mapping import RegionMapFactory  # after setup: models
    from tests.factories.region import publish  # after setup: models

    exercise = Exercise.objects.get()
    content = MapEdition.objects.filter(region_map__region__slug="mazovia").latest("pk").content
    for number in range(MORE):
        added = publish(RegionMapFactory(exercise=exercise))
        MapEdition.objects.filter(region_map=added).update(content=content, fingerprint=f"{number:064}")


def visits() -> dict[str, Callable[[], Any]]:
    from cohes3ion.accounts.services import demo_account  # after setup: models

    public, lead, coordinator = visitor(), regional_lead(), visitor()
    coordinator.force_login(demo_account(role="coordinator"))
    response = team_response()
    question = f"/workspace/responses/{response.pk}/1.1/"
    answer = response.answers.get(question__code="1.1", about_unit=None)
    version = str(answer.version_of("explanation"))

    def save() -> Any:
        nonlocal version
        sent = {"explanation": f"Word {version}", "version_explanation": version}
        reply = lead.post(f"{question}save/", sent, headers=SCRIPT)
        version = reply["X-Version"]
        return reply

    return {
        "start": lambda: public.get("/"),
        "regions": lambda: public.get("/regions/"),
        "diagnosis": lambda: public.get("/regions/mazovia/"),
        "question": lambda: lead.get(question),
        "autosave": save,
        "progress": lambda: coordinator.get("/workspace/exercises/cohes3ion-2020/progress/"),
    }


def counted(pages: dict[str, Callable[[], Any]]) -> dict[str, int]:
    """Each page is asked once before it counts: what the process keeps in memory is there."""
    return {name: (queries(visit), queries(visit))[1] for name, visit in pages.items()}


def measure() -> list[Ratio]:
    demonstration()
    from django.db import transaction  # after setup

    with transaction.atomic():
        pages = visits()
        few = counted(pages)
        add_regions()
        many = counted(pages)
        transaction.set_rollback(True)
    return [
        Ratio(
            row=7,
            name=f"{name}: queries at {8 + MORE} ÷ at 8 regions",
            value=many[name] / max(few[name], 1),
            target=1.0,
            detail=f"{many[name]} and {few[name]}",
        )
        for name in pages
    ]
