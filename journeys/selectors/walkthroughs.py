"""How mapping works, in eight pictures, and the video an operator may put beside them."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

KINDS = {".mp4": "video/mp4", ".webm": "video/webm"}
NAME = "mapping"


# Picture, title, words; where it leads, and how that is said.
STEPS: list[tuple[Any, ...]] = [
    (
        "levels",
        _("Draw the levels"),
        _(
            "A region is more than one place. Write down who is there: region, provinces, "
            "metropolis, cities, networks. You choose the levels; a unit may belong to several "
            "others. Say which strategies they have, and who decides."
        ),
    ),
    (
        "capabilities",
        _("Say who is strong in what"),
        _(
            "For each unit, its capabilities: fields of the economy, of science, of policy. How "
            "strong, from first actors to leading in Europe, and in which part of the value chain. "
            "What nobody knows stays open; it is never a zero."
        ),
    ),
    (
        "spaces",
        _("See who meets whom"),
        _(
            "Companies, universities, public bodies and citizens' groups, the services they offer, "
            "and the spaces in which levels meet: from passing on information to delivering "
            "together. A dashed line is a meeting that is missing."
        ),
    ),
    (
        "answers",
        _("Rate how the levels work together"),
        _(
            "The team, every unit and invited stakeholders answer the same statements, each on "
            "their own, from not in place to established. “We do not know” and “does not apply” are"
            " answers too."
        ),
    ),
    (
        "agree",
        _("Agree on what it means"),
        _(
            "Where the groups see things differently, they talk: that is a finding, not a fault. "
            "The stakeholder group reads the draft, names areas of improvement, and adopts the map "
            "with a date."
        ),
    ),
    (
        "findings",
        _("Read what the map says"),
        _(
            "Two analyses turn answers into findings: gaps between today and what your strategy "
            "needs, and synergies between units that could work together. Each number shows how it "
            "was made."
        ),
        "journeys:region_list",
        _("Look at the regions"),
    ),
    (
        "visit",
        _("Learn from somebody who solved it"),
        _(
            "Another region has often closed your gap already. Read its practice, visit it, write "
            "down what you take home. All of it goes into a document that policy makers read."
        ),
        "journeys:learning",
        _("Look at practices and journeys"),
    ),
    (
        "again",
        _("Act, then look again"),
        _(
            "An action plan says who does what until when. In the next round the same statements "
            "show whether the gap has become smaller."
        ),
        "journeys:plan_list",
        _("Look at the action plans"),
    ),
]


@dataclass(frozen=True, kw_only=True)
class WalkStep:
    picture: str
    title: str
    text: str
    url: str = ""
    link: str = ""


@dataclass(frozen=True, kw_only=True)
class Spoken:
    """Captions or a transcript in one language."""

    language: str
    label: str
    address: str = ""
    words: str = ""


@dataclass(frozen=True, kw_only=True)
class Video:
    address: str
    kind: str
    captions: list[Spoken]
    transcripts: list[Spoken]


@dataclass(frozen=True, kw_only=True)
class Walkthrough:
    steps: list[WalkStep]
    video: Video | None


def walkthrough() -> Walkthrough:
    return Walkthrough(steps=_steps(), video=_video())


def _steps() -> list[WalkStep]:
    return [
        WalkStep(
            picture=f"journeys/walk/_{name}.html",
            title=str(title),
            text=str(text),
            url=reverse(leads[0]) if leads else "",
            link=str(leads[1]) if leads else "",
        )
        for name, title, text, *leads in STEPS
    ]


def video_files() -> dict[str, Path]:
    """What the operator put into the folder, by name: mapping.mp4, mapping.en.vtt, mapping.en.txt."""
    folder = Path(settings.VIDEO_DIR)
    wanted = (*KINDS, ".vtt", ".txt")
    if not folder.is_dir():
        return {}
    return {
        path.name: path
        for path in sorted(folder.iterdir())
        if path.is_file() and path.suffix in wanted and path.name.startswith(f"{NAME}.")
    }


def _video() -> Video | None:
    """None without a film, and none without captions: a video nobody can read along is not shown."""
    files = video_files()
    film = next((name for name in files if Path(name).suffix in KINDS), None)
    captions = [_spoken(name, address=_address(name)) for name in files if name.endswith(".vtt")]
    if film is None or not captions:
        return None
    texts = [name for name in files if name.endswith(".txt")]
    return Video(
        address=_address(film),
        kind=KINDS[Path(film).suffix],
        captions=captions,
        transcripts=[_spoken(name, words=files[name].read_text(encoding="utf-8")) for name in texts],
    )


def _address(name: str) -> str:
    return reverse("journeys:walkthrough_file", args=[name])


def _spoken(name: str, *, address: str = "", words: str = "") -> Spoken:
    language = name.split(".")[1]
    try:
        label = get_language_info(language)["name_local"]
    except KeyError:
        label = language
    return Spoken(language=language, label=label, address=address, words=words)
