from typing import Any
from uuid import uuid4

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.translation import get_language

from cohes3ion.accounts.letters import Letter
from cohes3ion.accounts.models import MailKind
from cohes3ion.accounts.outbox import post


class InvitedOnlyAdapter(DefaultAccountAdapter):
    """Accounts are made by invitation: nobody signs up by themselves. Mails go through the outbox."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_safe_url(self, url: str) -> bool:
        """Where to go on to, from the address of a page; what is no address at all is not safe either."""
        try:
            return bool(super().is_safe_url(url))
        except ValueError:
            return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        message = self.render_mail(template_prefix, email, context)
        post(
            Letter(
                key=f"account-{uuid4().hex}",
                kind=MailKind.ACCOUNT,
                to=email,
                subject=message.subject,
                text=message.body,
                language=get_language() or "en",
            )
        )
