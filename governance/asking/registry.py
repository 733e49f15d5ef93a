"""Every question type, in the order the editor offers them. A new type is a module here and a line below."""

from governance.asking.base import QuestionType
from governance.asking.choices import MULTIPLE_CHOICE, SINGLE_CHOICE
from governance.asking.dates import DATE
from governance.asking.frames import FILE, GROUP, MATRIX, NOTE
from governance.asking.numbers import NUMBER
from governance.asking.places import CODES, REGION, UNIT
from governance.asking.scale import SCALE
from governance.asking.texts import LONG_TEXT, SHORT_TEXT

TYPES: dict[str, QuestionType] = {
    kind.key: kind
    for kind in (
        SCALE,
        SINGLE_CHOICE,
        MULTIPLE_CHOICE,
        NUMBER,
        DATE,
        SHORT_TEXT,
        LONG_TEXT,
        FILE,
        REGION,
        UNIT,
        CODES,
        MATRIX,
        GROUP,
        NOTE,
    )
}
