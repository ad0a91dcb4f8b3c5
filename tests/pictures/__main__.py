"""Make the pictures of the documents anew: `python -m tests.pictures`, or into another folder."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from tests.pictures import chats, web
from tests.pictures.camera import camera

ALBUM = Path(__file__).parents[2] / "docs/pictures"
FONTS = Path(__file__).with_name("fonts.conf")
LETTERS = Path("/usr/share/fonts/truetype/noto")
NEEDED = ("NotoSans-Regular.ttf", "NotoSerif-Regular.ttf", "NotoSansMono-Regular.ttf")


def main(album: Path) -> None:
    """Take every picture."""
    with camera(album) as ready:
        web.take(ready)
        chats.take(ready)


if __name__ == "__main__":
    if not all((LETTERS / name).exists() for name in NEEDED):
        sys.exit("Pictures need letters; on Debian: apt-get install chromium fonts-noto-core fonts-noto-mono")
    os.environ |= {"FONTCONFIG_FILE": str(FONTS), "PURR_REQUIRE_BROWSER": "1"}
    main(Path(sys.argv[1]) if sys.argv[1:] else ALBUM)
