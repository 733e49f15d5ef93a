"""Actors and ties pasted from a spreadsheet; a name that may mean an actor of the map asks for a choice."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mapping.enums import CapabilityKind, Helix, Service
from mapping.models import Actor, ActorService, ActorTie, RegionMap, TerritorialUnit
from mapping.selectors.spelling_index import SpellingIndex
from mapping.selectors.twins import plain_name
from mapping.services.paste_tables import (
    Choice,
    PastedRow,
    close_to,
    did_you_mean,
    digest,
    parts,
    table,
    words_for,
)
from mapping.services.records import add_record

NEW, SKIP = "new", "skip"


class ActorReader:
    """Name, helix and what else may be known of an actor; read against the actors that are there."""

    model = Actor
    needed: tuple[str, ...] = ("name",)
    names: Mapping[str, Any] = {
        "name": ("actor", "organisation", gettext_lazy("Name"), gettext_lazy("actor")),
        "helix": ("sector", gettext_lazy("Helix")),
        "units": ("unit", "active in", gettext_lazy("Active in"), gettext_lazy("Unit")),
        "function": (gettext_lazy("Function"),),
        "services": ("service", gettext_lazy("Services offered")),
        "website": ("web", "url", gettext_lazy("Website")),
        "description": (gettext_lazy("Description"),),
    }

    def __init__(
        self, *, region_map: RegionMap, units: list[TerritorialUnit], decisions: Mapping[str, str]
    ) -> None:
        self.decisions = decisions
        rows = TerritorialUnit.objects.filter(region_map=region_map)
        self.units = {plain_name(unit.name): unit for unit in rows}
        self.actors = {plain_name(row.name): row for row in Actor.objects.filter(region_map=region_map)}
        self.spellings = SpellingIndex([actor.name for actor in self.actors.values()])
        self.seen: dict[str, PastedRow] = {}
        # The names of the paste, and at which places of it those stand that count.
        self.pasted = SpellingIndex([])
        self.places: dict[int, int] = {}

    def read(self, text: str) -> list[PastedRow]:
        rows = table(text, names=self.names, needed=self.needed)
        self.pasted = SpellingIndex([row.cells.get("name", "") for row in rows])
        self.places = {row.number: place for place, row in enumerate(rows)}
        for row in (row for row in rows if not row.problems):
            for check in (self.name, self.helix, self.active_in, self.function, self.services, self.texts):
                check(row)
        return rows

    def name(self, row: PastedRow) -> None:
        name = row.cells.get("name", "")
        if not self.clean(row, "name"):
            if not name:
                row.problems[:] = [_("The name is missing.")]
            return
        plain = plain_name(name)
        if plain in self.seen:
            told = {"first": self.seen[plain].number, "second": row.number}
            row.problems.append(_("Rows %(first)d and %(second)d are the same.") % told)
            return
        row.choice = self.choice_for(row, name)
        if not row.is_left_out:
            self.seen[plain] = row

    def choice_for(self, row: PastedRow, name: str) -> Choice | None:
        """Whether it is an actor of the map, or of a row above, under another spelling."""
        same = self.actors.get(plain_name(name))
        likely = [same.name] if same else self.spellings.alike(name)
        options = [
            (str(self.actors[plain_name(other)].pk), _("It is “%(name)s”: merge") % {"name": other})
            for other in likely
        ]
        counted = (self.places[other.number] for other in self.seen.values())
        above = [] if same else self.pasted.alike(name, among=counted)
        for other in above:
            told = {"name": other, "row": self.seen[plain_name(other)].number}
            options.append((f"as-{digest(other)}", _("It is “%(name)s” of row %(row)d: merge") % told))
        if not options:
            return None
        options += [] if same else [(NEW, _("Another actor: add it"))]
        options.append((SKIP, _("Leave this row out")))
        field = f"same-{digest(name)}"
        label = _("Row %(row)d, “%(name)s”") % {"row": row.number, "name": name}
        return Choice(name=field, label=label, options=options, chosen=self.decisions.get(field, ""))

    def clean(self, row: PastedRow, name: str) -> bool:
        try:
            row.values[name] = Actor._meta.get_field(name).clean(row.cells.get(name, ""), None)
        except ValidationError as wrong:
            row.problems += wrong.messages
            return False
        return True

    def helix(self, row: PastedRow) -> None:
        typed = row.cells.get("helix", "")
        row.values["helix"] = words_for(Helix.choices).get(plain_name(typed))
        if row.values["helix"] is None:
            labels = ", ".join(str(label) for label in Helix.labels)
            text = _("The helix is one of: %(labels)s; not “%(text)s”.")
            row.problems.append(text % {"labels": labels, "text": typed[:40]})

    def active_in(self, row: PastedRow) -> None:
        whole = self.units.get(plain_name(row.cells.get("units", "")))
        typed = [whole.name] if whole else parts(row.cells.get("units", ""))
        row.links["units"] = [
            self.units[plain_name(name)].pk for name in typed if plain_name(name) in self.units
        ]
        for name in (name for name in typed if plain_name(name) not in self.units):
            text = _("There is no unit called “%(name)s”.") % {"name": name[:80]}
            known = {plain: unit.name for plain, unit in self.units.items()}
            row.problems.append(did_you_mean(text, found=close_to(name, names=known)))

    def function(self, row: PastedRow) -> None:
        typed = plain_name(row.cells.get("function", ""))
        row.values["function"] = words_for(CapabilityKind.choices).get(typed) if typed else ""
        if row.values["function"] is None:
            text = _("The function is horizontal or sectoral, not “%(text)s”.")
            row.problems.append(text % {"text": typed[:40]})

    def services(self, row: PastedRow) -> None:
        words = words_for(Service.choices)
        typed = parts(row.cells.get("services", ""))
        row.links["services"] = list(
            dict.fromkeys(words[plain_name(one)] for one in typed if plain_name(one) in words)
        )
        for name in (one for one in typed if plain_name(one) not in words):
            text = _("There is no service called “%(name)s”.") % {"name": name[:60]}
            known = {plain_name(str(label)): str(label) for label in Service.labels}
            row.problems.append(did_you_mean(text, found=close_to(name, names=known)))

    def texts(self, row: PastedRow) -> None:
        self.clean(row, "description")
        typed = row.cells.get("website", "")
        if typed and "://" not in typed:
            row.cells["website"] = f"https://{typed}"
        before = len(row.problems)
        if not self.clean(row, "website"):
            del row.problems[before:]
            text = _("“%(text)s” is no web address. Write it like https://www.example.eu.")
            row.problems.append(text % {"text": typed[:80]})

    def save(self, row: PastedRow, *, region_map: RegionMap, by: Any) -> Actor:
        actor: Actor = add_record(
            model=Actor, region_map=region_map, by=by, values=row.values, links={"units": row.links["units"]}
        )
        ActorService.objects.bulk_create(
            ActorService(actor=actor, kind=kind) for kind in row.links["services"]
        )
        return actor


class TieReader:
    """From, to and the kind of a tie; both ends must be actors of the map."""

    model = ActorTie
    needed: tuple[str, ...] = ("from", "to")
    names: Mapping[str, Any] = {
        "from": ("source", gettext_lazy("From")),
        "to": ("target", gettext_lazy("To")),
        "kind": ("tie", gettext_lazy("Kind of tie"), gettext_lazy("Kind")),
    }

    def __init__(
        self, *, region_map: RegionMap, units: list[TerritorialUnit], decisions: Mapping[str, str]
    ) -> None:
        self.decisions = decisions
        self.actors = {plain_name(row.name): row for row in Actor.objects.filter(region_map=region_map)}
        self.spellings = SpellingIndex([actor.name for actor in self.actors.values()])
        self.likely: dict[str, list[str]] = {}
        self.by_pk = {str(row.pk): row for row in self.actors.values()}
        stored = ActorTie.objects.filter(region_map=region_map).values_list("source", "target", "kind")
        self.taken = {(source, target, plain_name(kind)) for source, target, kind in stored}
        self.seen: dict[Any, int] = {}
        # Names that are not on the map, each asked about once.
        self.choices: dict[str, Choice] = {}

    def read(self, text: str) -> list[PastedRow]:
        rows = table(text, names=self.names, needed=self.needed)
        for row in (row for row in rows if not row.problems):
            for check in (self.ends, self.kind, self.once):
                check(row)
        return rows

    def ends(self, row: PastedRow) -> None:
        for column, field in (("from", "source"), ("to", "target")):
            name = row.cells.get(column, "")
            actor = self.actors.get(plain_name(name)) if name else None
            if not name:
                row.problems.append(_("The name of an actor is missing."))
            elif actor is None:
                actor = self.decided(row, name)
            row.values[field] = actor
        source, target = row.values["source"], row.values["target"]
        if source is not None and source == target:
            row.problems.append(_("A tie joins two different actors. Choose another one."))

    def decided(self, row: PastedRow, name: str) -> Actor | None:
        """The actor that a person said this name means."""
        if name not in self.likely:
            self.likely[name] = self.spellings.alike(name) or self.spellings.close_to(name)
        likely = self.likely[name]
        if not likely:
            text = _("There is no actor called “%(name)s”. Paste or add the actor first.")
            row.problems.append(text % {"name": name[:80]})
            return None
        field = f"actor-{digest(name)}"
        choice = self.choices.setdefault(
            field,
            Choice(
                name=field,
                label=_("“%(name)s” is") % {"name": name},
                options=[(str(self.actors[plain_name(other)].pk), other) for other in likely],
                chosen=self.decisions.get(field, ""),
            ),
        )
        if choice.is_open:
            text = _("“%(name)s” is not on the map. Say above which actor it is.")
            row.waiting.append(text % {"name": name[:80]})
            return None
        return self.by_pk[choice.chosen]

    def kind(self, row: PastedRow) -> None:
        typed = row.cells.get("kind", "")
        if not typed:
            row.problems.append(_("The kind of tie is missing, for example: member of."))
            return
        try:
            row.values["kind"] = ActorTie._meta.get_field("kind").clean(typed, None)
        except ValidationError as wrong:
            row.problems += wrong.messages

    def once(self, row: PastedRow) -> None:
        ends = row.values.get("source"), row.values.get("target")
        if None in ends or "kind" not in row.values:
            return
        key = (ends[0].pk, ends[1].pk, plain_name(row.values["kind"]))
        if key in self.taken:
            row.problems.append(_("There is already a tie of this kind between the two."))
        elif key in self.seen:
            told = {"first": self.seen[key], "second": row.number}
            row.problems.append(_("Rows %(first)d and %(second)d are the same.") % told)
        self.seen.setdefault(key, row.number)

    def save(self, row: PastedRow, *, region_map: RegionMap, by: Any) -> ActorTie:
        tie: ActorTie = add_record(model=ActorTie, region_map=region_map, by=by, values=row.values)
        return tie
