"""Personal access tokens: made, found, taken away."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone

from cohes3ion.accounts.models import AccessToken, User
from cohes3ion.lib.tokens import new_token, token_hash

MOST_TOKENS = 20
BEGINS = "stm_"  # so that a token is recognised when it turns up where it should not be


class TooManyTokens(Exception):
    """The person has as many tokens as one may have."""


@transaction.atomic
def make_token(*, user: Any, name: str, may_write: bool, days: int) -> tuple[AccessToken, str]:
    """The row, and the token itself, which nobody can read again. Raises TooManyTokens."""
    User.objects.select_for_update().get(pk=user.pk)
    if AccessToken.objects.filter(user=user).count() >= MOST_TOKENS:
        raise TooManyTokens
    token = BEGINS + new_token()
    row = AccessToken.objects.create(
        user=user,
        name=name,
        token_hash=token_hash(token),
        may_write=may_write,
        expires_on=timezone.localdate() + dt.timedelta(days=days),
    )
    return row, token


def find_token(token: str) -> AccessToken | None:
    """The valid token of an active person; that it was used today is noted, once a day."""
    row = AccessToken.objects.valid().select_related("user").filter(token_hash=token_hash(token)).first()
    today = timezone.localdate()
    if row is not None and row.last_used_on != today:
        AccessToken.objects.filter(pk=row.pk).update(last_used_on=today)
    return row


def revoke_token(*, user: Any, pk: int) -> bool:
    """Take a token of one's own away. False: there is none."""
    return bool(AccessToken.objects.filter(user=user, pk=pk).delete()[0])
