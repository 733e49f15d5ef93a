"""The kinds of rows a map is made of, and how each of their fields is typed and stored.

This app's own kinds are named here. An app above adds its own with `register` when it starts, so that a row
of any kind is read and written through one page and one door, and nothing here knows who is above.
"""

from dataclasses import dataclass
from typing import Any, Literal

from django.utils.translation import gettext_lazy as _

from mapping.models import (
    Actor,
    ActorService,
    ActorTie,
    Capability,
    RegionalPriority,
    Strategy,
    TerritorialUnit,
    UnitCode,
    UnitParent,
)

Shape = Literal[
    *("text", "long", "address", "addresses", "choice", "choices", "flag", "number"),
    *("scale", "priority", "link", "links", "codes", "nuts", "services", "mandates"),
]


@dataclass(frozen=True, kw_only=True)
class RecordField:
    """One field as people see it. It is versioned under its name, whatever columns hold it."""

    name: str
    shape: Shape
    label: Any = ""
    hint: Any = ""
    # Asked first; the others unfold.
    first: bool = False
    # Only the regional team may change it: it moves a row from one unit to another.
    whole: bool = False
    required: bool = False
    # The kind of row a link leads to, the enumeration of choices, or the code lists.
    target: Any = None
    lists: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class RecordKind:
    name: str
    model: Any
    # The field that names a row, and within which other column no two rows may have the same name.
    title: str
    within: str = ""
    fields: tuple[RecordField, ...] = ()
    # Rows that are part of this one and go with it.
    parts: tuple[Any, ...] = ()
    # A unit's contact may add rows of this kind to the unit.
    of_unit: bool = False

    @property
    def label(self) -> str:
        return str(self.model._meta.verbose_name)

    def field(self, name: str) -> RecordField | None:
        return next((field for field in self.fields if field.name == name), None)


@dataclass(frozen=True, kw_only=True)
class Change:
    """What is to be written for one field: columns, linked rows, or rows that are part of this one."""

    field: RecordField
    values: dict[str, Any] | None = None
    links: list[Any] | None = None
    rows: list[dict[str, Any]] | None = None


KINDS: dict[str, RecordKind] = {}


# Models of the apps above whose rows name one of these by "kind" and "record_id".
NAMED_BY: list[Any] = []


def register(kind: RecordKind) -> None:
    KINDS[kind.name] = kind


def named_by(model: Any) -> None:
    """Rows of this model follow a row that becomes part of another (services/naming.py)."""
    NAMED_BY.append(model)


ECONOMIC = RecordField(
    name="economic",
    shape="codes",
    lists=("nace",),
    label=_("Economic code"),
    hint=_("NACE Rev. 2.1. Type a code or words of its name."),
    first=True,
)
SCIENTIFIC = RecordField(
    name="scientific",
    shape="codes",
    lists=("nabs", "ford"),
    label=_("Scientific code"),
    hint=_("NABS 2007 and FORD. Type a code or words of its name."),
)
POLICY = RecordField(
    name="policy",
    shape="codes",
    lists=("policy",),
    label=_("Policy objective"),
    hint=_("The ten objectives, in this product's own wording."),
)
# Where a row comes from: the same for every kind.
ORIGIN = (
    RecordField(
        name="provenance",
        shape="choice",
        label=_("Where it comes from"),
        hint=_("Sourced: a document says so. Agreed: the people concerned said so together."),
        required=True,
    ),
    RecordField(name="sources", shape="addresses", label=_("Sources"), hint=_("One web address per line.")),
    RecordField(name="note", shape="long"),
)


def name_field(name: str = "name") -> RecordField:
    return RecordField(name=name, shape="text", first=True, required=True)


UNIT = RecordKind(
    name="unit",
    model=TerritorialUnit,
    title="name",
    parts=(UnitParent, UnitCode),
    fields=(
        name_field(),
        RecordField(name="kind", shape="choice", first=True, required=True),
        RecordField(
            name="parents",
            shape="links",
            label=_("Lies in"),
            hint=_("The units it belongs to. There may be several."),
            target="unit",
            first=True,
            whole=True,
        ),
        RecordField(
            name="nuts",
            shape="nuts",
            label=_("NUTS codes"),
            hint=_("With commas between them: PL911, PL912. A code of another version: PL91/2024."),
        ),
        RecordField(name="body_in_charge", shape="text"),
        RecordField(name="competence", shape="choice"),
        *ORIGIN,
    ),
)
STRATEGY = RecordKind(
    name="strategy",
    model=Strategy,
    title="title",
    within="unit",
    of_unit=True,
    fields=(
        name_field("title"),
        RecordField(name="unit", shape="link", target="unit", first=True, whole=True, required=True),
        RecordField(name="kind", shape="choice", first=True),
        RecordField(name="period", shape="text", hint=_("For example 2021–2027.")),
        RecordField(name="adopted", shape="text", hint=_("The date as the source gives it.")),
        RecordField(name="adopted_by", shape="text"),
        RecordField(name="content", shape="long"),
        RecordField(name="link", shape="address"),
        RecordField(name="is_current", shape="flag", required=True),
        *ORIGIN,
    ),
)
PRIORITY = RecordKind(
    name="priority",
    model=RegionalPriority,
    title="name",
    fields=(
        name_field(),
        ECONOMIC,
        RecordField(name="description", shape="long"),
        RecordField(name="strategy", shape="link", label=_("Set in the strategy"), target="strategy"),
        SCIENTIFIC,
        POLICY,
        *ORIGIN,
    ),
)
CAPABILITY = RecordKind(
    name="capability",
    model=Capability,
    title="name",
    within="unit",
    of_unit=True,
    fields=(
        name_field(),
        ECONOMIC,
        RecordField(
            name="strength",
            shape="scale",
            hint=_("Choose the highest step you could show somebody: firms, projects, patents, awards."),
            first=True,
        ),
        RecordField(
            name="priority",
            shape="priority",
            label=_("Linked regional priority"),
            hint=_("“None, on purpose” is an answer. It is not the same as not knowing."),
            first=True,
        ),
        RecordField(name="unit", shape="link", target="unit", whole=True, required=True),
        RecordField(name="kind", shape="choice", required=True),
        RecordField(name="role", shape="choice"),
        RecordField(name="status", shape="choice"),
        SCIENTIFIC,
        POLICY,
        RecordField(name="publicly_funded", shape="flag"),
        RecordField(name="description", shape="long"),
        RecordField(name="source_document", shape="text"),
        *ORIGIN,
    ),
)
ACTOR = RecordKind(
    name="actor",
    model=Actor,
    title="name",
    parts=(ActorService,),
    fields=(
        name_field(),
        RecordField(name="helix", shape="choice", first=True, required=True),
        RecordField(name="units", shape="links", label=_("Active in"), target="unit", first=True),
        RecordField(name="function", shape="choice"),
        RecordField(name="services", shape="services", label=_("Services offered")),
        RecordField(name="description", shape="long"),
        RecordField(name="website", shape="address"),
        *ORIGIN,
    ),
)
TIE = RecordKind(
    name="tie",
    model=ActorTie,
    title="",
    fields=(
        RecordField(name="source", shape="link", label=_("From"), target="actor", first=True, required=True),
        RecordField(name="target", shape="link", label=_("To"), target="actor", first=True, required=True),
        RecordField(
            name="kind",
            shape="text",
            label=_("Kind of tie"),
            hint=_("For example: member of, funds, represented in."),
            first=True,
            required=True,
        ),
        *ORIGIN,
    ),
)
for _kind in (UNIT, STRATEGY, PRIORITY, CAPABILITY, ACTOR, TIE):
    register(_kind)
