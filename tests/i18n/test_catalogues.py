"""Both catalogues are complete, their placeholders agree, and the compiled files are those of the texts. Judges no style."""

from __future__ import annotations

import io
import re
from functools import cache
from pathlib import Path

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from core.i18n import texts
from tests.i18n.sentences import extract

ROOT = Path(__file__).resolve().parents[2]
LOCALE = ROOT / "data" / "locale"
PLACEHOLDER = re.compile(r"\{[a-z_0-9]*\}")


@cache
def msgids() -> frozenset[str]:
    """Every English sentence of the program, singular forms; read once."""
    found: set[str] = set()
    for path in (*(ROOT / "core").rglob("*.py"), *(ROOT / "pages").glob("*.py")):
        with path.open("rb") as stream:
            found |= {m[0] if isinstance(m, tuple) else m for _, _, m, _ in extract(stream, (), (), {})}
    return frozenset(found)


def catalogue(lang: str):
    with (LOCALE / lang / "LC_MESSAGES" / "quittance.po").open("rb") as stream:
        return read_po(stream, locale=lang, domain="quittance")


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_sentence_of_the_program_is_in_the_catalogue(lang):
    known = {m.id[0] if isinstance(m.id, tuple) else m.id: m for m in catalogue(lang) if m.id}
    absent = sorted(msgids() - set(known))
    assert not absent, f"{len(absent)} missing, for example {absent[:5]}; see docs/translating.md"
    empty = [i for i in msgids() if not all(_forms(known[i]))]
    assert not empty, f"without translation: {sorted(empty)[:5]}"


def _forms(message) -> tuple[str, ...]:
    return message.string if isinstance(message.string, tuple) else (message.string,)


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_no_translation_loses_or_invents_a_placeholder(lang):
    for message in catalogue(lang):
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        wanted = {frozenset(PLACEHOLDER.findall(i)) for i in ids if i}
        for form in _forms(message):
            if message.id:
                assert any(set(PLACEHOLDER.findall(form)) == w for w in wanted), f"{message.id} -> {form}"


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_nothing_is_fuzzy_or_dead(lang):
    found = catalogue(lang)
    assert not [m.id for m in found if m.fuzzy and m.id]
    dead = sorted({(m.id[0] if isinstance(m.id, tuple) else m.id) for m in found if m.id} - msgids())
    assert not dead, f"no longer in the program: {dead[:5]}"


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_compiled_catalogue_is_that_of_the_texts(lang):
    compiled = io.BytesIO()
    write_mo(compiled, catalogue(lang))
    assert (LOCALE / lang / "LC_MESSAGES" / "quittance.mo").read_bytes() == compiled.getvalue()


def test_french_comes_out_in_french():
    t = texts("fr")
    assert t("Queue") == "File d'attente"
    assert t.money(123456) == "1\u202f234,56\u00a0€"
    assert t.date("2026-11-23") == "23/11/2026"
    assert t.date("2026-11-23", "long") == "23 novembre 2026"


def test_english_comes_out_in_english():
    t = texts("en")
    assert t("Queue") == "Queue"
    assert t.money(123456) == "€1,234.56"
