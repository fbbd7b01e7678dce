"""A real IMAP server (Dovecot) on loopback, started by the test that needs it."""

import grp
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from imap_tools import MailBoxUnencrypted

USER, PASSWORD = "care", "s3cret"
CONFIG = """
protocols = imap
listen = 127.0.0.1
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
ssl = no
disable_plaintext_auth = no
default_login_user = {user}
default_internal_user = {user}
default_internal_group = {group}
mail_location = maildir:{folder}/mail
mail_uid = {user}
mail_gid = {group}
first_valid_uid = 1
first_valid_gid = 1
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={folder}/home
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


@dataclass(frozen=True)
class ImapServer:
    host: str
    port: int

    def put(self, raw: bytes, folder: str = "INBOX") -> None:
        """As if a mail had arrived."""
        with self.session() as box:
            box.append(raw, folder, flag_set=[])

    @contextmanager
    def session(self) -> Iterator[MailBoxUnencrypted]:
        with MailBoxUnencrypted(self.host, self.port, timeout=10) as box:
            box.login(USER, PASSWORD)
            yield box


@contextmanager
def imap_server() -> Iterator[ImapServer]:
    binary = shutil.which("dovecot") or shutil.which("/usr/sbin/dovecot")
    if binary is None:
        pytest.skip("Dovecot is not installed: apt-get install dovecot-imapd")
    if os.geteuid() != 0:
        pytest.skip("Dovecot's test server is started by root only")
    folder = Path(tempfile.mkdtemp(prefix="loopwell-imap-"))
    name = "dovecot" if _is_user("dovecot") else "nobody"
    account = pwd.getpwnam(name)
    group = grp.getgrgid(account.pw_gid).gr_name
    for each in ("mail", "home", "state", "run"):
        (folder / each).mkdir()
        shutil.chown(folder / each, account.pw_uid, account.pw_gid)
    folder.chmod(0o755)
    (folder / "run").chmod(0o755)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    config = folder / "dovecot.conf"
    config.write_text(
        CONFIG.format(folder=folder, user=name, group=group, port=port, password=PASSWORD)
    )
    process = subprocess.Popen([binary, "-F", "-c", str(config)], stderr=subprocess.DEVNULL)
    try:
        _wait(port, process, folder)
        yield ImapServer("127.0.0.1", port)
    finally:
        process.terminate()
        process.wait(timeout=10)
        shutil.rmtree(folder, ignore_errors=True)


def _is_user(name: str) -> bool:
    try:
        pwd.getpwnam(name)
    except KeyError:
        return False
    return True


def _wait(port: int, process: "subprocess.Popen[bytes]", folder: Path) -> None:
    until = time.monotonic() + 10
    while time.monotonic() < until and process.poll() is None:
        with socket.socket() as probe:
            probe.settimeout(0.5)
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    log = folder / "log"
    raise RuntimeError(f"Dovecot did not start: {log.read_text() if log.exists() else ''}")
