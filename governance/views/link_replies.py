"""What a personal link answers to a save: stored, both texts, why not; nothing typed is lost."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from cohes3ion.lib.scripts import is_script
from cohes3ion.lib.versions import VersionMissing, text_version
from governance.forms.link_fields import shown_statements, text_fields
from governance.forms.personal_links import SentForms, sent_forms
from governance.models import Response
from governance.selectors.personal_links import (
    Visit,
    answers_page,
    area_version,
    asked_codes,
    own_response,
)
from governance.selectors.revisions import spoken_value, stored_value
from governance.services.answer_rows import NotAsked, ResponseClosed
from governance.services.personal_links import save_answers
from governance.services.stakeholder_texts import StaleField, save_texts


@dataclass(frozen=True, kw_only=True)
class Stored:
    """What became of a request: its forms, the version of the one field a script sent, or the refusal."""

    sent: SentForms
    version: str = ""
    refusal: HttpResponse | None = None


def address(request: HttpRequest, name: str = "personal_link") -> str:
    """A page of the link that this request opened."""
    return reverse(f"governance:{name}", args=[request.resolver_match.kwargs["token"]])


def context_of(request: HttpRequest, visit: Visit, **more: Any) -> dict[str, Any]:
    pages = ("start", "answers", "save", "send", "map", "comment", "withdraw")
    addresses = {page: address(request, f"personal_link_{page}") for page in pages}
    addresses["link"] = address(request)
    return {"visit": visit, "addresses": addresses, "project": visit.region_map.exercise.project, **more}


def answering(
    request: HttpRequest, visit: Visit, *, sent: SentForms | None = None, status: int = 200, **more: Any
) -> HttpResponse:
    """The one page with everything to answer, with what was typed after a refusal."""
    visit.response.refresh_from_db(fields=["comment"])
    page = answers_page(visit=visit)
    shown = {
        "page": page,
        "statements": shown_statements(page, sent=sent),
        **text_fields(visit.response, areas=page.areas, sent=sent),
    }
    context = context_of(request, visit, **shown, **more)
    return render(request, "governance/personal_link_answers.html", context, status=status)


def store(request: HttpRequest, visit: Visit) -> Stored:
    """Save everything that was accepted; one field that is stale or not accepted never keeps others back."""
    sent = sent_forms(request.POST, codes=asked_codes(visit.response))
    if not visit.may_answer:
        return Stored(sent=sent, refusal=closed(request, visit, sent))
    try:
        answers, stale = save_answers(link=visit.link, answers=sent.answer_changes())
        areas, comment = sent.area_changes(), sent.comment.change() if sent.comment else None
        if areas or comment:
            stale += save_texts(scope=own_response(visit.link), areas=areas, comment=comment)
    except VersionMissing:
        text = _("This page is out of date, so nothing was saved. Load it again; your text is still here.")
        problems = [{"text": text, "href": address(request, "personal_link_answers")}]
        return Stored(sent=sent, refusal=refused(request, visit, sent, status=428, problems=problems))
    except (ResponseClosed, NotAsked, Response.DoesNotExist):
        return Stored(sent=sent, refusal=closed(request, visit, sent))
    problems = sent.problems
    if stale:
        action = address(request, "personal_link_save")
        conflicts = [conflict_panel(field, sent, action=action) for field in stale]
        reply = refused(request, visit, sent, status=409, problems=problems, conflicts=conflicts)
        return Stored(sent=sent, refusal=reply)
    if problems:
        return Stored(sent=sent, refusal=refused(request, visit, sent, status=422, problems=problems))
    return Stored(sent=sent, version=version_now(sent, answers))


def version_now(sent: SentForms, answers: dict[str, Any]) -> str:
    """The version of the field a script sent, as it stands now."""
    for code, answer in answers.items():
        field = next(name for name in sent.answers[code].fields if name in sent.answers[code].data)
        return str(answer.version_of(field))
    return text_version_now(sent)


def text_version_now(sent: SentForms) -> str:
    """The version of an area or the comment that a script sent."""
    for area in sent.areas.values():
        return str(text_version(area.cleaned_data["area"], area.cleaned_data["theme"]))
    return str(text_version(sent.comment.cleaned_data["comment"])) if sent.comment else ""


def refused(
    request: HttpRequest, visit: Visit, sent: SentForms, *, status: int, **reason: Any
) -> HttpResponse:
    if is_script(request):
        return render(request, "governance/_personal_link_state.html", reason, status=status)
    return answering(request, visit, sent=sent, status=status, **reason)


def closed(request: HttpRequest, visit: Visit, sent: SentForms) -> HttpResponse:
    """Nothing can be written any more: why, and what was typed, for copying."""
    context = context_of(request, visit, typed=sent.typed)
    name = "_personal_link_refused" if is_script(request) else "personal_link_refused"
    return render(request, f"governance/{name}.html", context, status=409)


def conflict_panel(field: StaleField, sent: SentForms, *, action: str) -> dict[str, Any]:
    """Both values of a field that another window wrote, and what sends mine again."""
    if field.name == "comment":
        form, stored, version = sent.comment, field.stored.comment, text_version(field.stored.comment)
        inputs, mine = {"comment": form.typed("comment")}, form.typed("comment")
    elif field.name == "area":
        form, area = sent.areas[int(field.key)], field.stored
        stored, version, mine = (area.text if area else ""), area_version(area), form.typed("area")
        inputs = {f"{name}_{field.key}": form.typed(name) for name in ("area", "theme")}
    else:
        form, answer = sent.answers[field.key], field.stored
        stored = spoken_value(stored_value(answer, field=field.name), field=field.name)
        mine, version = spoken_value(form.typed(field.name), field=field.name), answer.version_of(field.name)
        inputs = {f"{field.name}_{field.key}": form.typed(field.name)}
    inputs[f"version_{next(iter(inputs))}"] = str(version)
    return {
        "key": f"{field.name}-{field.key}",
        "action": action,
        "stored": stored or _("(empty)"),
        "mine": mine or _("(empty)"),
        "inputs": inputs,
    }
