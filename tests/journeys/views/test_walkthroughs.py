import pytest
from django.urls import reverse

from journeys.selectors.walkthroughs import STEPS

pytestmark = pytest.mark.django_db
ADDRESS = "journeys:walkthrough_detail"


@pytest.fixture
def folder(tmp_path, settings):
    settings.VIDEO_DIR = str(tmp_path)
    return tmp_path


def test_every_step_has_a_picture_and_words(client, folder, django_assert_num_queries):
    with django_assert_num_queries(0):
        html = client.get(reverse(ADDRESS)).content.decode()
    assert html.count('<svg class="walk-art"') == html.count("<figcaption") == len(STEPS) == 8
    assert "<video" not in html


def test_a_film_is_shown_with_captions_and_what_is_said(client, folder):
    (folder / "mapping.mp4").write_bytes(b"film")
    assert client.get(reverse(ADDRESS)).context["page"].video is None  # nobody could read along
    (folder / "mapping.el.vtt").write_text("WEBVTT")
    (folder / "mapping.el.txt").write_text("Χάρτης & <b>λόγια</b>")
    html = client.get(reverse(ADDRESS)).content.decode()
    assert 'srclang="el" label="Ελληνικά"' in html
    assert "Χάρτης &amp; &lt;b&gt;λόγια&lt;/b&gt;" in html
    reply = client.get(reverse("journeys:walkthrough_file", args=["mapping.mp4"]))
    assert (b"".join(reply.streaming_content), reply["Content-Type"]) == (b"film", "video/mp4")


@pytest.mark.parametrize("name", ["secret.txt", "mapping.exe", "..", "mapping.webm"])
def test_nothing_else_of_the_folder_is_served(client, folder, name):
    (folder / "secret.txt").write_text("secret")
    (folder / "mapping.exe").write_text("secret")
    assert client.get(reverse("journeys:walkthrough_file", args=[name])).status_code == 404
