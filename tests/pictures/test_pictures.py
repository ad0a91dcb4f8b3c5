"""The command makes the pictures that the documents show, and no others."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests.pictures.__main__ import ALBUM, main
from tests.pictures.camera import COLOURS, Camera


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.timeout(300)
def test_the_day_goes_on_every_surface_and_leaves_the_pictures_of_the_documents(tmp_path: Path) -> None:
    main(tmp_path)
    assert {each.name for each in tmp_path.iterdir()} == {each.name for each in ALBUM.iterdir()}


def test_a_picture_has_few_colours_and_is_the_same_each_time(tmp_path: Path) -> None:
    many, nobody = BytesIO(), None
    Image.linear_gradient("L").convert("RGB").save(many, "PNG")
    camera = Camera(nobody, tmp_path)  # type: ignore[arg-type]  # it keeps what another browser saw
    kept: list[Any] = []
    for _ in range(2):
        camera.keep("x", many.getvalue())
        kept.append((tmp_path / "x.png").read_bytes())
    colours = Image.open(tmp_path / "x.png").convert("RGB").getcolors()
    assert kept[0] == kept[1] and colours and len(colours) <= COLOURS
