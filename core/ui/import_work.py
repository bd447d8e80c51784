"""What the import screen keeps between two runs: one file, its reading, its trial. Keeps nothing once the file is gone or in."""

from __future__ import annotations

from dataclasses import dataclass, field

import streamlit as st
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx

from core.services.imports import Imported, Options, Reading, SheetView, Trial

KEY, TURN, DONE = "import_work", "import_turn", "import_done"


@dataclass(slots=True)
class Work:
    """One file of one creditor on its way in. `file` is the upload's id; `same` maps lines to parties already here."""

    creditor_id: int
    file: str
    name: str
    data: bytes
    encoding: str = ""
    reading: Reading | None = None
    sheet: str = ""
    record: str = ""
    mapping: dict[int, str] = field(default_factory=dict)
    options: Options = field(default_factory=Options)
    trial: Trial | None = None
    tried: tuple[object, ...] = ()
    same: dict[int, int] = field(default_factory=dict)
    entered: dict[str, Imported] = field(default_factory=dict)

    def key(self, what: str) -> str:
        """The key of a widget that belongs to this file and creditor."""
        return f"import_{what}_{self.creditor_id}_{self.file}"

    @property
    def view(self) -> SheetView:
        """The sheet being looked at."""
        sheets = self.read.sheets
        return next((s for s in sheets if s.name == self.sheet), sheets[0])

    @property
    def read(self) -> Reading:
        """The reading, once it is there."""
        if self.reading is None:
            raise LookupError("the file was not read yet")
        return self.reading


def current() -> Work | None:
    """The file on its way in, if any."""
    found = st.session_state.get(KEY)
    return found if isinstance(found, Work) else None


def keep(work: Work) -> Work:
    """This file from now on; what was kept of another is let go."""
    st.session_state[KEY] = work
    st.session_state.pop(DONE, None)
    return work


def drop() -> None:
    """Let go of everything: bytes, lines, trial."""
    st.session_state.pop(KEY, None)


def turn() -> int:
    """The number of the drop zone; another number is an empty zone."""
    return int(st.session_state.get(TURN, 0))


def next_turn(file: str) -> None:
    """Empty the drop zone, and have Streamlit let its bytes go: it would keep them until the tab is closed."""
    st.session_state[TURN] = turn() + 1
    run = get_script_run_ctx()
    if run is not None and isinstance(run.uploaded_file_mgr, MemoryUploadedFileManager):
        run.uploaded_file_mgr.remove_file(run.session_id, file)
