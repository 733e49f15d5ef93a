"""The fields of a row as a form holds them, and what one may choose from."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from mapping.enums import AnswerKind
from mapping.models import Code, RegionMap
from mapping.selectors.kinds import KINDS, RecordField

FLAGS = {True: "yes", False: "no", None: ""}
# Short lists are offered whole; a code of a long one is searched for.
SHORT_LISTS = ("nabs", "ford", "policy")
Pairs = list[tuple[str, str]]


@dataclass(frozen=True, kw_only=True)
class Choices:
    """What links lead to, and codes by their list."""

    links: dict[str, Pairs] = field(default_factory=dict)
    codes: dict[str, Pairs] = field(default_factory=dict)

    def of_lists(self, lists: Iterable[str]) -> Pairs:
        return [pair for name in lists for pair in self.codes.get(name, [])]


def link_targets(fields: Iterable[RecordField]) -> list[str]:
    """The kinds of rows that these fields may lead to."""
    names = ["priority" if field.shape == "priority" else field.target for field in fields]
    return list(dict.fromkeys(name for name in names if name in KINDS and isinstance(name, str)))


def field_choices(
    *, region_map: RegionMap, fields: Iterable[RecordField], keys: Iterable[str] = ()
) -> Choices:
    """One query for each kind of row that is offered, and one for codes."""
    fields = list(fields)
    links = {
        name: [(str(row.pk), str(row)) for row in KINDS[name].model.objects.filter(region_map=region_map)]
        for name in link_targets(fields)
    }
    lists = {name for field in fields for name in field.lists}
    codes: dict[str, Pairs] = {name: [] for name in lists}
    if lists:
        short = Q(code_list__key__in=lists.intersection(SHORT_LISTS))
        wanted = Q(code_list__key__in=lists, key__in=list(keys))
        for code in Code.objects.filter(short | wanted).select_related("code_list"):
            codes[code.code_list.key].append((code.key, str(code)))
    return Choices(links=links, codes=codes)


def answer_value(value: Any, *, kind: str) -> str:
    """A value, or why there is none, in one word: "3", "no_information", or nothing when not answered."""
    if kind == AnswerKind.VALUE:
        return "" if value is None else str(value)
    return "" if kind == AnswerKind.UNANSWERED else str(kind)


def raw_value(row: Any, *, field: RecordField) -> Any:
    """A stored field as a form sends it."""
    name = field.name
    if field.shape in LINKED:
        return LINKED[field.shape](row, field=field)
    value = getattr(row, f"{name}_id") if field.shape == "link" else getattr(row, name, None)
    if field.shape == "flag":
        return FLAGS[value]
    if field.shape == "scale":
        return answer_value(value, kind=getattr(row, f"{name}_answer"))
    if field.shape == "priority":
        return answer_value(row.priority_id, kind=row.priority_answer)
    if field.shape == "choices":
        return list(value or [])
    if field.shape == "addresses":
        return "\n".join(str(line) for line in value or [])
    return "" if value is None else str(value)


def linked_rows(row: Any, *, field: RecordField) -> list[str]:
    return [str(other.pk) for other in getattr(row, field.name).all()]


def linked_codes(row: Any, *, field: RecordField) -> list[str]:
    return [code.key for code in row.codes.all() if code.key.partition(":")[0] in field.lists]


def nuts_text(row: Any, *, field: RecordField) -> str:
    usual = row.region_map.region.nuts_version
    codes = [(code.code, code.nuts_version) for code in row.nuts.all()]
    return ", ".join(code if version == usual else f"{code}/{version}" for code, version in codes)


def offered_services(row: Any, *, field: RecordField) -> dict[str, str]:
    return {service.kind: service.offered_to for service in row.services.all()}


def mandate_lines(row: Any, *, field: RecordField) -> list[dict[str, str]]:
    return [
        {"topic": str(line.topic_id or ""), "role": line.role, "who": line.who} for line in row.mandates.all()
    ]


LINKED: dict[str, Any] = {
    "links": linked_rows,
    "codes": linked_codes,
    "nuts": nuts_text,
    "services": offered_services,
    "mandates": mandate_lines,
}


def spoken_value(raw: Any, *, labels: dict[str, str]) -> str:
    """A value in words: the labels of what was chosen, or the text itself."""
    if isinstance(raw, dict):
        lines = [(labels.get(kind, kind), to) for kind, to in raw.items()]
        return "; ".join(f"{label} ({to})" if to else label for label, to in lines)
    if isinstance(raw, list):
        parts = [
            " · ".join(labels.get(word, word) for word in line.values() if word)
            if isinstance(line, dict)
            else labels.get(line, line)
            for line in raw
        ]
        return "; ".join(parts)
    return labels.get(raw, raw)
