"""A stored file is there whole or not at all."""

import pytest
from django.core.files.base import ContentFile

from cohes3ion.lib.whole_files import WholeFileStorage


class BreaksOff(ContentFile):
    def chunks(self, chunk_size=None):
        yield b"the first half"
        raise OSError(28, "No space left on device")


def test_file_is_stored_whole(tmp_path):
    storage = WholeFileStorage(location=tmp_path)
    name = storage.save("results/a", ContentFile(b"all of it"))
    assert (name, (tmp_path / name).read_bytes()) == ("results/a", b"all of it")
    assert storage.save("results/a", ContentFile(b"another")) != name


def test_file_that_breaks_off_leaves_nothing(tmp_path):
    storage = WholeFileStorage(location=tmp_path)
    with pytest.raises(OSError):
        storage.save("results/a", BreaksOff(b""))
    assert list((tmp_path / "results").iterdir()) == []
