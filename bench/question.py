"""Row 3: the page of one question against the whole form on one page, as plain Django templates make it.

The yardstick has the first 60 questions of the same form, each with its scales and a text field, and nothing
else: no frame, no query, no rights. So it is what a form of one page costs at the least.
"""

import time
from collections.abc import Callable
from typing import Any

from bench.load import Latencies, get, rate
from bench.ratios import Ratio, median_ratio
from bench.site import regional_lead, team_response, web_port

QUESTIONS = 60
PAGES = 20  # of ours in one turn
ONE_PAGE = """<!doctype html><html><body><form method="post">
{% for step in steps %}{% with n=forloop.counter %}<fieldset id="q{{ n }}">
<legend>{{ step.question.code }} {{ step.question.title }}</legend>
<p>{{ step.question.text }}</p>{% if step.unit %}<p>{{ step.unit }}</p>{% endif %}
{% for text in step.question.rubric %}<label>
<input type="radio" name="level_{{ n }}" value="{{ forloop.counter }}"
{% if step.answer.level == forloop.counter %} checked{% endif %}>
{{ forloop.counter }} {{ text }}</label>{% endfor %}
{% for value, name in importance %}<label><input type="radio" name="importance_{{ n }}" value="{{ value }}"
{% if step.answer.importance == value %} checked{% endif %}> {{ name }}</label>{% endfor %}
<textarea name="explanation_{{ n }}" rows="3">{{ step.answer.explanation }}</textarea>
</fieldset>{% endwith %}{% endfor %}<button>Save</button></form></body></html>"""


def processor(work: Callable[[], Any]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


def measure() -> list[Ratio]:
    client, response = regional_lead(), team_response()
    from django.template import Context, engines  # after setup

    from governance.enums import Importance  # after setup: models
    from governance.selectors.responses import steps_of  # after setup: models

    steps = steps_of(response=response)[:QUESTIONS]
    template = engines["django"].from_string(ONE_PAGE).template
    context = {"steps": steps, "importance": Importance.choices}
    address = f"/workspace/responses/{response.pk}/1.1/"
    spent: list[float] = []

    def ours() -> float:
        spent.append(processor(lambda: [client.get(address) for _n in range(PAGES)]) / PAGES)
        return spent[-1]

    def whole_form() -> float:
        return processor(lambda: [template.render(Context(context)) for _n in range(PAGES)]) / PAGES

    value = median_ratio(ours, whole_form)
    took = pages_per_second(address, client.cookies["sessionid"].value)
    name = f"question page: processor ÷ {len(steps)} questions on one page"
    detail = f"{min(spent) * 1000:.1f} ms of the processor; {took}"
    return [Ratio(row=3, name=name, value=value, target=0.25, detail=detail)]


def pages_per_second(address: str, session: str) -> Latencies:
    """How long four people wait who open it without a pause."""
    took = Latencies()
    request = get(address, cookie=f"sessionid={session}")
    readers = [lambda line: line.ask(request)] * 4
    rate(web_port(), readers)  # each process reads its templates once
    rate(web_port(), readers, latencies=took)
    return took
