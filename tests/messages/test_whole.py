from __future__ import annotations

import pytest
from jinja2 import DictLoader, Environment, StrictUndefined
from jinja2.exceptions import TemplateRuntimeError, UndefinedError

from messages.whole import part, whole

LAYOUT = (
    '{% import "parts" as say with context %}{{ say.greeting() }} '
    "{% block ask required %}{% endblock %}{% block close %}{{ say.close() }}{% endblock %}"
)
PARTS = """
{%- macro greeting() %}Hi{% if name %} {{ name }}{% endif %}{% endmacro %}
{%- macro close(by="Åsa", at="") %}; {{ by }}{{ at }}{% endmacro %}
{%- macro row(line) %}<{{ line }} {{ ago(line) }}>{% endmacro %}
{%- macro ago(line) %}{{ line }} days{% endmacro %}
{%- macro first() %}[{{ line }}]{% endmacro %}
{%- macro counted() %}{% set line = 9 %}{{ line }}{% endmacro %}
"""
FACTS = {"name": "Bo", "line": 1, "lines": (2, 3)}


def _environment(ask: str) -> Environment:
    child = '{% extends "layout" %}{% block ask %}' + ask + "{% endblock %}"
    sources = {"layout": LAYOUT, "parts": PARTS, "child": child, "bare": '{% extends "layout" %}'}
    return Environment(loader=DictLoader(sources), undefined=StrictUndefined)


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        ("pay", "Hi Bo pay; Åsa"),
        ("{{ say.row(7) }}", "Hi Bo <7 7 days>; Åsa"),
        ("{{ [say.row(line), say.ago(4)] | join(', ') }}", "Hi Bo <1 1 days>, 4 days; Åsa"),
        ("{% for line in lines %}{{ say.row(line) }}{{ say.first() }}{% endfor %}",
         "Hi Bo <2 2 days>[1]<3 3 days>[1]; Åsa"),
        ("{{ say.counted() }}{{ line }}", "Hi Bo 91; Åsa"),
        ("{% set line = 5 %}{{ line }}{{ say.first() }}", "Hi Bo 5[1]; Åsa"),
        ("{{ say.close('Bo') }}{{ say.close('Bo', '!') }}", "Hi Bo ; Bo; Bo!; Åsa"),
        ("{{ say.close(at='?') }}", "Hi Bo ; Åsa?; Åsa"),
        ("{% if line == 2 %}two{% elif line == 1 %}{{ say.first() }}{% endif %}", "Hi Bo [1]; Åsa"),
    ],
)  # fmt: skip
def test_a_whole_template_says_what_its_pieces_said(ask: str, said: str) -> None:
    environment = _environment(ask)
    assert environment.get_template("child").render(FACTS) == said
    assert whole(environment, "child").render(FACTS) == said


def test_a_whole_template_imports_nothing_when_it_is_rendered() -> None:
    environment = _environment("{{ say.first() }}")
    made = whole(environment, "child")
    environment.loader = None
    assert made.render(FACTS) == "Hi Bo [1]; Åsa"


def test_a_block_that_is_required_and_missing_is_told() -> None:
    with pytest.raises(TemplateRuntimeError, match="ask"):
        whole(_environment(""), "bare")


def test_what_is_not_said_is_still_an_error() -> None:
    with pytest.raises(UndefinedError, match="nobody"):
        whole(_environment("{{ nobody }}"), "child").render(FACTS)


@pytest.mark.parametrize(("name", "said"), [("ask", "[1]Bo"), ("close", "; Åsa")])
def test_one_block_of_a_template_or_of_its_layout_is_said_alone(name: str, said: str) -> None:
    made = part(_environment("{{ say.first() }}{{ name }}"), "child", name)
    assert made and made.render(FACTS) == said


def test_a_block_that_there_is_not_is_none() -> None:
    assert part(_environment(""), "child", "doors") is None
