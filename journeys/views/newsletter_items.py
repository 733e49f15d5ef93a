"""What is in a newsletter: chosen from the site or written for it, put in order, taken out."""

from functools import partial
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cohes3ion.accounts.sent_forms import once
from cohes3ion.lib.decorators import allow, writes
from journeys.forms.newsletters import WordsForm
from journeys.models import Newsletter, NewsletterItem
from journeys.selectors import newsletters as selectors
from journeys.selectors.newsletter_content import offers, ticked_offers
from journeys.services import newsletters as services
from journeys.services.rows import remove_row
from journeys.views.newsletter_desk import edit_context, item_place, own_newsletter, sent_already
from journeys.views.newsletters import found_newsletter
from journeys.views.rows import moved, removed, save_row, settled

MOST_SENT = 500  # ticks of one form


def too_many(refusal: services.TooManyItems) -> str:
    if not refusal.left:
        return _("The newsletter is full. Take something out first.")
    return ngettext(
        "A newsletter has 40 parts at most: %(n)d more can be added. Untick some.",
        "A newsletter has 40 parts at most: %(n)d more can be added. Untick some.",
        refusal.left,
    ) % {"n": refusal.left}


def _back(pk: int, place: str = "") -> str:
    return reverse("journeys:newsletter_edit", args=[pk]) + place


def own_item(request: HttpRequest, pk: int) -> NewsletterItem:
    item = selectors.find_item(pk=pk, user=request.user)
    if item is None:
        raise Http404
    allow(request, "journeys.write_news", item.newsletter)
    return item


@login_required
def newsletter_choose(request: HttpRequest, pk: int) -> HttpResponse:
    newsletter = own_newsletter(request, pk)
    if newsletter.sent_at is not None:
        return sent_already(request, newsletter)
    return _choose(request, newsletter, wanted=request.GET.get("q", ""))


def _choose(
    request: HttpRequest, newsletter: Newsletter, *, wanted: str, keys: Any = (), too_many: Any = None
) -> HttpResponse:
    """The page, with what was ticked before in a group of its own."""
    wanted, ticked = wanted.strip()[:100], ticked_offers(newsletter=newsletter, keys=keys) if keys else []
    context = {
        "newsletter": newsletter,
        "offers": offers(newsletter=newsletter, wanted=wanted, but=[row.key for row in ticked]),
        "ticked": ticked,
        "wanted": wanted,
        "too_many": too_many,
    }
    status = 422 if too_many else 200
    return render(request, "journeys/newsletter_choose.html", context, status=status)


@login_required
@writes("journeys.write_news")
def newsletter_take(request: HttpRequest, pk: int) -> HttpResponse:
    """Add what is ticked; the search button keeps the ticks and looks for more."""
    newsletter = own_newsletter(request, pk)
    keys = request.POST.getlist("take")[:MOST_SENT]
    try:
        if "look" in request.POST and newsletter.sent_at is None:
            return _choose(request, newsletter, wanted=request.POST.get("q", ""), keys=keys)
        n = services.add_items(newsletter=newsletter, keys=keys, by=request.user)
    except services.Sent:
        return sent_already(request, newsletter)
    except services.TooManyItems as refusal:
        return _choose(request, newsletter, wanted="", keys=keys, too_many=too_many(refusal))
    if not n:
        return settled(
            request,
            reverse("journeys:newsletter_choose", args=[pk]),
            _("Nothing was ticked that could be added."),
        )
    return settled(request, _back(pk, "#parts"), ngettext("%(n)d added.", "%(n)d added.", n) % {"n": n})


@login_required
@writes("journeys.write_news")
@once
def newsletter_words(request: HttpRequest, pk: int) -> HttpResponse:
    """An item of one's own words."""
    newsletter = own_newsletter(request, pk)
    form = WordsForm(request.POST)
    if form.is_valid():
        try:
            row = services.add_words(newsletter=newsletter, **form.cleaned_data, by=request.user)
        except services.Sent:
            return sent_already(request, newsletter)
        except services.TooManyItems as refusal:
            form.add_error("title", too_many(refusal))
        else:
            return settled(request, _back(pk, f"#part-{row.pk}"), _("Added."))
    elif newsletter.sent_at is not None:
        return sent_already(request, newsletter)
    context = edit_context(newsletter, words=form)
    return render(request, "journeys/newsletter_edit.html", context, status=422)


@login_required
@writes("journeys.write_news")
def newsletter_item_save(request: HttpRequest, pk: int) -> HttpResponse:
    item = own_item(request, pk)
    newsletter = found_newsletter(request, item.newsletter_id)
    if newsletter.sent_at is not None:
        return sent_already(request, newsletter)
    return save_row(request, item_place(newsletter, item))


@login_required
@writes("journeys.write_news")
def newsletter_item_move(request: HttpRequest, pk: int) -> HttpResponse:
    item = own_item(request, pk)
    back = _back(item.newsletter_id, f"#part-{item.pk}")
    try:
        return moved(request, back, partial(services.move_item, item=item))
    except services.Sent:
        return sent_already(request, item.newsletter)


@login_required
@writes("journeys.write_news")
def newsletter_item_remove(request: HttpRequest, pk: int) -> HttpResponse:
    item = own_item(request, pk)
    if item.newsletter.sent_at is not None:
        return sent_already(request, item.newsletter)
    back = _back(item.newsletter_id, "#parts")
    return removed(
        request,
        partial(remove_row, row=item),
        back=back,
        after=back,
        said=_("Taken out. It stays on the site."),
    )
