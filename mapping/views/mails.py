"""What became of the mails to the people one arranges."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from cohes3ion.accounts.outbox import post_again
from cohes3ion.lib.decorators import writes
from cohes3ion.lib.list_pages import Paginator
from mapping.selectors.people import mails_of
from mapping.views.people import arranged

PER_PAGE = 50


@login_required
def mail_list(request: HttpRequest, slug: str) -> HttpResponse:
    reach = arranged(request, slug)
    rows = mails_of(reach=reach).defer("text", "link")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "mapping/mail_list.html", {"reach": reach, "page": page})


@login_required
@writes("mapping.give_roles")
def mail_again(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    reach = arranged(request, slug)
    mail = get_object_or_404(mails_of(reach=reach), pk=pk)
    if post_again(mail=mail):
        messages.success(request, _("The mail to %(email)s is tried again.") % {"email": mail.to})
    else:
        messages.warning(request, _("This mail was sent, or it waits already. Nothing was changed."))
    return redirect("mapping:mail_list", slug=slug)
