"""Who was invited to a map, as the regional lead may know it: how far each is, never what they answered."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.enums import Group, ResponseState
from governance.models import PersonalLink, Response
from mapping.enums import MapState
from mapping.models import RegionMap

SENT = Q(state__in=[ResponseState.SUBMITTED, ResponseState.APPROVED])


@dataclass(frozen=True, kw_only=True)
class InvitedOrganisation:
    link: PersonalLink

    @property
    def state(self) -> str:
        response = self.link.response
        if response is not None and not response.is_writable:
            return "submitted"
        if self.link.revoked_at is not None:
            return "cancelled"
        if self.link.expires_at is not None and self.link.expires_at <= timezone.now():
            return "overdue"
        return "draft" if response is not None and response.opened_at is not None else "open"

    @property
    def state_label(self) -> str:
        labels = {
            "submitted": _("Answers sent"),
            "cancelled": _("Taken back"),
            "overdue": _("Expired"),
            "draft": _("Started"),
            "open": _("Not opened yet"),
        }
        return labels[self.state]

    @property
    def may_be_revoked(self) -> bool:
        return self.link.revoked_at is None


@dataclass(frozen=True, kw_only=True)
class StakeholderPage:
    region_map: RegionMap
    invited: list[InvitedOrganisation]
    others: int
    others_sent: int

    @property
    def total(self) -> int:
        return self.others + sum(row.link.response_id is not None for row in self.invited)

    @property
    def sent(self) -> int:
        return self.others_sent + sum(row.state == "submitted" for row in self.invited)

    @property
    def may_invite(self) -> bool:
        return self.region_map.state in (MapState.DRAFT, MapState.CONSULTATION)


def stakeholder_page(*, region_map: RegionMap) -> StakeholderPage:
    """Two queries: the links with the state of their responses, and how many take part otherwise."""
    links = PersonalLink.objects.filter(region_map=region_map).select_related("response")
    others: dict[str, Any] = Response.objects.filter(
        region_map=region_map, group=Group.STAKEHOLDER, personal_link=None
    ).aggregate(total=Count("pk"), sent=Count("pk", filter=SENT))
    return StakeholderPage(
        region_map=region_map,
        invited=[InvitedOrganisation(link=link) for link in links.order_by("revoked_at", "organisation")],
        others=others["total"],
        others_sent=others["sent"],
    )
