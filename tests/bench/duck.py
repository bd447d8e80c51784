"""The peer of J1: DuckDB loads the same file in memory. Stores nothing on disk and keeps no party, case, ledger, search or audit.

Two of them: `eleven_kinds` looks for the eleven kinds of fault that the generator makes; `same_checks` judges a line by all
that the program judges it by (lengths, formulas, words of lists, telephone and postcode, plausible days) and makes the
digest by which a file sent twice adds nothing.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from tests.bench.generator import CREDITOR, HEADER, TODAY

_SPACES = "[ \u00a0\u202f]"
_CENTS = "CAST(ROUND(TRY_CAST(replace(regexp_replace({0}, '" + _SPACES + "', '', 'g'), ',', '.') AS DECIMAL(12,2)) * 100) AS BIGINT)"
_IBAN = (
    "COALESCE(iban, '') <> '' AND NOT (regexp_full_match(iban, '[A-Z]{2}[0-9]{25}') "
    "AND (CAST(substr(iban, 5) || '1527' || substr(iban, 3, 2) AS HUGEINT) % 97) = 1)"
)
_DIGIT = "substr(siren, CAST(k AS INT), 1)::INT"
_SIREN = (
    "COALESCE(siren, '') <> '' AND NOT (length(siren) = 9 AND list_sum(list_transform(range(1, 10), lambda k: CASE WHEN k % 2 = 1 "
    f"THEN {_DIGIT} ELSE CASE WHEN {_DIGIT} > 4 THEN {_DIGIT} * 2 - 9 ELSE {_DIGIT} * 2 END END)) % 10 = 0)"
)
_EMAIL = r"COALESCE(courriel, '') <> '' AND NOT regexp_full_match(courriel, '[^@\s]+@[^@\s]+\.[^@\s]+')"
_ELEVEN = f"""
    WHEN code_creancier IS DISTINCT FROM '{CREDITOR}' THEN 'creditor' WHEN COALESCE(reference_creance, '') = '' THEN 'reference'
    WHEN issued IS NULL OR due IS NULL THEN 'date' WHEN due < issued THEN 'due-before-issue' WHEN amount IS NULL OR amount <= 0 THEN 'amount'
    WHEN paid IS NULL OR paid < 0 OR paid >= amount THEN 'paid' WHEN {_IBAN} THEN 'iban' WHEN {_SIREN} THEN 'siren' WHEN {_EMAIL} THEN 'email'"""
_LENGTHS = {
    "code_creancier": 40, "reference_debiteur": 60, "nom": 120, "prenom": 80, "adresse": 160, "ville": 60, "courriel": 254, "reference_creance": 60,
}  # fmt: skip
_MORE = f"""
    WHEN nom IS NULL OR nom = '' THEN 'name'
    WHEN {" OR ".join(f"length({name}) > {most}" for name, most in _LENGTHS.items())} THEN 'length'
    WHEN {" OR ".join(f"starts_with({name}, '=')" for name in HEADER)} THEN 'formula'
    WHEN lower(strip_accents(type_debiteur)) NOT IN ('particulier', 'professionnel', 'public') THEN 'kind'
    WHEN issued NOT BETWEEN DATE '1950-01-01' AND DATE '{TODAY}' OR due NOT BETWEEN DATE '1950-01-01' AND DATE '{TODAY + dt.timedelta(days=3660)}'
      THEN 'plausible'"""
_REMARKS = r"""
    NOT regexp_full_match(regexp_replace(COALESCE(telephone, ''), '[ .\-/_()]', '', 'g'), '(0[1-9][0-9]{8})?') AS phone_remark,
    NOT regexp_full_match(COALESCE(code_postal, ''), '([0-9]{5})?') AS postcode_remark,"""
_CLEAN = ", ".join(rf"trim(regexp_replace(COALESCE({name}, ''), '[\s\x00-\x1f]+', ' ', 'g')) AS {name}" for name in HEADER)
_KEY = f"substr(sha256(concat_ws(chr(31), {', '.join(HEADER)})), 1, 32) AS line_key,"


def eleven_kinds(path: Path) -> tuple[int, int]:
    """Good and faulty lines."""
    return _load(path, "*", "", _ELEVEN, "code_creancier, reference_creance, reference_debiteur, issued, due, amount, paid")


def same_checks(path: Path) -> tuple[int, int]:
    """Good and faulty lines."""
    return _load(path, _CLEAN, _KEY + _REMARKS, _ELEVEN + _MORE, "* EXCLUDE (fault, time)")


def _load(path: Path, cells: str, more: str, faults: str, kept: str) -> tuple[int, int]:
    import duckdb

    with duckdb.connect() as conn:
        conn.execute(
            f"CREATE TABLE read AS SELECT {cells}, row_number() OVER () AS line FROM read_csv('{path}', delim=';', header=true, all_varchar=true)"
        )
        conn.execute(
            f"CREATE TABLE parsed AS SELECT *, {more} try_strptime(date_emission, '%d/%m/%Y')::DATE AS issued, "
            f"try_strptime(date_echeance, '%d/%m/%Y')::DATE AS due, {_CENTS.format('montant')} AS amount, {_CENTS.format('deja_regle')} AS paid FROM read"
        )
        conn.execute(f"CREATE TABLE judged AS SELECT *, CASE {faults} ELSE '' END AS fault FROM parsed")
        conn.execute(
            f"CREATE TABLE good AS SELECT {kept} FROM (SELECT *, row_number() OVER (PARTITION BY code_creancier, reference_creance "
            "ORDER BY line) AS time FROM judged WHERE fault = '') WHERE time = 1"
        )
        good = conn.execute("SELECT COUNT(*) FROM good").fetchone()[0]
        return good, conn.execute("SELECT COUNT(*) FROM read").fetchone()[0] - good
