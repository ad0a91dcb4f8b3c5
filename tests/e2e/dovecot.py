"""A mailbox on Dovecot: a real mail server of Debian, on a port of this machine, with a folder of its own."""

from __future__ import annotations

import getpass
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.e2e.ground import Missing, free_port
from tests.e2e.running import Program, start

USER, PASSWORD = "asa@asasbageri.example", "e2e-mailbox"
NOBODY = 65534
SETTINGS = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/dovecot.log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
mail_location = maildir:{maildir}
mail_uid = {uid}
mail_gid = {gid}
first_valid_uid = 1
first_valid_gid = 1
default_internal_user = {internal}
default_internal_group = {group}
default_login_user = {login}
maildir_very_dirty_syncs = no
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/home
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
"""


@dataclass
class Dovecot:
    """The server, the folder that mail lies in, and the process while it runs."""

    folder: Path
    port: int = field(default_factory=free_port)
    process: Program | None = None
    delivered: int = 0

    @property
    def maildir(self) -> Path:
        """Where mail lies."""
        return self.folder / "maildir"

    def start(self) -> None:
        """Start it, and wait until it answers."""
        command = [str(program()), "-F", "-c", str(self._written())]
        self.process = start("dovecot-process", command, self.folder)
        self.process.wait_for(self.port)

    def stop(self) -> None:
        """Stop it."""
        if self.process:
            self.process.end()
            self.process = None

    def deliver(self, raw: bytes) -> None:
        """Put a mail into the folder as a mail server does: written elsewhere, and moved into place."""
        self.delivered += 1
        name = f"{self.delivered:06d}.e2e"
        fresh = self.maildir / "tmp" / name
        fresh.write_bytes(raw)
        self._own(fresh)
        fresh.rename(self.maildir / "new" / name)

    def count_anew(self) -> None:
        """Lose all that it knows of the folder, so that its mails get new numbers."""
        for known in self.maildir.glob("dovecot*"):
            known.unlink()

    def _written(self) -> Path:
        """The settings, and the folders they name."""
        for each in ("cur", "new", "tmp"):
            (self.maildir / each).mkdir(parents=True, exist_ok=True)
        (self.folder / "home").mkdir(exist_ok=True)
        for path in (self.folder / "home", self.maildir, *self.maildir.iterdir()):
            self._own(path)
        me, is_root = getpass.getuser(), os.getuid() == 0
        settings = SETTINGS.format(
            folder=self.folder, maildir=self.maildir, port=self.port, password=PASSWORD,
            uid=NOBODY if is_root else os.getuid(), gid=NOBODY if is_root else os.getgid(),
            internal="dovecot" if is_root else me, group="dovecot" if is_root else os.getgid(),
            login="dovenull" if is_root else me,
        )  # fmt: skip
        file = self.folder / "dovecot.conf"
        file.write_text(settings, encoding="utf-8")
        return file

    def _own(self, path: Path) -> None:
        """Dovecot reads no mail as root."""
        if os.getuid() == 0:
            os.chown(path, NOBODY, NOBODY)


def program() -> Path:
    """Where Dovecot is installed."""
    path = f"{os.environ.get('PATH', '')}:/usr/sbin"
    if not (found := shutil.which("dovecot", path=path)):
        raise Missing("Dovecot is needed for the mailbox; on Debian: apt-get install dovecot-imapd")
    return Path(found)


@contextmanager
def dovecot(folder: Path) -> Iterator[Dovecot]:
    """A mailbox for as long as the block lasts. Its paths are short, for sockets have short names."""
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o755)
    server = Dovecot(folder)
    server.start()
    try:
        yield server
    finally:
        server.stop()
