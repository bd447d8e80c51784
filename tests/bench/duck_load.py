"""The peers of J1: a creditor's file loaded by DuckDB into a table in memory. They store no party, case, ledger, search or audit.

`load` looks for the eleven kinds of fault of the generator; `load_same_checks` judges a line by what the program judges it
by (texts, lengths, formulas, words of a list, plausible days, telephone, postcode), keeps every column and makes the digest
by which a file sent twice adds nothing.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from tests.bench.generator import HEADER

LENGTHS = {
    "code_creancier": 40,
    "reference_debiteur": 60,
    "nom": 120,
    "prenom": 80,
    "adresse": 160,
    "ville": 60,
    "courriel": 254,
    "reference_creance": 60,
}
MONEY = "CAST(ROUND(TRY_CAST(replace(regexp_replace({c}, '[ \u202f\u00a0]', '', 'g'), ',', '.') AS DECIMAL(12,2)) * 100) AS BIGINT)"
SIREN_SUM = """list_sum(list_transform(range(1, 10), lambda k: CASE WHEN k % 2 = 1 THEN substr(siren, CAST(k AS INT), 1)::INT
  WHEN substr(siren, CAST(k AS INT), 1)::INT > 4 THEN substr(siren, CAST(k AS INT), 1)::INT * 2 - 9
  ELSE substr(siren, CAST(k AS INT), 1)::INT * 2 END)) % 10"""
IDENTIFIERS = f"""WHEN COALESCE(iban, '') <> '' AND NOT (regexp_full_match(iban, '[A-Z]{{2}}[0-9]{{25}}')
  AND CAST(substr(iban, 5) || '1527' || substr(iban, 3, 2) AS HUGEINT) % 97 = 1) THEN 'iban'
  WHEN COALESCE(siren, '') <> '' AND NOT (length(siren) = 9 AND {SIREN_SUM} = 0) THEN 'siren'
  WHEN COALESCE(courriel, '') <> '' AND NOT regexp_full_match(courriel, '[^@\\s]+@[^@\\s]+\\.[^@\\s]+') THEN 'email'"""


def load(path: Path, creditor: str) -> tuple[int, int]:
    """Good lines and refused lines; one line of a repeated reference is kept."""
    duck = duckdb.connect()
    paid = MONEY.format(c="deja_regle")
    duck.execute(
        f"""CREATE TABLE x AS SELECT *, row_number() OVER () AS line, try_strptime(date_emission, '%d/%m/%Y')::DATE i,
        try_strptime(date_echeance, '%d/%m/%Y')::DATE u, {MONEY.format(c="montant")} p, CASE WHEN COALESCE(deja_regle, '') = '' THEN 0 ELSE {paid} END q
        FROM read_csv('{path}', delim=';', header=true, all_varchar=true)"""
    )
    duck.execute(
        f"""CREATE TABLE y AS SELECT *, CASE WHEN code_creancier <> '{creditor}' THEN 'creditor'
        WHEN COALESCE(reference_creance, '') = '' THEN 'reference' WHEN i IS NULL OR u IS NULL THEN 'date' WHEN u < i THEN 'due before issue'
        WHEN p IS NULL OR p <= 0 THEN 'amount' WHEN q IS NULL OR q < 0 OR q >= p THEN 'paid'
        {IDENTIFIERS} ELSE '' END why FROM x"""
    )
    duck.execute(
        """CREATE TABLE good AS SELECT reference_creance, reference_debiteur, i, u, p, q FROM (
        SELECT *, row_number() OVER (PARTITION BY reference_creance ORDER BY line) k FROM y WHERE why = '') WHERE k = 1"""
    )
    found = duck.execute("SELECT (SELECT COUNT(*) FROM good), (SELECT COUNT(*) FROM x)").fetchone()
    duck.close()
    return (found[0], found[1] - found[0]) if found else (0, 0)


def load_same_checks(path: Path, creditor: str) -> tuple[int, int]:
    """Good lines and refused lines, as the program counts them."""
    duck = duckdb.connect()
    paid = MONEY.format(c="deja_regle")
    duck.execute(
        f"""CREATE TABLE x AS SELECT *, row_number() OVER () AS line, concat_ws(chr(31), {", ".join(HEADER)}) AS content,
        try_strptime(date_emission, '%d/%m/%Y')::DATE i, try_strptime(date_echeance, '%d/%m/%Y')::DATE u,
        {MONEY.format(c="montant")} p, CASE WHEN COALESCE(deja_regle, '') = '' THEN 0 ELSE {paid} END q
        FROM read_csv('{path}', delim=';', header=true, all_varchar=true)"""
    )
    duck.execute(
        f"""CREATE TABLE y AS SELECT *, substr(sha256(content), 1, 32) AS line_key,
        regexp_full_match(regexp_replace(COALESCE(telephone, ''), '[ .\\-/_()]', '', 'g'), '(0[1-9][0-9]{{8}})?') AS phone_fits,
        regexp_full_match(COALESCE(code_postal, ''), '([0-9]{{5}})?') AS postcode_fits,
        CASE WHEN code_creancier <> '{creditor}' THEN 'creditor'
        WHEN COALESCE(reference_creance, '') = '' THEN 'reference' WHEN COALESCE(nom, '') = '' THEN 'name'
        WHEN regexp_matches(content, '(^|\\x1f)=|[\\x00-\\x1e]|  ') THEN 'cell'
        WHEN {" OR ".join(f"length({name}) > {most}" for name, most in LENGTHS.items())} THEN 'length'
        WHEN type_debiteur NOT IN ('particulier', 'professionnel', 'public') THEN 'kind'
        WHEN i IS NULL OR u IS NULL THEN 'date' WHEN u < i THEN 'due before issue'
        WHEN i < DATE '1950-01-01' OR i > DATE '2026-11-23' OR u > DATE '2036-11-30' THEN 'plausible'
        WHEN p IS NULL OR p <= 0 THEN 'amount' WHEN q IS NULL OR q < 0 OR q >= p THEN 'paid'
        {IDENTIFIERS} ELSE '' END why FROM x"""
    )
    duck.execute(
        """CREATE TABLE good AS SELECT * EXCLUDE (content, why, k) FROM (
        SELECT *, row_number() OVER (PARTITION BY reference_creance ORDER BY line) k FROM y WHERE why = '') WHERE k = 1"""
    )
    found = duck.execute("SELECT (SELECT COUNT(*) FROM good), (SELECT COUNT(*) FROM x)").fetchone()
    duck.close()
    return (found[0], found[1] - found[0]) if found else (0, 0)
