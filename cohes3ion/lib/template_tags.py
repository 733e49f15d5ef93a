"""Tags every template may use without loading them."""

import datetime as dt
import re
from collections.abc import Sequence
from decimal import Decimal

from django import template
from django.utils import timezone
from django.utils.formats import date_format, number_format

register = template.Library()


@register.filter
def one_decimal(value: float | str | None) -> str:
    """A number as people read it: one decimal, the locale's comma, a true minus sign; a dash for none."""
    if value in (None, ""):
        return "–"
    return number_format(round(float(value), 1) + 0.0, decimal_pos=1, use_l10n=True).replace("-", "−")


@register.filter
def amount(value: Decimal | None) -> str:
    """A number with the decimals it has, up to four, as people read it; a dash for none."""
    if value in (None, ""):
        return "–"
    plain = Decimal(value).quantize(Decimal("0.0001")).normalize()
    places = max(0, -int(plain.as_tuple().exponent))
    return number_format(plain, decimal_pos=places, use_l10n=True, force_grouping=True).replace("-", "−")


@register.filter
def as_day(written: str | None) -> dt.date | None:
    """The day that frozen content keeps as text; none where it is none."""
    try:
        return dt.date.fromisoformat(written or "")
    except ValueError:
        return None


@register.filter
def moment(at: dt.datetime | None) -> str:
    """Day and time in the site's zone; the year as well when it is not this one."""
    if at is None:
        return ""
    local = timezone.localtime(at)
    same_year = local.year == timezone.localtime().year
    return date_format(local, "j M H:i" if same_year else "j M Y H:i")


@register.filter
def get(mapping: dict[object, object], key: object) -> object:
    """The value of a key that is only known in the template."""
    return mapping.get(key) if mapping else None


@register.filter
def initials(name: str) -> str:
    """Two letters for a person's mark: of the first and the last word, or of the address."""
    words = str(name or "").split("@")[0].replace(".", " ").split()
    letters = [word[0] for word in words if word[0].isalnum()]
    return (letters[0] + letters[-1] if len(letters) > 1 else "".join(words)[:2]).upper()


@register.filter
def share(value: float | None) -> str:
    """A share 0..1 as a whole percentage; a dash for none."""
    return "–" if value in (None, "") else f"{round(100 * float(value))} %"


# A number as pages write it: sign, digits with marks between them, an interval, a percent sign; or a dash.
NUMERIC = re.compile(r"[−+-]?\d[\d.,\s]*(\s?[–-]\s?[−+-]?\d[\d.,\s]*)?%?|–|")


@register.filter
def numeric_columns(rows: Sequence[Sequence[object]]) -> set[int]:
    """Which columns of a table hold nothing but numbers: those are set flush right, words flush left."""
    columns = list(zip(*rows, strict=False))[1:]
    return {
        place
        for place, cells in enumerate(columns, start=1)
        if all(NUMERIC.fullmatch(str(cell).strip()) for cell in cells)
    }


@register.simple_tag
def current_zone() -> str:
    """The zone in which this page tells the time, for scripts that tell it too."""
    return timezone.get_current_timezone_name()
