"""Pictures lose what the camera wrote; their pixels stay."""

import io

import pytest
from PIL import Image, PngImagePlugin

from cohes3ion.lib.pictures import ORIENTATION, without_traces


def picture(kind: str, *, orientation: int = 1) -> bytes:
    image, target = Image.new("RGB", (8, 5), "teal"), io.BytesIO()
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    exif[0x010F] = "Camera of Ana"
    exif.get_ifd(0x8825)[1] = "N"
    text = PngImagePlugin.PngInfo()
    text.add_text("Author", "Ana Novak")
    image.save(target, kind, exif=exif, **({"pnginfo": text} if kind == "PNG" else {"comment": b"Ana"}))
    return target.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_traces_are_gone_and_pixels_stay(kind):
    before = picture(kind)
    after = without_traces(before)
    assert b"Ana" in before
    assert b"Ana" not in after
    with Image.open(io.BytesIO(before)) as old, Image.open(io.BytesIO(after)) as new:
        assert (new.tobytes(), dict(new.getexif())) == (old.tobytes(), {})


def test_a_turned_picture_stays_turned():
    with Image.open(io.BytesIO(without_traces(picture("JPEG", orientation=6)))) as new:
        assert dict(new.getexif()) == {ORIENTATION: 6}


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\nrest"])
def test_anything_else_stays_as_it_is(data):
    assert without_traces(data) == data
