"""The kinds of rows this app adds to a map: spaces with their mandates, and opportunities."""

from django.utils.translation import gettext_lazy as _

from governance.models import GovernanceSpace, Mandate, Opportunity
from mapping.enums import Helix
from mapping.selectors.kinds import ORIGIN, RecordField, RecordKind, name_field

SPACE = RecordKind(
    name="space",
    model=GovernanceSpace,
    title="name",
    parts=(Mandate,),
    fields=(
        name_field(),
        RecordField(
            name="depth",
            shape="scale",
            hint=_("Choose the highest step the space has reached, not the one it was made for."),
            first=True,
        ),
        RecordField(name="units", shape="links", label=_("Units taking part"), target="unit", first=True),
        RecordField(name="helices", shape="choices", label=_("Helices taking part"), target=Helix),
        RecordField(
            name="all_topics",
            shape="flag",
            label=_("Deals with every priority"),
            hint=_("If not, choose its priorities below."),
            required=True,
        ),
        RecordField(name="topics", shape="links", label=_("Priorities it deals with"), target="priority"),
        RecordField(
            name="mandates",
            shape="mandates",
            label=_("Mandates"),
            hint=_("Who decides, advises or carries out. Leave the body empty to take a line away."),
            target="priority",
        ),
        RecordField(name="legal_basis", shape="text"),
        RecordField(name="started", shape="text", hint=_("The date as the source gives it.")),
        RecordField(name="meetings_per_year", shape="number"),
        RecordField(name="description", shape="long"),
        *ORIGIN,
    ),
)
OPPORTUNITY = RecordKind(
    name="opportunity",
    model=Opportunity,
    title="topic",
    fields=(
        name_field("topic"),
        RecordField(name="units", shape="links", label=_("Units concerned"), target="unit", first=True),
        RecordField(
            name="priority", shape="link", label=_("Regional priority"), target="priority", first=True
        ),
        RecordField(name="expected_benefit", shape="long"),
        *ORIGIN,
    ),
)
KINDS = (SPACE, OPPORTUNITY)
