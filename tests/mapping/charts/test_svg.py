"""The shapes charts are made of, letter by letter."""

from mapping.charts.figure import Heading, Table, make_figure
from mapping.charts.legend import LegendItem, legend
from mapping.charts.lettering import NOTE, Type, lines_of_text, text
from mapping.charts.palette import paint
from mapping.charts.svg import element_id, esc, fixed_colours, frame, hatch, line, mark, px, rect, tip

INK = 'class="cf-ink" fill="#0f1b36"'


def test_numbers_are_as_short_as_they_can_be():
    assert [px(value) for value in (12, 12.04, 12.06, -0.02, 0.5)] == ["12", "12", "12.1", "0", "0.5"]


def test_text_is_escaped_and_loses_what_xml_forbids():
    assert esc("<a> & \"b\" 'c'\x00\x0b\ud800") == "&lt;a&gt; &amp; &quot;b&quot; &#x27;c&#x27;"


def test_ids_hold_no_character_that_needs_quoting():
    assert element_id('x" onload=y', "title") == "fig-x--onload-y-title"


def test_shapes():
    assert line(0, 1, 2, 3.25, paint(stroke="ink")) == (
        '<line x1="0" y1="1" x2="2" y2="3.2" class="cs-ink" fill="none" stroke="#0f1b36"/>'
    )
    assert rect(1, 2, -3, 4, paint(fill="ink")) == f'<rect x="1" y="2" width="0" height="4" {INK}/>'
    assert mark("circle", 5, 6, 7, paint(fill="ink")) == f'<circle cx="5" cy="6" r="7" {INK}/>'
    assert mark("square", 0, 0, 10, paint(fill="ink")) == f'<path d="M-8.6 -8.6h17.2v17.2h-17.2z" {INK}/>'
    assert (
        mark("diamond", 0, 0, 10, paint(fill="ink")) == f'<path d="M0 -12.2L12.2 0L0 12.2L-12.2 0z" {INK}/>'
    )
    assert mark("triangle", 0, 0, 10, paint(fill="ink")) == f'<path d="M0 -12L12 8.6L-12 8.6z" {INK}/>'


def test_words():
    assert text(1, 2, "a<b", Type(13, "ink", "end", True)) == (
        f'<text x="1" y="2" font-size="13" font-weight="650" text-anchor="end" {INK}>a&lt;b</text>'
    )
    # Two lines of 12 pixels, 15.48 apart and centred on 50: base lines at 50 - 7.74 + 4.32 and 15.48 below.
    assert lines_of_text(0, 50, ["a", "b"], NOTE) == (
        '<text font-size="12" class="cf-muted" fill="#55617a">'
        '<tspan x="0" y="46.6">a</tspan><tspan x="0" y="62.1">b</tspan></text>'
    )


def test_a_tip_is_a_link_only_to_a_page():
    assert tip("a&b", "<g/>") == "<g><title>a&amp;b</title><g/></g>"
    assert tip("a", "<g/>", "/x/?y=1&z") == '<a href="/x/?y=1&amp;z" aria-label="a"><title>a</title><g/></a>'
    assert tip("a", "<g/>", "javascript:alert(1)") == "<g><title>a</title><g/></g>"


def test_a_hatch_is_used_by_its_own_id():
    definition, look = hatch("k-narrow-")
    assert 'id="fig-k-narrow--hatch"' in definition
    assert look == 'fill="url(#fig-k-narrow--hatch)" stroke="#d6dce8" class="cs-line"'


def test_fixed_colours_take_the_classes_away():
    assert (
        fixed_colours(rect(0, 0, 1, 1, paint(fill="ink")))
        == '<rect x="0" y="0" width="1" height="1" fill="#0f1b36"/>'
    )


def test_the_frame_is_small():
    figure = make_figure(
        Heading(key="k", title="T", alt="A", language="el"), kind="bars", data={}, table=Table()
    )
    assert frame(figure, "<g/>", (10, 20.5), part="narrow-") == (
        '<svg xmlns="http://www.w3.org/2000/svg" class="chart chart-bars" viewBox="0 0 10 20.5" width="10" '
        'height="20.5" role="img" aria-labelledby="fig-k-narrow-title fig-k-narrow-desc" '
        'font-family="Inter STM, Inter, Noto Sans, DejaVu Sans, Arial, sans-serif" '
        'text-rendering="geometricPrecision" lang="el"><title id="fig-k-narrow-title">T</title>'
        '<desc id="fig-k-narrow-desc">A</desc><g/></svg>'
    )


def test_a_legend_flows_over_lines_and_measures_itself():
    items = [LegendItem("", "First word"), LegendItem("", "Second word"), LegendItem("", "Third")]
    wide, one_line = legend(items, width=760)
    narrow, three_lines = legend(items, width=110)
    assert (one_line, three_lines) == (18, 62)
    assert wide.count("<text") == narrow.count("<text") == 3
    assert legend([], width=760) == ("", 0.0)
