"""The house rules that a machine can hold: openings, sizes, what a page and the domain may not contain. Reads code, runs none."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
CORE = sorted((ROOT / "core").rglob("*.py"))
PAGES = sorted((ROOT / "pages").glob("*.py"))
PROGRAM = [*CORE, *PAGES, ROOT / "app.py", ROOT / "start.py"]
TESTS = sorted(path for path in (ROOT / "tests").rglob("*.py") if "samples" not in path.parts)
LONGEST_FILE, LONGEST_PAGE, LONGEST_FUNCTION = 300, 120, 50
SQL = re.compile(r"\b(SELECT\s.+\sFROM|INSERT\s+INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM|PRAGMA)\b", re.DOTALL)
CLOCKS = {"now", "today", "utcnow", "time", "monotonic", "localtime", "fromtimestamp"}
ARITHMETIC = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.FloorDiv, ast.Mod, ast.Pow, ast.MatMult)
TEXT_METHODS = {"read_text": 0, "write_text": 1}
ROOMS_OF_CORE = {
    "ui",
    "web",
    "command",
    "services",
    "store",
    "law",
    "exchange",
    "documents",
    "channels",
    "domain",
    "i18n",
}


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def tree_of(path: Path) -> ast.Module:
    """The code of a file, parsed once for all the rules; no rule changes it."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def each(paths: list[Path]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("path", paths, ids=name_of)


def lines_where(path: Path, *found: ast.AST) -> list[str]:
    """Places in a form an editor can jump to."""
    return [f"{name_of(path)}:{getattr(node, 'lineno', 1)}" for node in found]


def calls(tree: ast.AST) -> list[ast.Call]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call)]


def called(call: ast.Call) -> str:
    """The last name of what is called: "now" for dt.datetime.now(...)."""
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


@each(PROGRAM)
def test_a_module_opens_with_what_it_does(path):
    opening = ast.get_docstring(tree_of(path)) or ""
    assert len(opening.split()) >= 4, f"{name_of(path)} needs an opening sentence"


@each([*CORE, ROOT / "app.py", ROOT / "start.py", *PAGES])
def test_a_file_fits_in_a_head(path):
    ceiling = LONGEST_PAGE if path in PAGES else LONGEST_FILE
    assert len(path.read_text(encoding="utf-8").splitlines()) <= ceiling, (
        f"{name_of(path)} has more than {ceiling} lines"
    )


@each(PROGRAM)
def test_a_function_fits_on_a_screen(path):
    functions = [node for node in ast.walk(tree_of(path)) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))]
    assert lines_where(path, *(f for f in functions if f.end_lineno - f.lineno + 1 > LONGEST_FUNCTION)) == []


@each(PROGRAM)
def test_no_error_is_swallowed(path):
    handlers = (node for node in ast.walk(tree_of(path)) if isinstance(node, ast.ExceptHandler))
    wide = (h for h in handlers if h.type is None or getattr(h.type, "id", "") in {"Exception", "BaseException"})
    assert (
        lines_where(path, *(h for h in wide if all(isinstance(step, (ast.Pass, ast.Continue)) for step in h.body)))
        == []
    )


@each([*PROGRAM, *TESTS])
def test_a_text_file_is_opened_with_its_encoding(path):
    assert (
        lines_where(path, *(call for call in calls(tree_of(path)) if opens_text(call) and not has_encoding(call))) == []
    )


def opens_text(call: ast.Call) -> bool:
    """open(...) and path.open(...) without "b", read_text, write_text; os.open, webbrowser.open and the like are others."""
    name = called(call)
    if name in TEXT_METHODS:
        return True
    owner = call.func.value if isinstance(call.func, ast.Attribute) else None
    if name != "open" or any(isinstance(arg, ast.Starred) for arg in call.args):
        return False
    mode = mode_of(call, 0 if owner is not None else 1)
    if owner is None:
        return mode is None or "b" not in mode
    return mode is not None and "b" not in mode and set(mode) <= set("rwaxt+")


def mode_of(call: ast.Call, position: int) -> str | None:
    given = next((word.value for word in call.keywords if word.arg == "mode"), None)
    given = given or (call.args[position] if len(call.args) > position else None)
    return str(given.value) if isinstance(given, ast.Constant) else None


def has_encoding(call: ast.Call) -> bool:
    position = TEXT_METHODS.get(called(call))
    return any(word.arg in {"encoding", None} for word in call.keywords) or (
        position is not None and len(call.args) > position
    )


@each([*CORE, *PAGES])
def test_no_html_is_trusted(path):
    found = (word.value for call in calls(tree_of(path)) for word in call.keywords if word.arg == "unsafe_allow_html")
    assert (
        lines_where(path, *(value for value in found if not (isinstance(value, ast.Constant) and value.value is False)))
        == []
    )


