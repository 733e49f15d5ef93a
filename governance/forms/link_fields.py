"""The fields of a stakeholder's one page as it shows them: stored, or as typed after a refusal."""

from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from cohes3ion.lib.versions import text_version
from governance.enums import Dimension, Group
from governance.forms.fields import ShownField, shown_fields
from governance.forms.personal_links import FIELDS, AreaForm, SentForms
from governance.models import PressingArea, Response
from governance.selectors.personal_links import AREAS, AnswersPage, area_version
from governance.selectors.responses import Step


@dataclass(frozen=True, kw_only=True)
class ShownStatement:
    number: int
    step: Step
    level: ShownField
    importance: ShownField
    explanation: ShownField


@dataclass(frozen=True, kw_only=True)
class ShownText:
    """An area (with its theme) or the comment: as stored, or as typed after a refusal."""

    key: str
    text: str
    was: str
    version: str
    error: str
    theme: str = ""
    was_theme: str = ""
    theme_error: str = ""


def shown_statements(page: AnswersPage, *, sent: SentForms | None = None) -> list[ShownStatement]:
    shown = []
    for number, step in enumerate(page.steps, start=1):
        code = step.question.code
        form = sent.answers.get(code) if sent else None
        fields = shown_fields(step=step, group=Group.STAKEHOLDER, form=form)
        named = {name: replace(fields[name], name=f"{name}_{code}") for name in FIELDS}
        shown.append(ShownStatement(number=number, step=step, **named))
    return shown


def text_fields(
    response: Response, *, areas: dict[int, PressingArea], sent: SentForms | None = None
) -> dict[str, Any]:
    """The three areas and the comment, as their fragment takes them."""
    shown = [
        shown_area(position, stored=areas.get(position), form=sent.areas.get(position) if sent else None)
        for position in AREAS
    ]
    return {
        "areas": shown,
        "comment": shown_comment(response, sent=sent),
        "themes": Dimension.choices,
    }


def shown_area(position: int, *, stored: Any, form: AreaForm | None) -> ShownText:
    text, theme = (stored.text, stored.dimension) if stored else ("", "")
    kept = form is not None and (form.typed("area"), form.typed("theme")) != (text, theme)
    return ShownText(
        key=str(position),
        text=form.typed("area") if form else text,
        was=text,
        version=form.data.get("version_area", "") if form and kept else str(area_version(stored)),
        error=str(form.errors["area"][0]) if form and "area" in form.errors else "",
        theme=form.typed("theme") if form else theme,
        was_theme=theme,
        theme_error=str(form.errors["theme"][0]) if form and "theme" in form.errors else "",
    )


def shown_comment(response: Response, *, sent: SentForms | None = None) -> ShownText:
    form = sent.comment if sent else None
    text = form.typed("comment") if form else response.comment
    kept = form is not None and text != response.comment
    return ShownText(
        key="",
        text=text,
        was=response.comment,
        version=form.data.get("version_comment", "")
        if form and kept
        else str(text_version(response.comment)),
        error=str(form.errors["comment"][0]) if form and form.errors else "",
    )


def unfinished_lines(missing: list[Any]) -> list[dict[str, str]]:
    """What keeps the answers from being sent, as sentences with a link to each place."""
    lines = []
    for row in missing:
        if isinstance(row, Step):
            text = _("Answer “%(name)s”.") % {"name": row.question.short}
            lines.append({"text": text, "href": f"#level_{row.question.code}-1"})
        else:
            text = _("Say in words what should improve in area %(n)d, or remove its theme.") % {
                "n": row.position
            }
            lines.append({"text": text, "href": f"#area_{row.position}"})
    return lines
