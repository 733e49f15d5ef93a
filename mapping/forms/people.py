"""Giving a role, and accepting one."""

from typing import Any

from allauth.account.adapter import get_adapter
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from cohes3ion.accounts.addresses import one_address
from cohes3ion.accounts.models import User
from cohes3ion.lib.typed_texts import NOT_OFFERED
from mapping.enums import Role
from mapping.models import RoleInvitation
from mapping.models.membership import PARTNERSHIP_ROLES
from mapping.selectors.people import Reach
from mapping.validators import storable_text, visible_text


class RoleForm(forms.Form):
    """Only what this person may give: the choices are the rule, and a made-up value is no choice."""

    email = forms.CharField(
        label=_("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Enter the e-mail address of the person.")},
    )
    role = forms.ChoiceField(
        label=_("Role"),
        error_messages={"required": _("Choose a role."), "invalid_choice": NOT_OFFERED},
    )
    region = forms.ChoiceField(
        label=_("Region"), required=False, error_messages={"invalid_choice": NOT_OFFERED}
    )
    unit = forms.ChoiceField(
        label=_("Unit"),
        required=False,
        help_text=_("For a unit contact only."),
        error_messages={"invalid_choice": NOT_OFFERED},
    )
    language = forms.ChoiceField(
        label=_("Language of the invitation"),
        choices=settings.LANGUAGES,
        initial=settings.LANGUAGE_CODE,
        error_messages={"invalid_choice": NOT_OFFERED},
    )

    def __init__(self, *args: Any, reach: Reach, units: list[Any], region: Any = None, **more: Any) -> None:
        super().__init__(*args, **more)
        self.reach, self.units = reach, {str(unit.pk): unit for unit in units}
        self.regions = {str(row.pk): row for row in reach.regions}
        fields: dict[str, Any] = self.fields
        fields["role"].choices = [("", _("Choose")), *((role.value, role.label) for role in self.given())]
        none = [("", _("The whole partnership"))] if reach.whole else []
        if region is not None:
            fields["region"].initial = str(region.pk)
        elif len(self.regions) > 1 and not reach.whole:
            none = [("", _("Choose"))]
        fields["region"].choices = [*none, *((key, row.name) for key, row in self.regions.items())]
        if self.units:
            fields["unit"].choices = [("", _("None")), *((key, str(row)) for key, row in self.units.items())]
        else:
            del fields["unit"]

    def given(self) -> list[Role]:
        """Unit contacts are named on the page of a region, where its units are known."""
        return [role for role in self.reach.roles if self.units or role != Role.UNIT_CONTACT]

    def clean_email(self) -> str:
        address = one_address(self.cleaned_data["email"])
        check = forms.EmailField(
            error_messages={"invalid": _("Enter an e-mail address like name@example.eu.")}
        )
        return str(check.clean(address))

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        role, unit = data.get("role"), self.units.get(data.get("unit") or "")
        region = self.regions.get(data.get("region") or "")
        if role in PARTNERSHIP_ROLES and region is not None:
            self.add_error("region", _("This role is for the whole partnership. Choose no region."))
        if role and role not in PARTNERSHIP_ROLES and region is None:
            self.add_error("region", _("Choose the region in which the person has this role."))
        if role == Role.UNIT_CONTACT and unit is None:
            self.add_error("unit", _("Choose the unit that the person describes."))
        elif unit is not None and role and role != Role.UNIT_CONTACT:
            self.add_error("unit", _("Only a unit contact has a unit. Choose none, or the other role."))
        elif unit is not None and region is not None and unit.region_map.region_id != region.pk:
            self.add_error("unit", _("This unit lies in another region."))
        data["place"] = {"role": role, "project": self.reach.project, "region": region, "unit": unit}
        return data


class NewPersonForm(forms.Form):
    """The two things an account needs; the address is the one that was invited."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        validators=[storable_text, visible_text],
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Enter your name, as colleagues will see it.")},
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=256,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 12 characters. Several words are easy to remember."),
        error_messages={"required": _("Choose a password.")},
    )

    def __init__(self, *args: Any, invitation: RoleInvitation, **more: Any) -> None:
        super().__init__(*args, **more)
        self.invitation = invitation

    def clean_name(self) -> str:
        return " ".join(str(self.cleaned_data["name"]).split())

    def clean_password(self) -> str:
        person = User(email=self.invitation.email, name=self.data.get("name", "")[:120])
        return str(get_adapter().clean_password(self.cleaned_data["password"], user=person))