@each([path for path in CORE if path.parts[len(ROOT.parts) + 1] == "domain"])
def test_the_domain_has_no_clock_no_file_no_screen_and_no_float(path):
    tree = tree_of(path)
    forbidden = [call for call in calls(tree) if is_forbidden_in_domain(call)]
    floats = [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, float)]
    assert lines_where(path, *forbidden, *floats) == []


def is_forbidden_in_domain(call: ast.Call) -> bool:
    if isinstance(call.func, ast.Name):
        return call.func.id in {"open", "print", "float", "input", "eval", "exec"}
    owner = getattr(call.func, "value", None)
    return called(call) in CLOCKS and getattr(owner, "attr", getattr(owner, "id", "")) in {
        "datetime",
        "date",
        "dt",
        "time",
    }


@each([path for path in CORE if path.parts[len(ROOT.parts) + 1] == "domain"])
def test_the_domain_imports_no_door_to_the_outside(path):
    outside = {
        "os",
        "io",
        "pathlib",
        "socket",
        "subprocess",
        "time",
        "sqlite3",
        "urllib",
        "http",
        "smtplib",
        "tempfile",
        "logging",
        "random",
    }
    assert (
        lines_where(path, *(node for node, module in imports(tree_of(path)) if module.split(".")[0] in outside)) == []
    )


def imports(tree: ast.AST) -> list[tuple[ast.AST, str]]:
    plain = [(node, alias.name) for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
    return plain + [(node, node.module or "") for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]


@each(PAGES)
def test_a_page_does_no_arithmetic(path):
    found = (
        node
        for node in ast.walk(tree_of(path))
        if isinstance(node, (ast.BinOp, ast.AugAssign)) and isinstance(node.op, ARITHMETIC)
    )
    assert lines_where(path, *found) == []


@each([*PAGES, *(path for path in CORE if path.parts[len(ROOT.parts) + 1] != "store")])
def test_sql_is_written_in_the_store_only(path):
    texts = (node for node in ast.walk(tree_of(path)) if isinstance(node, ast.Constant) and isinstance(node.value, str))
    assert lines_where(path, *(text for text in texts if SQL.search(text.value))) == []


@each(PAGES)
def test_a_page_imports_no_page_and_no_room_but_services_and_ui(path):
    allowed = (
        "core.ui",
        "core.services",
        "core.domain",
        "core.i18n",
        "streamlit",
        "altair",
        "__future__",
        "datetime",
        "dataclasses",
        "collections",
    )
    assert lines_where(path, *(node for node, module in imports(tree_of(path)) if not module.startswith(allowed))) == []


def test_every_room_of_core_is_known():
    rooms = {path.name for path in (ROOT / "core").iterdir() if path.is_dir() and any(path.rglob("*.py"))}
    assert rooms <= ROOMS_OF_CORE


def test_no_room_is_a_drawer():
    drawers = {"utils", "helpers", "common", "misc", "manager"}
    assert [name_of(path) for path in CORE if path.stem in drawers or drawers & set(path.parts)] == []


def test_start_can_be_read_by_an_old_python():
    source = (ROOT / "start.py").read_text(encoding="utf-8")
    tree = ast.parse(source, feature_version=(3, 6))
    annotated = [
        f
        for f in ast.walk(tree)
        if isinstance(f, ast.FunctionDef) and (f.returns or any(a.annotation for a in f.args.args))
    ]
    modern = [
        node for node in ast.walk(tree) if isinstance(node, (ast.JoinedStr, ast.AnnAssign, ast.Starred, ast.NamedExpr))
    ]
    unpacked = [node for node in ast.walk(tree) if isinstance(node, ast.Dict) and None in node.keys]
    chained = [node for node in ast.walk(tree) if isinstance(node, ast.Raise) and node.cause]
    assert source.splitlines()[1] == "# -*- coding: utf-8 -*-"
    # serve(*options(...)) is the one star that Python 2 knows: in a call
    stars_in_calls = {id(arg) for call in calls(tree) for arg in call.args}
    assert (
        lines_where(
            ROOT / "start.py", *annotated, *unpacked, *chained, *(n for n in modern if id(n) not in stars_in_calls)
        )
        == []
    )


def test_start_imports_nothing_of_the_project():
    assert not [
        module
        for _node, module in imports(tree_of(ROOT / "start.py"))
        if module.split(".")[0] in {"core", "app", "streamlit"}
    ]


def test_what_drives_a_browser_is_in_its_folder_where_the_ci_asks_for_it():
    wanted = "mark." + "browser"
    found = {path.parent.name for path in TESTS if wanted in path.read_text(encoding="utf-8")}
    assert found == {"browser"}
