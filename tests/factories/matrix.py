"""A small map with every kind of row, and the people around it."""

from dataclasses import dataclass
from typing import Any

from governance.models import Mandate, Opportunity
from mapping.enums import Role
from mapping.models import ActorService, ActorTie, Code, CodeList, NutsRegion, Strategy, UnitCode
from tests.factories.governance import SpaceFactory
from tests.factories.mapping import (
    ActorFactory,
    CapabilityFactory,
    PriorityFactory,
    RegionMapFactory,
    UnitFactory,
    member,
)

CODES = (
    ("nace", "C", "Manufacturing", 1),
    ("nace", "C10", "Manufacture of food products", 2),
    ("nace", "C21", "Manufacture of basic pharmaceutical products", 2),
    ("nace", "C26.1", "Manufacture of electronic components and boards", 3),
    ("ford", "2.2", "Electrical engineering, electronic engineering", 2),
    ("policy", "digital-transformation", "Digital transformation", 1),
)


def add_codes() -> dict[str, Code]:
    """A few codes of three lists, by their key."""
    made = {}
    for name, code, label, depth in CODES:
        code_list, _ = CodeList.objects.get_or_create(key=name, defaults={"title": name.upper()})
        made[f"{name}:{code}"] = Code.objects.create(
            code_list=code_list,
            key=f"{name}:{code}",
            code=code,
            label=label,
            depth=depth,
            search=label.lower(),
        )
    NutsRegion.objects.create(version="2021", code="PL91", name="Warszawski", level=2, country="PL")
    return made


@dataclass(frozen=True, kw_only=True)
class Matrix:
    region_map: Any
    codes: dict[str, Code]
    region: Any
    city: Any
    town: Any
    priority: Any
    strategy: Any
    capability: Any
    actor: Any
    tie: Any
    space: Any
    opportunity: Any
    lead: Any
    contributor: Any
    contact: Any
    observer: Any
    stranger: Any

    def rows(self) -> dict[str, Any]:
        names = ("priority", "strategy", "capability", "actor", "tie", "space", "opportunity")
        return {"unit": self.city} | {name: getattr(self, name) for name in names}


def matrix() -> Matrix:
    """A region with a city and a town in it; the contact stands for the city."""
    region_map = RegionMapFactory()
    codes = add_codes()
    region, city, town = (
        UnitFactory(region_map=region_map, name=name, kind=kind)
        for name, kind in (("Mazovia", "region"), ("Warsaw", "city"), ("Płock", "city"))
    )
    city.parents.add(region)
    town.parents.add(region)
    UnitCode.objects.create(unit=region, code="PL91")
    priority = PriorityFactory(region_map=region_map, name="Safe food")
    priority.codes.add(codes["nace:C10"])
    capability = CapabilityFactory(
        unit=city, name="Electronics", priority=priority, priority_answer="value", role="production"
    )
    capability.codes.add(codes["nace:C26.1"], codes["ford:2.2"])
    CapabilityFactory(
        unit=city, name="Advice", kind="horizontal", strength_answer="unanswered", strength=None
    )
    actor = ActorFactory(region_map=region_map, name="University")
    actor.units.add(city)
    ActorService.objects.create(actor=actor, kind="advice", offered_to="small firms")
    other = ActorFactory(region_map=region_map, name="Agency")
    tie = ActorTie.objects.create(region_map=region_map, source=actor, target=other, kind="member of")
    space = SpaceFactory(region_map=region_map, name="Council")
    space.units.add(region, city)
    Mandate.objects.create(space=space, topic=priority, role="decides", who="Marshal")
    opportunity = Opportunity.objects.create(region_map=region_map, topic="Share a laboratory")
    opportunity.units.add(town)
    return Matrix(
        region_map=region_map,
        codes=codes,
        region=region,
        city=city,
        town=town,
        priority=priority,
        strategy=Strategy.objects.create(region_map=region_map, unit=city, title="City strategy"),
        capability=capability,
        actor=actor,
        tie=tie,
        space=space,
        opportunity=opportunity,
        lead=member(Role.REGIONAL_LEAD, region_map),
        contributor=member(Role.CONTRIBUTOR, region_map),
        contact=member(Role.UNIT_CONTACT, region_map, city),
        observer=member(Role.OBSERVER, region_map),
        stranger=member(Role.REGIONAL_LEAD, RegionMapFactory()),
    )
