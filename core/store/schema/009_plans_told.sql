-- Which entry of the journal agreed a plan (correcting that entry takes the agreement back), and the day the creditor was told of an
-- offer of the debtor other than immediate payment (CPCE R.124-5).

ALTER TABLE plans ADD COLUMN interaction_id INTEGER REFERENCES interactions(id);

ALTER TABLE plans ADD COLUMN creditor_told_on TEXT CHECK (creditor_told_on IS date(creditor_told_on, '+0 days'));

ALTER TABLE promises ADD COLUMN creditor_told_on TEXT CHECK (creditor_told_on IS date(creditor_told_on, '+0 days'));

CREATE INDEX plans_interaction ON plans(interaction_id) WHERE interaction_id IS NOT NULL;
