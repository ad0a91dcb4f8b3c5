from __future__ import annotations

from handlers.platforms.telegram.keys import Key, markup, rows


def labels(*names: str) -> list[list[str]]:
    return [[key.label for key in row] for row in rows([Key(name, "t") for name in names])]


def test_short_buttons_stand_together_and_long_ones_alone() -> None:
    assert labels("Yes", "No", "Later") == [["Yes", "No", "Later"]]
    assert labels("Friendlier", "More formal") == [["Friendlier", "More formal"]]
    assert labels("Not now", "Write to them in Swedish") == [["Not now"], ["Write to them in Swedish"]]


def test_one_that_matters_most_has_its_row_to_itself() -> None:
    made = rows([Key("Approve", "a", style="primary", alone=True), Key("Edit", "b"), Key("Not now", "c")])
    assert [len(row) for row in made] == [1, 2]


def test_buttons_as_telegram_takes_them() -> None:
    made = markup(
        rows(
            [Key("Go", "token", style="primary"), Key("Copy", copy="1058"), Key("Open", url="https://t.me/x")]
        )
    )
    assert made is not None
    assert made.to_dict()["inline_keyboard"] == [
        [
            {"text": "Go", "callback_data": "token", "style": "primary"},
            {"text": "Copy", "copy_text": {"text": "1058"}},
            {"text": "Open", "url": "https://t.me/x"},
        ]
    ]


def test_nothing_to_press_is_no_keyboard() -> None:
    assert markup(()) is None
