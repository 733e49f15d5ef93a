"""The sourced part of the demonstration: real units, strategies, bodies and spaces, row by row from JSON."""

import json
import random
from pathlib import Path
from typing import Any

from governance.models import GovernanceSpace, Mandate, Opportunity
from mapping.enums import AnswerKind, CapabilityStatus, ChainRole, Provenance
from mapping.models import (
    Actor,
    ActorService,
    ActorTie,
    Capability,
    Code,
    RegionalPriority,
    RegionMap,
    Strategy,
    TerritorialUnit,
    UnitCode,
    UnitParent,
)

DEMO = Path(__file__).resolve().parents[1] / "data" / "demo"


def read_demo(name: str) -> dict[str, Any]:
    return dict(json.loads((DEMO / f"{name}.json").read_text(encoding="utf-8")))


def region_names() -> list[str]:
    """Slugs of the demonstration regions that are shipped."""
    return sorted(path.stem for path in DEMO.glob("*.json") if "nuts" in read_demo(path.stem))


class MapFiller:
    """Fills one map from one region's file. What the file leaves open is invented and marked so."""

    def __init__(self, *, region_map: RegionMap, content: dict[str, Any], chance: random.Random) -> None:
        self.map = region_map
        self.content = content
        self.chance = chance
        self.codes: dict[str, int] = dict(Code.objects.values_list("key", "pk"))
        self.units: dict[str, TerritorialUnit] = {}
        self.priorities: dict[str, RegionalPriority] = {}
        self.actors: dict[str, Actor] = {}

    def fill(self) -> None:
        self.add_units()
        self.add_strategies()
        self.add_priorities()
        self.add_capabilities()
        self.add_actors()
        self.add_spaces()

    def common(self, item: dict[str, Any], position: int) -> dict[str, Any]:
        return {
            "region_map": self.map,
            "provenance": item.get("provenance", Provenance.SOURCED),
            "sources": item.get("source", []),
            "note": item.get("note") or "",
            "position": position,
        }

    def numbered(self, kind: str) -> Any:
        return enumerate(self.content.get(kind, []), start=1)

    def add_units(self) -> None:
        for position, item in self.numbered("units"):
            self.units[item["key"]] = TerritorialUnit(
                **self.common(item, position),
                key=item["key"],
                name=item["name"],
                kind=item["kind"],
                body_in_charge=item.get("body_in_charge") or "",
                competence=item.get("competence") or "",
            )
        TerritorialUnit.objects.bulk_create(self.units.values())
        items = self.content.get("units", [])
        UnitParent.objects.bulk_create(
            UnitParent(child=self.units[item["key"]], parent=self.units[parent])
            for item in items
            for parent in item.get("parents", [])
        )
        UnitCode.objects.bulk_create(
            UnitCode(unit=self.units[item["key"]], code=code)
            for item in items
            for code in item.get("nuts", [])
        )

    def add_strategies(self) -> None:
        self.strategies = [
            Strategy(
                **self.common(item, position),
                unit=self.units[item["unit"]],
                title=item["title"],
                kind=item.get("kind") or "",
                period=item.get("period") or "",
                adopted=item.get("adopted") or "",
                adopted_by=item.get("adopted_by") or "",
                content=item.get("content") or "",
                link=item.get("link") or "",
                is_current=item.get("is_current", True) is not False,
            )
            for position, item in self.numbered("strategies")
        ]
        Strategy.objects.bulk_create(self.strategies)

    def add_priorities(self) -> None:
        titles = {strategy.title: strategy for strategy in self.strategies}
        for position, item in self.numbered("priorities"):
            self.priorities[item["key"]] = RegionalPriority(
                **self.common(item, position),
                key=item["key"],
                name=item["name"],
                description=item.get("description") or "",
                strategy=titles.get(item.get("strategy") or ""),
            )
        RegionalPriority.objects.bulk_create(self.priorities.values())
        self.link_codes(
            RegionalPriority,
            "regionalpriority",
            self.content.get("priorities", []),
            list(self.priorities.values()),
        )

    def link_codes(self, model: Any, column: str, items: list[dict[str, Any]], rows: list[Any]) -> None:
        through = model.codes.through
        through.objects.bulk_create(
            through(**{f"{column}_id": row.pk, "code_id": self.codes[code]})
            for item, row in zip(items, rows, strict=True)
            for code in dict.fromkeys(item.get("codes", []))
        )

    def add_capabilities(self) -> None:
        rows = [self.capability(item, position) for position, item in self.numbered("capabilities")]
        Capability.objects.bulk_create(rows)
        self.link_codes(Capability, "capability", self.content.get("capabilities", []), rows)

    def capability(self, item: dict[str, Any], position: int) -> Capability:
        invented: dict[str, str] = {}
        answer, strength = self.invent_strength(invented)
        priority = self.priorities.get(item.get("priority") or "")
        linked = item.get("priority_answer") or (AnswerKind.VALUE if priority else AnswerKind.UNANSWERED)
        return Capability(
            **self.common(item, position),
            unit=self.units[item["unit"]],
            name=item["name"],
            kind=item["kind"],
            description=item.get("description") or "",
            status=item.get("status") or self.invent("status", CapabilityStatus.values, invented),
            role=item.get("role") or self.invent("role", ChainRole.values, invented),
            strength_answer=answer,
            strength=strength,
            priority=priority,
            priority_answer=linked,
            publicly_funded=self.invent_funding(item, invented),
            field_provenance=invented,
        )

    def invent(self, field: str, choices: list[str], invented: dict[str, str]) -> str:
        invented[field] = Provenance.INVENTED
        return self.chance.choice(choices)

    def invent_strength(self, invented: dict[str, str]) -> tuple[str, int | None]:
        """Mostly 2 to 4; one in ten is not known and one in twenty not answered."""
        invented["strength"] = Provenance.INVENTED
        draw = self.chance.random()
        if draw < 0.10:
            return AnswerKind.NO_INFORMATION, None
        if draw < 0.15:
            return AnswerKind.UNANSWERED, None
        return AnswerKind.VALUE, self.chance.choices([1, 2, 3, 4, 5], [8, 22, 32, 27, 11])[0]

    def invent_funding(self, item: dict[str, Any], invented: dict[str, str]) -> bool | None:
        if item.get("publicly_funded") is not None:
            return bool(item["publicly_funded"])
        invented["publicly_funded"] = Provenance.INVENTED
        return self.chance.choices([True, False, None], [50, 30, 20])[0]

    def add_actors(self) -> None:
        for position, item in self.numbered("actors"):
            self.actors[item["key"]] = Actor(
                **self.common(item, position),
                key=item["key"],
                name=item["name"],
                helix=item["helix"],
                function=item.get("function") or "",
                description=item.get("description") or "",
                website=item.get("website") or "",
            )
        Actor.objects.bulk_create(self.actors.values())
        items = self.content.get("actors", [])
        links = Actor.units.through
        links.objects.bulk_create(
            links(actor_id=self.actors[item["key"]].pk, territorialunit_id=self.units[unit].pk)
            for item in items
            for unit in dict.fromkeys(item.get("units", []))
        )
        ActorService.objects.bulk_create(
            ActorService(
                actor=self.actors[item["key"]],
                kind=service["kind"],
                offered_to=service.get("offered_to") or "",
            )
            for item in items
            for service in item.get("services", [])
        )
        ActorTie.objects.bulk_create(
            ActorTie(
                **self.common(item, position),
                source=self.actors[item["from"]],
                target=self.actors[item["to"]],
                kind=item["kind"],
            )
            for position, item in self.numbered("ties")
        )

    def add_spaces(self) -> None:
        for position, item in self.numbered("spaces"):
            self.add_space(item, position)
        for position, item in self.numbered("opportunities"):
            row = Opportunity.objects.create(
                **self.common(item, position),
                topic=item["topic"],
                expected_benefit=item.get("expected_benefit") or "",
            )
            row.units.set([self.units[unit] for unit in item.get("units", [])])

    def add_space(self, item: dict[str, Any], position: int) -> None:
        invented: dict[str, str] = {}
        depth = item.get("depth")
        if depth is None and self.chance.random() < 0.85:
            invented["depth"] = Provenance.INVENTED
            depth = self.chance.choices([1, 2, 3, 4, 5], [22, 34, 26, 12, 6])[0]
        topics = item.get("topics") or []
        space = GovernanceSpace.objects.create(
            **self.common(item, position),
            key=item["key"],
            name=item["name"],
            description=item.get("description") or "",
            helices=item.get("helices") or [],
            depth=depth,
            depth_answer=AnswerKind.VALUE if depth else AnswerKind.NO_INFORMATION,
            legal_basis=item.get("legal_basis") or "",
            started=str(item.get("started") or ""),
            meetings_per_year=item.get("meetings_per_year"),
            all_topics=topics == "all",
            field_provenance=invented,
        )
        space.units.set([self.units[unit] for unit in item.get("units", [])])
        if topics != "all":
            space.topics.set([self.priorities[topic] for topic in topics])
        Mandate.objects.bulk_create(
            Mandate(
                space=space,
                topic=self.priorities.get(mandate.get("topic") or ""),
                role=mandate["role"],
                who=mandate["who"],
            )
            for mandate in item.get("mandates", [])
        )
