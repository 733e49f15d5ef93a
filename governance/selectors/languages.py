"""Languages in which texts can be written."""

from django.conf import settings

from governance.asking.xlsform_texts import NAMES


def language_choices() -> list[tuple[str, str]]:
    """The languages of this site first, then the others of Europe by their English names."""
    own = list(settings.LANGUAGES)
    others = [(code, name.capitalize()) for name, code in NAMES.items() if code not in dict(own)]
    return [*own, *sorted(others, key=lambda pair: pair[1])]
