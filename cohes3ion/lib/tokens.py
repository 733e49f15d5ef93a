"""Secrets in addresses: whoever has one may do one thing. Only a hash is stored."""

import hashlib
import secrets


def new_token() -> str:
    """192 random bits for an address; nobody can read it again later."""
    return secrets.token_urlsafe(24)


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
