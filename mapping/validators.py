"""Checks of typed text and values, shared by forms, services and models."""

from django.core.validators import URLValidator

from cohes3ion.lib.typed_texts import is_invisible, storable_text, visible_text, visible_words

__all__ = ["is_invisible", "storable_text", "visible_text", "visible_words", "web_address"]

web_address = URLValidator(schemes=["http", "https"])
