-- The signed copy of a plan, which proves that the debtor acknowledged its debts (C. civ. 2240); the words that say what proves a legal
-- fact, kept apart so that they can be redacted (rows written before keep theirs in the row that the chain covers); and the additions of a
-- lead to the law, which nobody changes any more.

ALTER TABLE plans ADD COLUMN signed_on TEXT CHECK (signed_on IS date(signed_on, '+0 days'));

ALTER TABLE plans ADD COLUMN signed_document_id INTEGER REFERENCES documents(id);

ALTER TABLE legal_facts ADD COLUMN evidence_id INTEGER REFERENCES texts(id);

CREATE TRIGGER overlays_no_update BEFORE UPDATE ON overlays BEGIN SELECT RAISE(ABORT, 'overlays: append-only, add a version'); END;

CREATE TRIGGER overlays_no_delete BEFORE DELETE ON overlays BEGIN SELECT RAISE(ABORT, 'overlays: append-only, add a version'); END;
