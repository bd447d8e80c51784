-- The law room: what happened in law to a case or a debt, with its evidence; the quality of the creditor (CMF L.313-2), which chooses
-- the legal rate; the kind of claim a person said a debt is; and the limitation kept for the queue (recomputed, never edited).

CREATE TABLE legal_facts(                   -- append-only: a correction is a new row that names the one it replaces
  id INTEGER PRIMARY KEY,
  case_id INTEGER NOT NULL REFERENCES cases(id),
  debt_id INTEGER REFERENCES debts(id),     -- null: every debt of the case
  kind TEXT NOT NULL CHECK (kind <> ''),    -- a key of data/law/fact_kinds.yaml, or "withdrawn" in a correction
  happened_on TEXT NOT NULL CHECK (happened_on IS date(happened_on, '+0 days')),
  until_on TEXT CHECK (until_on IS date(until_on, '+0 days')),
  amount INTEGER CHECK (amount > 0),
  rate TEXT NOT NULL DEFAULT '',            -- percent a year as decimal text
  evidence TEXT NOT NULL DEFAULT '',        -- the document that proves it, as people call it
  document_id INTEGER REFERENCES documents(id),
  text_id INTEGER REFERENCES texts(id),    -- why, for a correction or a withdrawal: words that can be redacted
  corrects INTEGER UNIQUE REFERENCES legal_facts(id),
  actor_id INTEGER NOT NULL REFERENCES users(id),
  recorded_at TEXT NOT NULL,
  CHECK (until_on IS NULL OR until_on >= happened_on),
  CHECK (kind <> 'withdrawn' OR corrects IS NOT NULL)
) STRICT;
CREATE INDEX legal_facts_case ON legal_facts(case_id, happened_on);
CREATE TRIGGER legal_facts_no_update BEFORE UPDATE ON legal_facts BEGIN SELECT RAISE(ABORT, 'legal_facts: append-only, correct with a new row'); END;
CREATE TRIGGER legal_facts_no_delete BEFORE DELETE ON legal_facts BEGIN SELECT RAISE(ABORT, 'legal_facts: append-only, correct with a new row'); END;

ALTER TABLE creditors ADD COLUMN quality TEXT NOT NULL DEFAULT '' CHECK (quality IN ('', 'individual', 'business'));

ALTER TABLE debts ADD COLUMN claim_kind TEXT NOT NULL DEFAULT '';   -- a key of data/law/limitation.yaml said by a person; empty: from nature and debtor
ALTER TABLE debts ADD COLUMN limitation_on TEXT CHECK (limitation_on IS date(limitation_on, '+0 days'));
ALTER TABLE debts ADD COLUMN limitation_trust TEXT NOT NULL DEFAULT '';
