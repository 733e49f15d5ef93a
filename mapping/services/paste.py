"""Rows pasted from a spreadsheet: read, checked row by row, and saved all together or not at all."""

import re
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cohes3ion.lib.authors import stored
from mapping.enums import AnswerKind, BatchKind, CapabilityKind, Strength
from mapping.models import Actor, Batch, Capability, Code, RegionalPriority, RegionMap, TerritorialUnit
from mapping.selectors.codes import found_codes
from mapping.selectors.twins import plain_name
from mapping.services.merging import merge_actors
from mapping.services.paste_actors import ActorReader, TieReader
from mapping.services.paste_tables import (
    PastedRow,
    PasteRefused,
    close_to,
    did_you_mean,
    digest,
    table,
    words_for,
)
from mapping.services.records import add_record, require_open

NONE_ON_PURPOSE = {"none", "none on purpose", "none, on purpose"}
UNKNOWN = {"unknown", "no information", "not known"}


class CapabilityReader:
    """What the rows may refer to, read once."""

    model = Capability
    needed: tuple[str, ...] = ("name",)
    names: Mapping[str, Any] = {
        "name": ("capability", gettext_lazy("Name"), gettext_lazy("capability")),
        "unit": ("territorial unit", gettext_lazy("Unit"), gettext_lazy("territorial unit")),
        "kind": (gettext_lazy("Kind"),),
        "economic": ("economic code", "nace", gettext_lazy("Economic code")),
        "strength": (gettext_lazy("Strength"),),
        "priority": (gettext_lazy("Priority"),),
    }

    def __init__(
        self,
        *,
        region_map: RegionMap,
        units: list[TerritorialUnit],
        decisions: Mapping[str, str] | None = None,
    ) -> None:
        self.units = {plain_name(unit.name): unit for unit in units}
        rows = RegionalPriority.objects.filter(region_map=region_map)
        self.priorities = {plain_name(row.name): row for row in rows}
        stored = Capability.objects.filter(region_map=region_map).values_list("unit_id", "name")
        self.taken = {(unit, plain_name(name)): name for unit, name in stored}
        self.seen: dict[tuple[int, str], int] = {}
        self.codes: dict[str, Code] = {}

    def read(self, text: str) -> list[PastedRow]:
        rows = table(text, names=self.names, needed=self.needed)
        self.codes = {
            code.code: code
            for code in Code.objects.filter(code__in=wanted_codes(rows), code_list__key="nace")
        }
        for row in (row for row in rows if not row.problems):
            for check in (self.unit, self.name, self.kind, self.economic, self.strength, self.priority):
                check(row)
        return rows

    def unit(self, row: PastedRow) -> None:
        typed = row.cells.get("unit", "")
        alone = next(iter(self.units.values())) if len(self.units) == 1 and not typed else None
        unit = alone or self.units.get(plain_name(typed))
        if unit is None:
            text = _("You cannot add to a unit called “%(name)s”. Choose one of: %(units)s.")
            units = ", ".join(unit.name for unit in self.units.values())
            row.problems.append(text % {"name": typed[:80], "units": units})
        else:
            row.values["unit"] = unit
            row.cells["unit"] = unit.name

    def name(self, row: PastedRow) -> None:
        name = row.cells.get("name", "")
        try:
            row.values["name"] = Capability._meta.get_field("name").clean(name, None)
        except ValidationError as wrong:
            row.problems.append(_("The name is missing.") if not name else " ".join(wrong.messages))
            return
        unit = row.values.get("unit")
        if unit is None:
            return
        key = (unit.pk, plain_name(name))
        if key in self.taken:
            text = _("There is already “%(name)s” in %(unit)s.")
            row.problems.append(text % {"name": self.taken[key], "unit": unit.name})
        elif key in self.seen:
            text = _("Rows %(first)d and %(second)d are the same.")
            row.problems.append(text % {"first": self.seen[key], "second": row.number})
        self.seen.setdefault(key, row.number)

    def kind(self, row: PastedRow) -> None:
        typed = plain_name(row.cells.get("kind", ""))
        row.values["kind"] = words_for(CapabilityKind.choices).get(typed or CapabilityKind.SECTORAL)
        if row.values["kind"] is None:
            row.problems.append(
                _("The kind is horizontal or sectoral, not “%(text)s”.") % {"text": typed[:40]}
            )

    def economic(self, row: PastedRow) -> None:
        wanted = economic_codes(row)
        row.codes = [self.codes[code] for code in wanted if code in self.codes]
        row.links["codes"] = [code.pk for code in row.codes]
        missing = [code for code in wanted if code not in self.codes]
        if missing:
            text = _("There is no economic code “%(codes)s”.") % {"codes": ", ".join(missing)[:80]}
            likely = found_codes(lists=["nace"], text=missing[0][:3]) if len(missing[0]) > 3 else []
            row.problems.append(did_you_mean(text, found=[str(code) for code in likely[:3]]))

    def strength(self, row: PastedRow) -> None:
        typed = plain_name(row.cells.get("strength", ""))
        steps = words_for(Strength.choices)
        plain = {"": AnswerKind.UNANSWERED, **words_for(KINDS_OF_NONE)}
        plain |= dict.fromkeys(UNKNOWN, AnswerKind.NO_INFORMATION)
        row.values["strength"] = steps.get(typed)
        row.values["strength_answer"] = AnswerKind.VALUE if typed in steps else plain.get(typed)
        if row.values["strength_answer"] is None:
            text = _(
                "Strength is a number from 1 to 5, “no information” or “does not apply”, not “%(text)s”."
            )
            row.problems.append(text % {"text": typed[:40]})

    def priority(self, row: PastedRow) -> None:
        typed = plain_name(row.cells.get("priority", ""))
        found = self.priorities.get(typed)
        plain = {"": AnswerKind.UNANSWERED}
        plain |= dict.fromkeys(NONE_ON_PURPOSE | {plain_name(_("none"))}, AnswerKind.DOES_NOT_APPLY)
        plain |= dict.fromkeys(UNKNOWN | {plain_name(_("unknown"))}, AnswerKind.NO_INFORMATION)
        row.values["priority"] = found
        row.values["priority_answer"] = AnswerKind.VALUE if found else plain.get(typed)
        if row.values["priority_answer"] is None:
            name = row.cells.get("priority", "")
            text = _("There is no priority called “%(name)s”. Write “none” if there is none on purpose.")
            known = {plain_form: priority.name for plain_form, priority in self.priorities.items()}
            row.problems.append(did_you_mean(text % {"name": name[:80]}, found=close_to(name, names=known)))

    def save(self, row: PastedRow, *, region_map: RegionMap, by: Any) -> Capability:
        capability: Capability = add_record(
            model=Capability,
            region_map=region_map,
            by=by,
            values=row.values,
            links={"codes": row.links["codes"]},
        )
        return capability


