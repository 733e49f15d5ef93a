from cohes3ion.accounts.models.mail import Mail, MailKind, MailState
from cohes3ion.accounts.models.programs import KEPT_FOR, AccessToken, KeptReply, RequestCount
from cohes3ion.accounts.models.user import User, UserManager

__all__ = [
    "KEPT_FOR",
    "AccessToken",
    "KeptReply",
    "Mail",
    "MailKind",
    "MailState",
    "RequestCount",
    "User",
    "UserManager",
]
