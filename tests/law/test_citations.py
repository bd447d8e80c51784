"""Texts are cited in one form everywhere: the code, a comma, "art.", the letter and its number: "C. com., art. L. 441-10, II"."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from babel.messages import pofile

ROOT = Path(__file__).resolve().parents[2]
CODES = r"(?:C\. ?(?:civ|com|consom|conso|trav|assur|ass)\.|CPCE(?: \(postes\))?|CPC|CMF|CGI|CGCT|CCP|COJ|RGPD)"
OTHER_FORMS = (
    re.compile(rf"(?<![\w-]){CODES},? ?(?:[LRDA]\.? ?)?\d"),  # C. civ. 1231-6
    re.compile(rf"(?<![\w-]){CODES} art\."),  # C. civ. art. 1231-6
    re.compile(r"\bart\.? ?(?:[LRDA]\.? ?)?\d[\d-]*,? (?:du )?" + CODES),  # art. 1231-6 C. civ.
    re.compile(r"\b[LRDA](?:\.|)\d{3,}-\d"),  # L.441-10, L441-10
    re.compile(r"art\. (?:[LRDA]\. )?\d[\d-]* (?:I{1,3}|IV|V|\d+°)(?![\w-])"),  # L. 441-10, II
    re.compile(r"C\. ?conso\.|C\. ?ass\. "),  # C. consom., C. assur.
)


def strings(held: object) -> Iterator[str]:
    """Every text in a tree of YAML."""
    if isinstance(held, dict):
        for key, value in held.items():
            yield from strings(key)
            yield from strings(value)
    elif isinstance(held, list):
        for value in held:
            yield from strings(value)
    elif isinstance(held, str) and not held.startswith("http"):
        yield held


def of_data(path: Path) -> Iterator[str]:
    yield from strings(yaml.safe_load(path.read_text("utf-8")))


def of_catalogue(path: Path) -> Iterator[str]:
    with path.open("rb") as file:
        for message in pofile.read_po(file):
            for side in (message.id, message.string):
                yield from side if isinstance(side, (list, tuple)) else [side or ""]


def of_code(path: Path) -> Iterator[str]:
    """The texts a module may show; its docstrings are for its reader."""
    tree = ast.parse(path.read_text("utf-8"))
    written = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef))
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in written:
            yield node.value


def another_form(text: str) -> str:
    """The first citation of the text that is not in the one form; empty when there is none."""
    return next((found.group() for form in OTHER_FORMS if (found := form.search(text))), "")


@pytest.mark.parametrize(
    ("cited", "found"),
    [
        ("C. com., art. L. 441-10, II", ""),
        ("C. civ., art. 2238, 2240 ; Cass. civ. 2e, 9 janvier 2014, n° 12-28.272", ""),
        ("C. civ. 2240", "C. civ. 2"),
        ("C. civ. art. 2240", "C. civ. art."),
        ("art. 2240 C. civ.", "art. 2240 C. civ."),
        ("C. trav., art. L3133-1", "L3133-1"),
        ("article L.441-10 du code de commerce", "L.441-1"),
        ("C. conso., art. L. 218-2", "C. conso."),
        ("C. com., art. L. 441-10 II", "art. L. 441-10 II"),
    ],
)
def test_a_citation_in_another_form_is_seen(cited: str, found: str):
    assert another_form(cited) == found


def test_every_text_of_the_law_is_cited_in_one_form():
    wrong = [
        f"{path.relative_to(ROOT)}: {found}"
        for read, paths in (
            (of_data, (ROOT / "data").rglob("*.yaml")),
            (of_catalogue, (ROOT / "data" / "locale").rglob("*.po")),
            (of_code, [*(ROOT / "core").rglob("*.py"), *(ROOT / "pages").rglob("*.py")]),
        )
        for path in paths
        for text in read(path)
        if (found := another_form(text))
    ]
    assert not wrong, wrong
