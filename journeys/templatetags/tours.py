"""The bar of a tour on any page, and the invitation to it at home."""

from typing import Any

from django import template

from journeys.selectors.tours import Stop, tour_stop, unseen_tour

register = template.Library()


@register.simple_tag(takes_context=True)
def tour_here(context: dict[str, Any]) -> Stop | None:
    """The stop the address names; None, without a query, for everybody who is on no tour."""
    request = context.get("request")
    if request is None or "tour" not in request.GET or not request.user.is_authenticated:
        return None
    number = request.GET.get("stop", "")
    if not (number.isascii() and number.isdigit() and len(number) < 3):
        return None
    return tour_stop(user=request.user, role=request.GET["tour"][:20], number=int(number))


@register.simple_tag(takes_context=True)
def tour_to_see(context: dict[str, Any]) -> Stop | None:
    """The first stop of a tour the person has not seen yet."""
    return unseen_tour(user=context["request"].user)
