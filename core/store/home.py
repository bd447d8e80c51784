"""Where this installation keeps its stores, files, backups and logs. Refuses places that would corrupt a database."""

from __future__ import annotations

import os
import re
import sys
from dataclasses import dataclass
from pathlib import Path

from core.domain.messages import Message, msg, refuse
from core.store.unit import Store

PROJECT = Path(__file__).resolve().parents[2]
NETWORK_TYPES = {"nfs", "nfs4", "cifs", "smb", "smb3", "smbfs", "sshfs", "fuse.sshfs", "9p", "afpfs", "webdav", "davfs"}
SYNCHRONISED = re.compile(r"onedrive|dropbox|google ?drive|icloud|nextcloud|syncthing|kdrive", re.IGNORECASE)
SPACES = ("agency", "demo")


@dataclass(frozen=True, slots=True)
class Home:
    """The folder named by QUITTANCE_HOME, `data/local` by default."""

    root: Path

    def store(self, space: str) -> Store:
        """The store of a space ("agency", "demo"), not opened."""
        return Store(self.root / f"{space}.db", self.root / "files" / space)

    @property
    def backups(self) -> Path:
        """Where copies made before a migration go."""
        return self.root / "backups"

    @property
    def logs(self) -> Path:
        """Where the log file is."""
        return self.root / "logs"


def home() -> Home:
    """The home of this process, made if absent; a network drive is refused (SQLite's locks do not hold there)."""
    root = Path(os.environ.get("QUITTANCE_HOME") or PROJECT / "data" / "local").expanduser().resolve()
    refuse_network(root)
    root.mkdir(parents=True, exist_ok=True)
    return Home(root)


def refuse_network(root: Path) -> None:
    """Refuse a folder on a network drive."""
    kind = _network_type(root)
    if kind:
        raise refuse(
            "home-on-network",
            msg(
                "The data folder is on a network drive ({given}); a database there gets damaged sooner or later.",
                given=kind,
            ),
            msg("Set QUITTANCE_HOME to a folder of this computer's own disk and start again."),
            value=str(root),
        )


def warnings(found: Home) -> tuple[Message, ...]:
    """What is risky about the place without being refused."""
    if SYNCHRONISED.search(str(found.root)):
        return (
            msg(
                "The data folder seems to be synchronised to a cloud service ({given}): two computers writing at once would damage it. "
                "Keep the data outside and put backups there instead.",
                given=found.root.name,
            ),
        )
    return ()


def _network_type(root: Path) -> str:
    """The file system's name when `root` lies on a network drive, else an empty text."""
    if sys.platform == "win32":
        import ctypes

        drive_remote = 4
        if str(root).startswith("\\\\") or ctypes.windll.kernel32.GetDriveTypeW(root.anchor) == drive_remote:
            return "network"
        return ""
    mounts = Path("/proc/mounts")
    if not mounts.exists():
        return ""
    best = ("", "")
    for line in mounts.read_text(encoding="utf-8", errors="replace").splitlines():
        _, point, kind, *_ = line.split(" ")
        if root.is_relative_to(point) and len(point) > len(best[0]):
            best = (point, kind)
    return best[1] if best[1] in NETWORK_TYPES else ""
