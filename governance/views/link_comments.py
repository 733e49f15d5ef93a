"""The holder of a personal link reads the draft map and comments on it, in the browser that started."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from cohes3ion.lib.decorators import allow, writes
from governance.forms.consultations import MapCommentForm
from governance.selectors.consultations import CommenterPage, commenter_page, find_own_comment
from governance.selectors.personal_links import Visit
from governance.services.consultations import ConsultationClosed, remove_comment
from governance.views.drafts import asked_of, comment_form, is_looking, mine, say
from governance.views.link_replies import address, context_of
from governance.views.personal_links import personal


def own_page(request: HttpRequest, visit: Visit) -> CommenterPage:
    asked = asked_of(request)
    return commenter_page(region_map=visit.region_map, author={"link": visit.link}, asked=asked)


def link_page(
    request: HttpRequest,
    visit: Visit,
    page: CommenterPage,
    form: MapCommentForm,
    *,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    context = context_of(request, visit, page=page, form=form, **more)
    context["addresses"]["here"] = context["addresses"]["map"]
    return render(request, "governance/personal_link_map.html", context, status=status)


@personal
def personal_link_map(request: HttpRequest, visit: Visit) -> HttpResponse:
    if not visit.shows_comments:
        return redirect(address(request))
    page = own_page(request, visit)
    return link_page(request, visit, page, comment_form(request, page))


@writes("governance.take_part")
@personal
def personal_link_comment(request: HttpRequest, visit: Visit) -> HttpResponse:
    allow(request, "governance.take_part", visit.response)
    if not visit.shows_comments:
        return redirect(address(request))
    page = own_page(request, visit)
    if is_looking(request, page):
        return link_page(request, visit, page, comment_form(request, page))
    form = MapCommentForm(request.POST, page=page)
    status, sentence = say(page, form, author={"link": visit.link})
    if status != 302:
        problems = [{"text": sentence, "href": "#id_text"}] if sentence else []
        return link_page(request, visit, page, form, status=status, problems=problems)
    messages.success(request, sentence)
    return redirect(mine(page, here=address(request, "personal_link_map")))


@writes("governance.take_part")
@personal
def personal_link_withdraw(request: HttpRequest, visit: Visit) -> HttpResponse:
    allow(request, "governance.take_part", visit.response)
    pk = request.POST.get("comment", "")
    known = visit.is_owner and pk.isascii() and pk.isdigit() and len(pk) < 12
    comment = find_own_comment(pk=int(pk), author={"link": visit.link}) if known else None
    if comment is None:
        raise Http404
    try:
        remove_comment(comment=comment)
        messages.success(request, _("You took the comment back."))
    except ConsultationClosed:
        messages.warning(request, _("The comment was answered or the time is over, so it stays."))
    return redirect(address(request, "personal_link_map") + "#mine")
