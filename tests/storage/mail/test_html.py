from __future__ import annotations

import pytest

from storage.mail.html import text_of


def test_blocks_are_lines_and_runs_are_not() -> None:
    page = "<p>Hej <b>Åsa</b>,</p><div>vi betalar<br>på fredag.</div>"
    page += "<table><tr><td>1</td><td>2</td></tr></table>"
    assert text_of(page) == "Hej Åsa,\n\nvi betalar\npå fredag.\n\n1 2"


@pytest.mark.parametrize(
    "hidden",
    [
        '<div style="display:none">SECRET</div>',
        '<p style="DISPLAY : none ;">SECRET<b>SECRET</b></p>',
        '<span style="font-size:0px">SECRET</span>',
        '<span style="mso-hide:all">SECRET</span>',
        '<span style="visibility:hidden">SECRET</span>',
        '<div style="max-height:0;overflow:hidden">SECRET</div>',
        "<div hidden>SECRET</div>",
        "<!-- SECRET -->",
        "<style>SECRET {}</style>",
        "<script>SECRET</script>",
        "<head><title>SECRET</title></head>",
        "<template>SECRET</template>",
    ],
)
def test_what_nobody_sees_is_not_read(hidden: str) -> None:
    assert text_of(f"<html><body><p>Före</p>{hidden}<p>Efter</p></body></html>").split() == ["Före", "Efter"]


def test_what_follows_something_hidden_is_read() -> None:
    assert text_of('<p><span style="display:none">x</span>Hej</p>') == "Hej"


def test_small_and_large_letters_are_no_hidden_ones() -> None:
    assert text_of('<span style="font-size:0.9em">Hej</span>') == "Hej"


def test_a_quote_is_marked_as_in_plain_mail() -> None:
    page = "<div>Ja.</div><div>Den 22 nov skrev Åsa:</div><blockquote><p>Kan ni betala?</p></blockquote>"
    assert text_of(page).splitlines()[-1] == "> Kan ni betala?"


@pytest.mark.parametrize(
    "page", ["", "   ", "<", "<p", "<html></html>", '<?xml version="1.0" encoding="x"?>']
)
def test_a_page_that_says_nothing_is_empty(page: str) -> None:
    assert text_of(page).strip("<p") == ""


def test_no_depth_is_too_much() -> None:
    assert "Hej" in text_of("<div>" * 5000 + "Hej")
