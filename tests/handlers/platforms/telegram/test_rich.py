from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from handlers.platforms.telegram.rich import (
    Block,
    Span,
    block,
    clean,
    cut,
    html,
    pages,
    plain,
    shortened,
    size,
)
from tests.handlers.platforms.telegram.markup import parsed, units

SPANS = st.builds(Span, st.text(max_size=300), st.sampled_from(["", "b", "i", "code"]))
BLOCKS = st.builds(
    lambda spans, wrap, tight: block(*spans, wrap=wrap, tight=tight),
    st.lists(SPANS, min_size=1, max_size=4),
    st.sampled_from(["", "blockquote", "blockquote expandable"]),
    st.booleans(),
)


def words(text: str) -> str:
    return "".join(text.split())


@given(st.text())
def test_a_length_is_counted_as_telegram_counts_it(text: str) -> None:
    assert size(clean(text)) == units(clean(text))


@given(st.lists(BLOCKS, max_size=20), st.integers(20, 400))
def test_pages_are_within_the_limits_and_lose_no_word(blocks: list[Block], limit: int) -> None:
    made = pages(blocks, limit)
    for page in made:
        text, entities = parsed(html(page))
        assert text == plain(page)
        assert units(text) <= limit and len(entities) <= 100
    assert words("".join(map(plain, made))) == words("".join(plain((each,)) for each in blocks))


@given(st.text(), st.integers(2, 80))
def test_a_cut_keeps_everything_but_a_border_and_fits(text: str, room: int) -> None:
    head, rest = cut(clean(text), room)
    assert units(head) <= room
    assert words(head + rest) == words(clean(text))


@given(st.text(), st.integers(2, 80))
def test_what_is_shortened_fits_on_one_line(text: str, room: int) -> None:
    short = shortened(text, room)
    assert units(short) <= room and "\n" not in short


def test_a_long_text_is_cut_between_its_paragraphs() -> None:
    first, second = "Hej Nils. " * 6, "Vänligen. " * 6
    assert cut(f"{first}\n\n{second}", 80) == (first, second)


def test_a_letter_that_is_too_long_is_quoted_on_both_pages() -> None:
    made = pages([block("ord " * 2000, wrap="blockquote expandable")])
    assert len(made) == 2
    assert all(html(page).startswith("<blockquote expandable>") for page in made)


def test_a_page_of_many_marks_is_broken_before_telegram_drops_some() -> None:
    made = pages([block(Span(str(n), "b"), tight=True) for n in range(250)])
    assert [len(parsed(html(page))[1]) for page in made] == [100, 100, 50]
