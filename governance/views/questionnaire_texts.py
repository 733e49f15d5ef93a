"""Translations of a questionnaire, one language at a time, each text beside its original."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from governance.asking.translating import translation_parts
from governance.forms.parts import PartForm
from governance.models import QuestionnaireVersion
from governance.selectors.languages import language_choices
from governance.selectors.presence import draft_here
from governance.selectors.translations import row_kind, texts_page, translatable
from governance.views.questionnaires import EDIT, READ, tabs_of, visible_version
from mapping.models import Project


@login_required
def questionnaire_texts(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    project, version = visible_version(request, slug, pk, READ)
    language = request.GET.get("language", "")
    known = dict(language_choices())
    place = (language if language in known else "", request.GET.get("section", ""))
    return shown_texts(request, project, version, place=place)


def shown_texts(
    request: HttpRequest,
    project: Project,
    version: QuestionnaireVersion,
    *,
    place: tuple[str, str],
    form: PartForm | None = None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    """The texts of a section in one language (`place`: language, code); `form` holds what was refused."""
    names = dict(language_choices())
    own = {"project": project, "may_write": request.user.has_perm(EDIT, project)}
    page = texts_page(version=version, language=place[0], section=place[1], names=names, **own)
    items = [text_item(row, page.language, form) for row in (page.section.rows if page.section else [])]
    others = [pair for pair in names.items() if pair[0] != version.language]
    context = {"page": page, "items": items, "choices": others, "form": form, **more}
    context["refused_parts"] = form.shown() if form is not None else []
    context["here"] = draft_here(version=version, project=project, place="texts", user=request.user)
    context["tabs"] = tabs_of(project, version, here="questionnaire_texts")
    context["written_in"] = names.get(version.language, version.language)
    return render(request, "governance/questionnaire_texts.html", context, status=status)


def text_item(row: Any, language: str, form: PartForm | None) -> dict[str, Any]:
    """The texts of one row beside their translations, or as typed when they were refused."""
    own = form if form is not None and form.row == row else None
    own = own or PartForm(row=row, parts=translation_parts(translatable(row), language=language))
    shown = own.shown() if language else []
    return {"row": row, "kind": row_kind(row), "parts": shown, "is_refused": own is form}
