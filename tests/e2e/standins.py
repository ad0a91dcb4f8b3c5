"""The stand-ins: Slack's Web API with state behind a recorder and Socket Mode, and a strict Bot API."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.e2e.ground import BUILD, JUDGE, ROOT, free_port
from tests.e2e.running import program
from tests.e2e.tape import Tape

PERSON_TOKEN = "xoxb-dunning"  # the stand-in's own: it acts as Ana
SIGNING_SECRET = "s3cret"
CLIENT_ID, CLIENT_SECRET = "111.222", "cs"
BOT_TOKEN = "123456:TEST-e2e"


@dataclass(frozen=True)
class Slack:
    """Where Slack stands: the workspace itself, what the product is shown of it, and the tape."""

    workspace: str
    api: str
    bridge: str
    tape: Tape

    @property
    def authorize(self) -> str:
        """The page on which a person lets the app in."""
        return f"{self.workspace}/oauth/v2/authorize"


@dataclass(frozen=True)
class Telegram:
    """Where Telegram stands, and the tape."""

    control: str
    front: str
    tape: Tape

    @property
    def api(self) -> str:
        """The address of the Bot API, up to the token."""
        return f"{self.front}/bot"

    @property
    def files(self) -> str:
        """The address of files, up to the token."""
        return f"{self.front}/file/bot"


@contextmanager
def slack(folder: Path, redirect: str, fail: str = "") -> Iterator[Slack]:
    """A workspace of its own; `fail` as the recorder has it: `chat.postMessage:429:1`."""
    emulate, proxy, bridge = free_port(), free_port(), free_port()
    calls = folder / "slack.jsonl"
    upstream, recorder = f"http://127.0.0.1:{emulate}", f"http://127.0.0.1:{proxy}"
    node = ["node", str(BUILD / "emulate_slack.mjs"), str(emulate), PERSON_TOKEN, redirect]
    record = [sys.executable, str(JUDGE / "record_proxy.py"), str(proxy), upstream, str(calls)]
    socket = [sys.executable, str(JUDGE / "slack_socket_bridge.py"), str(bridge), recorder]
    with ExitStack() as stack:
        stack.enter_context(program("emulate", node, folder, emulate))
        stack.enter_context(program("record_proxy", record, folder, proxy, FAIL=fail))
        stack.enter_context(program("socket_bridge", socket, folder, bridge))
        base = f"http://127.0.0.1:{bridge}"
        yield Slack(upstream, f"{base}/api/", base, Tape(calls))


@contextmanager
def telegram(folder: Path) -> Iterator[Telegram]:
    """A Bot API of its own, with an attic in front where files lie."""
    port, front, calls = free_port(), free_port(), folder / "tg.jsonl"
    spec = [sys.executable, str(JUDGE / "tg_spec_server.py"), str(port), str(JUDGE / "telegram-bot-api.json")]
    control = f"http://127.0.0.1:{port}"
    attic = [sys.executable, "-m", "tests.e2e.attic", str(front), control]
    with (
        program("tg_spec_server", [*spec, str(calls)], folder, port),
        program("attic", attic, folder, front, PYTHONPATH=str(ROOT)),
    ):
        yield Telegram(control, f"http://127.0.0.1:{front}", Tape(calls))