KINDS_OF_NONE = [(kind.value, kind.label) for kind in (AnswerKind.NO_INFORMATION, AnswerKind.DOES_NOT_APPLY)]
READERS: dict[str, Any] = {"capability": CapabilityReader, "actor": ActorReader, "tie": TieReader}


def economic_codes(row: PastedRow) -> list[str]:
    typed = re.split(r"[\s,;|+]+", row.cells.get("economic", ""))
    return [part.removeprefix("nace:").upper() for part in typed if part]


def wanted_codes(rows: list[PastedRow]) -> set[str]:
    return {code for row in rows for code in economic_codes(row)}


@transaction.atomic
def save_paste(
    *,
    kind: str,
    region_map: RegionMap,
    units: list[TerritorialUnit],
    text: str,
    by: Any,
    decisions: Mapping[str, str] | None = None,
) -> Batch:
    """Add every row, or none, as one batch that can be undone. Raises PasteRefused, MapClosed."""
    require_open(region_map)
    reader = READERS[kind](region_map=region_map, units=units, decisions=decisions or {})
    rows = reader.read(text)
    wanted = [row for row in rows if not row.is_left_out]
    if not wanted or any(row.is_wrong for row in rows):
        raise PasteRefused
    batch = Batch.objects.create(region_map=region_map, kind=BatchKind.PASTE, by=stored(by))
    made = [(row, reader.save(row, region_map=region_map, by=by)) for row in wanted]
    merged = merge_made(made, region_map=region_map, by=by, batch=batch)
    return finish(batch, kind=kind, made=[record for _row, record in made], merged=merged)


def merge_made(made: list[tuple[PastedRow, Any]], *, region_map: RegionMap, by: Any, batch: Batch) -> int:
    """Rows that somebody said are an actor of the map, or of a row above, become part of it. How many."""
    stands: dict[str, Any] = {}
    merged = 0
    for row, record in made:
        target = row.choice.chosen if row.choice is not None else ""
        keep = stands.get(target.removeprefix("as-")) if target.startswith("as-") else None
        if target.isdigit():
            keep = Actor.objects.get(pk=target, region_map=region_map)
        if keep is not None:
            keep.refresh_from_db()
            versions = (keep.version, record.version)
            merge_actors(keep=keep, gone=record, versions=versions, by=by, part_of=batch)
            merged += 1
        stands[digest(str(record))] = keep or record
    return merged


def finish(batch: Batch, *, kind: str, made: list[Any], merged: int) -> Batch:
    """What the undo needs to know: the rows with their versions, as the paste left them."""
    count = len(made) - merged
    names = {
        "capability": ngettext("%(n)d capability pasted", "%(n)d capabilities pasted", count),
        "actor": ngettext("%(n)d actor pasted", "%(n)d actors pasted", count),
        "tie": ngettext("%(n)d tie pasted", "%(n)d ties pasted", count),
    }
    batch.name = names[kind] % {"n": count}
    if merged:
        more = ngettext("%(n)d actor merged", "%(n)d actors merged", merged) % {"n": merged}
        batch.name = f"{batch.name}, {more}" if count else more
    stored = READERS[kind].model.objects.filter(pk__in=[record.pk for record in made]).order_by("pk")
    batch.content = {"rows": [[kind, pk, version] for pk, version in stored.values_list("pk", "version")]}
    batch.save(update_fields=["name", "content"])
    return batch
