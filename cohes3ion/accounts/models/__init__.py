from cohes3ion.accounts.models.mail import Mail, MailKind, MailState
from cohes3ion.accounts.models.user import User, UserManager

__all__ = ["Mail", "MailKind", "MailState", "User", "UserManager"]
