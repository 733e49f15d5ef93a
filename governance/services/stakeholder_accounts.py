"""Stakeholders with an account find the form of their organisation under *My work* as well."""

from cohes3ion.accounts.models import User
from governance.models import PersonalLink, Response
from mapping.enums import MapState, Role
from mapping.models import RegionMap


def hand_out_forms(*, region_map: RegionMap) -> None:
    """Give the forms of invited organisations to the accounts of their addresses: two queries, one each form.

    The person holds the role of a stakeholder in the region. As behind a link, nobody begins before the draft
    is in consultation, so before that nothing is given.
    """
    if region_map.state != MapState.CONSULTATION:
        return
    links = PersonalLink.objects.filter(
        region_map=region_map, revoked_at=None, response__respondent=None
    ).exclude(email="")
    roles = {"memberships__role": Role.STAKEHOLDER, "memberships__region": region_map.region_id}
    people = {person.email.casefold(): person for person in User.objects.filter(is_active=True, **roles)}
    for link in links:
        person = people.get(link.email.casefold())
        if person is not None:
            Response.objects.filter(pk=link.response_id).update(respondent=person)
