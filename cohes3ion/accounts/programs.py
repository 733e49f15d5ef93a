"""Who may ask the API, and how often: a token or a session, and a number of requests a minute."""

import time
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from cohes3ion.accounts.access_tokens import find_token
from cohes3ion.accounts.limits import MINUTE, SEARCHES, count_request, seconds_to_wait
from cohes3ion.accounts.models import AccessToken

IN_ADDRESSES = ("token", "access_token", "api_key", "auth_token")


class TokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer stm_...`, with a token made on the page of the account."""

    def authenticate(self, request: Request) -> tuple[Any, AccessToken] | None:
        if any(name in request.query_params for name in IN_ADDRESSES):
            raise AuthenticationFailed(
                _("A token in an address is not taken: addresses are logged. Send Authorization: Bearer.")
            )
        scheme, _space, token = get_authorization_header(request).partition(b" ")
        if scheme.lower() not in (b"bearer", b"token"):
            return None  # a session, nobody, or the password of a proxy in front
        row = find_token(token.strip().decode("ascii", "replace")) if scheme.lower() == b"bearer" else None
        if row is None:
            raise AuthenticationFailed(
                _("This token is not valid: it is misspelt, expired or revoked. Make one under your account.")
            )
        return row.user, row

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="api"'


class TokenInSchema(OpenApiAuthenticationExtension):
    target_class = TokenAuthentication
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer", "description": "A token made under your account."}


class MayWrite(BasePermission):
    """A token that may only read writes nothing; what the person may do is asked elsewhere."""

    def has_permission(self, request: Request, view: Any) -> bool:
        token = request.auth
        if isinstance(token, AccessToken) and not token.may_write and request.method not in SAFE_METHODS:
            raise PermissionDenied(_("This token may only read. Make one that may also write."))
        return True


class PerAccount(BaseThrottle):
    """So many requests a minute for one account, over all its programs and all processes of the site."""

    def allow_request(self, request: Request, view: Any) -> bool:
        if not request.user.is_authenticated:
            return True
        now = time.time()
        self.left = MINUTE - now % MINUTE
        return (
            count_request(key=f"api {request.user.pk}", minute=int(now // MINUTE)) <= settings.API_PER_MINUTE
        )

    def wait(self) -> float:
        return self.left


class Searches(BaseThrottle):
    """As many searches a minute as on the page of the search, counted together with those there."""

    def allow_request(self, request: Request, view: Any) -> bool:
        self.left = seconds_to_wait(request, SEARCHES)
        return not self.left

    def wait(self) -> float:
        return self.left
