"""The peer of J1: a creditor's file loaded by DuckDB into a table in memory, with the same checks in SQL. Stores nothing else."""

from __future__ import annotations

from pathlib import Path

import duckdb

MONEY = "CAST(ROUND(TRY_CAST(replace(regexp_replace({c}, '[ \u202f\u00a0]', '', 'g'), ',', '.') AS DECIMAL(12,2)) * 100) AS BIGINT)"
SIREN_SUM = """list_sum(list_transform(range(1, 10), lambda k: CASE WHEN k % 2 = 1 THEN substr(siren, CAST(k AS INT), 1)::INT
  WHEN substr(siren, CAST(k AS INT), 1)::INT > 4 THEN substr(siren, CAST(k AS INT), 1)::INT * 2 - 9
  ELSE substr(siren, CAST(k AS INT), 1)::INT * 2 END)) % 10"""


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
        WHEN COALESCE(iban, '') <> '' AND NOT (regexp_full_match(iban, '[A-Z]{{2}}[0-9]{{25}}')
          AND CAST(substr(iban, 5) || '1527' || substr(iban, 3, 2) AS HUGEINT) % 97 = 1) THEN 'iban'
        WHEN COALESCE(siren, '') <> '' AND NOT (length(siren) = 9 AND {SIREN_SUM} = 0) THEN 'siren'
        WHEN COALESCE(courriel, '') <> '' AND NOT regexp_full_match(courriel, '[^@\\s]+@[^@\\s]+\\.[^@\\s]+') THEN 'email' ELSE '' END why FROM x"""
    )
    duck.execute(
        """CREATE TABLE good AS SELECT reference_creance, reference_debiteur, i, u, p, q FROM (
        SELECT *, row_number() OVER (PARTITION BY reference_creance ORDER BY line) k FROM y WHERE why = '') WHERE k = 1"""
    )
    found = duck.execute("SELECT (SELECT COUNT(*) FROM good), (SELECT COUNT(*) FROM x)").fetchone()
    duck.close()
    return (found[0], found[1] - found[0]) if found else (0, 0)
