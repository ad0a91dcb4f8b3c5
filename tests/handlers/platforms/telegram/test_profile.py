from __future__ import annotations

from tests.handlers.platforms.telegram.board import Board, InMemory
from tests.handlers.platforms.telegram.stand import of, running, stand, until


@running
async def test_the_menu_is_there_in_every_language_for_people_and_groups_and_set_once() -> None:
    drawer = InMemory()
    async with stand(Board(drawer)) as (api, _, _t):
        await until(lambda: "profile" in drawer.kept)
        menus = api.of("setMyCommands")
        codes = {(m["scope"]["type"], m.get("language_code")) for m in menus}
        kinds = ("all_private_chats", "all_group_chats")
        assert codes == {(k, c) for k in kinds for c in (None, "nb", "no", "sv", "da", "fi", "en")}
        norwegian = next(m for m in menus if m.get("language_code") == "no")
        assert {"command": "idag", "description": "Hva som trenger deg i dag"} in norwegian["commands"]
        assert len(api.of("setMyDescription")) == len(api.of("setMyShortDescription")) == 7
        again = of(api, Board(drawer))
        await again.start()
        await again.settled()
        assert len(api.of("setMyCommands")) == len(menus)
        await again.quiet()
        await again.stop()
