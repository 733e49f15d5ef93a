"""P55: names in figures are text as well, in drawings, their tables and the pictures one can explore."""

from governance.models import MapEdition, RegionResult
from tests.access.test_typed_html import typed
from tests.access.world import build_world

RAN = """() => Boolean(document.querySelector("[onerror]"))
  || [...document.links].some((link) => link.protocol === "javascript:")"""


def test_p55_names_in_figures_never_run(page, live_server, transactional_db):
    world = build_world()
    for model, column in ((MapEdition, "content"), (RegionResult, "public")):
        for row in model.objects.all():
            model.objects.filter(pk=row.pk).update(**{column: typed(getattr(row, column))})
    dialogs = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    page.goto(f"/regions/{world.names()['published_region']}/")
    assert "<img src onerror" in page.locator("main").inner_text()
    page.evaluate("document.querySelectorAll('details').forEach((item) => (item.open = true))")
    for link in page.locator("a[data-explore]").all()[:3]:
        link.click()
        page.wait_for_selector(".js-plotly-plot .main-svg")
        plot = page.locator(".js-plotly-plot").last
        plot.hover()
        assert page.evaluate(RAN) is False
    assert (page.evaluate(RAN), dialogs) == (False, [])
    page.evaluate("document.querySelector('main').append(document.createElement('img'))")
    page.evaluate("document.querySelector('main > img').setAttribute('onerror', 'x')")
    assert page.evaluate(RAN) is True  # negative control: one that came through would be seen
