from __future__ import annotations

from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from handlers.platforms.web.markup import joined, paragraphs, tag


class Reading(HTMLParser):
    """What a browser would take from a piece of HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: dict[str, str | None] = {}
        self.text = ""

    def handle_starttag(self, name: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append(name)
        self.attributes |= dict(attributes)

    def handle_data(self, text: str) -> None:
        self.text += text


def read(html: str) -> Reading:
    reading = Reading()
    reading.feed(html)
    reading.close()
    return reading


@given(st.text(alphabet=st.characters(exclude_characters="\r\x00", exclude_categories=["Cs"])))
def test_any_text_comes_back_as_the_same_text_and_never_as_markup(text: str) -> None:
    reading = read(tag("p", text, title=text))
    assert (reading.tags, reading.text, reading.attributes) == (["p"], text, {"title": text})


def test_markup_inside_markup_is_not_escaped_twice() -> None:
    assert tag("p", tag("b", "a & b"), " < c") == "<p><b>a &amp; b</b> &lt; c</p>"


def test_attributes_are_named_as_html_names_them_and_left_out_when_off() -> None:
    assert tag("input", class_="a", aria_label="b", required=True, checked=False, value=None) == (
        '<input class="a" aria-label="b" required>'
    )


def test_blank_lines_part_paragraphs_and_single_breaks_stay() -> None:
    assert paragraphs("One\r\ntwo\n\n\nThree\n") == "<p>One\ntwo</p><p>Three</p>"


def test_nothing_is_left_of_nothing() -> None:
    assert joined(None, "", None) == ""


def test_lines_of_a_phrase_and_what_it_does_are_a_list() -> None:
    lines = "today · what needs you\nundo · take it back\nreply: … · log <it> · now"
    assert paragraphs(f"{lines}\n\nDrop files here.") == (
        '<ul class="phrases"><li><b>today</b> · what needs you</li><li><b>undo</b> · take it back</li>'
        "<li><b>reply: …</b> · log &lt;it&gt; · now</li></ul><p>Drop files here.</p>"
    )
    assert paragraphs("Late · by a week\nThey always pay.\nWait · a day").startswith("<p>")
