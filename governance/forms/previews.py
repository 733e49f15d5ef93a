"""A question as people will see it, with the controls they answer with. Nothing is sent from here."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from governance.asking.definitions import check_question
from governance.asking.frames import cell_parts, cell_type
from governance.enums import Importance, Level
from governance.forms.controls import Cell, Control, make_control
from governance.models import Response
from governance.selectors.questionnaires import QuestionItem, SectionItem
from mapping.models import Project, RegionMap


@dataclass(frozen=True, kw_only=True)
class PreviewRow:
    title: str
    controls: list[Control]


@dataclass(frozen=True, kw_only=True)
class Preview:
    """`is_ready`: its settings are complete, so that its controls can be drawn."""

    item: QuestionItem
    is_ready: bool = True
    own: Control | None = None
    rows: list[PreviewRow] = field(default_factory=list)
    levels: list[dict[str, Any]] = field(default_factory=list)
    importances: list[dict[str, Any]] = field(default_factory=list)


def sample_response(*, project: Project) -> Response | None:
    """A response nobody gave, about the first region: for its regions and units to choose from."""
    region_map = RegionMap.objects.filter(exercise__project=project).order_by("-exercise_id", "pk").first()
    return Response(region_map=region_map) if region_map is not None else None


def preview_of(item: QuestionItem, *, response: Response | None) -> Preview:
    definition = {"code": item.code, "short": item.short or "–", "type": item.type}
    definition |= {"settings": dict(item.settings), "rubric": list(item.rubric)}
    if item.children:
        definition["questions"] = [{} for _child in item.children]
    needs_map = item.kind.source in ("regions", "units") and response is None
    if check_question(definition, group=None) or needs_map:
        return Preview(item=item, is_ready=False)
    given = response or Response()
    if item.type == "scale":
        return Preview(item=item, levels=levels(item), importances=importances(item))
    own = control(f"{item.code}.value", item, given, label=_("Your answer"))
    bare = item.type in ("note", "file") and not own.plain
    return Preview(item=item, own=None if bare else own, rows=rows_of(item, given))


def control(name: str, question: Any, response: Response, *, label: str) -> Control:
    return make_control(name, question=question, answer=None, response=response, form=None, label=label)


def rows_of(item: QuestionItem, response: Response) -> list[PreviewRow]:
    """Rows of a matrix with their cells; one entry of a group with its questions."""
    if item.type == "group":
        title = f"{item.settings.get('item') or _('Entry')} 1"
        controls = [
            control(f"{item.code}.item.{child.code}", child, response, label=child.title)
            for child in item.children
            if preview_of(child, response=response).is_ready
        ]
        return [PreviewRow(title=title, controls=controls)]
    if item.type != "matrix":
        return []
    rows: dict[str, PreviewRow] = {}
    for part, row, column in cell_parts(item.settings):
        cell = Cell(type=cell_type(column).key, settings={**column.get("settings", {}), "kinds": []})
        shown = rows.setdefault(row["code"], PreviewRow(title=row["label"], controls=[]))
        shown.controls.append(control(f"{item.code}.cell.{part}", cell, response, label=column["label"]))
    return list(rows.values())


def levels(item: QuestionItem) -> list[dict[str, Any]]:
    return [
        {"value": str(value), "label": label, "text": text, "lang": item.lang["rubric"]}
        for (value, label), text in zip(Level.choices, item.rubric, strict=True)
    ]


def importances(item: QuestionItem) -> list[dict[str, Any]]:
    return [{"value": str(value), "label": label} for value, label in Importance.choices]


def previews_of(sections: tuple[SectionItem, ...], *, response: Response | None) -> list[Any]:
    """Sections with the previews of their questions."""
    return [
        (section, [preview_of(item, response=response) for item in section.questions]) for section in sections
    ]
