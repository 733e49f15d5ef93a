"""Short and long text, kept as typed."""

import re
from typing import Any

from governance.asking.base import QuestionType, Reader
from governance.asking.checks import check_whole, is_visible, require_storable
from governance.asking.problems import Problem, Refused, Settings, gettext_noop, wrong_type

# One pass, no going back: a long wrong address costs no more than reading it. Letters of every script; no
# brackets and colons, which come along when an address is copied out of a mail or a link.
NAME = r"[^@\s.,:;<>()\[\]\"\\]"
EMAIL = re.compile(rf"{NAME}+(?:\.{NAME}+)*@(?!-){NAME}{{1,63}}(?<!-)(?:\.(?!-){NAME}{{1,63}}(?<!-)){{1,20}}")
MOST_BEFORE_SIGN = 64


class ShortText(QuestionType):
    key = "short_text"
    label = gettext_noop("Short text")
    control = "text"
    small = True
    setting_names: tuple[str, ...] = ("max_length", "format")
    longest = 300
    formats: tuple[str, ...] = ("", "email")

    def check_settings(self, settings: Settings) -> list[Problem]:
        found = super().check_settings(settings)
        found += check_whole(settings, "max_length", low=1, high=self.longest)
        if settings.get("format", "") not in self.formats:
            text = gettext_noop("“format” can be “email” or nothing.")
            found.append(Problem(code="setting_format", text=text, path="format"))
        return found

    def limit(self, settings: Settings) -> int:
        return int(settings.get("max_length") or self.longest)

    def check(self, value: Any, *, settings: Settings, reader: Reader) -> Any:
        if not isinstance(value, str):
            raise wrong_type()
        text = value.replace("\r\n", "\n").replace("\r", "\n")
        require_storable(text)
        if not is_visible(text):
            sentence = gettext_noop("Write a text with at least one letter or number.")
            raise Refused(Problem(code="blank", text=sentence))
        if len(text) > self.limit(settings):
            sentence = gettext_noop("Write at most %(limit)s characters (you wrote %(length)s).")
            raise Refused(
                Problem(
                    code="max_length",
                    text=sentence,
                    params={"limit": self.limit(settings), "length": len(text)},
                )
            )
        if settings.get("format") == "email":
            return self.check_email(text)
        return text

    def check_email(self, text: str) -> str:
        address = text.strip()
        before = address.partition("@")[0]
        if len(address) > 254 or len(before) > MOST_BEFORE_SIGN or not EMAIL.fullmatch(address):
            sentence = gettext_noop("Write an e-mail address like name@region.eu.")
            raise Refused(Problem(code="email", text=sentence))
        return address


class LongText(ShortText):
    key = "long_text"
    label = gettext_noop("Long text")
    control = "textarea"
    small = False
    setting_names: tuple[str, ...] = ("max_length",)
    longest = 20_000
    formats: tuple[str, ...] = ("",)

    def limit(self, settings: Settings) -> int:
        return int(settings.get("max_length") or 5000)


SHORT_TEXT = ShortText()
LONG_TEXT = LongText()
