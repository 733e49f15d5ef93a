"""Searching the code lists: as data for the field that is typed into, and as a page without a script."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from mapping.models import Code
from mapping.selectors.codes import found_codes, suggested_codes
from mapping.selectors.fields import raw_value
from mapping.selectors.records import RecordPage
from mapping.views.records import visible_record

LISTS = ("nace", "nabs", "ford", "policy")


def asked_lists(request: HttpRequest) -> list[str]:
    lists = [name for name in request.GET.get("lists", "").split(",") if name in LISTS]
    return lists or list(LISTS)


def as_data(codes: list[Code]) -> list[dict[str, str]]:
    return [{"key": code.key, "text": str(code)} for code in codes]


def target_of(request: HttpRequest) -> tuple[RecordPage, Any] | None:
    """The row and field that the codes are searched for ("capability-12-economic"), when it is named."""
    kind, _sep, rest = request.GET.get("for", "").partition("-")
    pk, _sep, name = rest.partition("-")
    if not (pk.isascii() and pk.isdigit() and len(pk) < 10):
        return None
    page = visible_record(request, kind, int(pk))
    spec = page.kind.field(name)
    return (page, spec) if spec is not None and spec.lists and page.writable else None


@login_required
def code_search(request: HttpRequest) -> HttpResponse:
    text = request.GET.get("q", "")[:80]
    target = target_of(request)
    lists = list(target[1].lists) if target else asked_lists(request)
    found = found_codes(lists=lists, text=text)
    if request.GET.get("format") == "json":
        suggested = suggested_codes(lists=lists, text=text) if not found else []
        return JsonResponse({"results": as_data(found), "suggestions": as_data(suggested)})
    context: dict[str, Any] = {
        "text": text,
        "lists": ",".join(lists),
        "found": found,
        "asked": request.GET.get("for", ""),
    }
    if target is not None:
        page, spec = target
        keys = raw_value(page.row, field=spec)
        chosen = list(Code.objects.filter(key__in=keys))
        suggested = suggested_codes(
            lists=lists, text=text or str(page.row), but=[*keys, *(c.key for c in found)]
        )
        context |= {"page": page, "spec": spec, "version": page.row.version_of(spec.name), "chosen": chosen}
        context |= {"found": [code for code in found if code.key not in keys], "suggested": suggested}
    return render(request, "mapping/code_search.html", context)
