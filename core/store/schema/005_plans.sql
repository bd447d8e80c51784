-- Payment plans made here: what was asked, when it was proposed, whose consent was needed, whether a person broke it.
-- A plan taken over with its case has no proposed_on: it is in force without a known day of agreement.

ALTER TABLE plans ADD COLUMN terms TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(terms));

ALTER TABLE plans ADD COLUMN proposed_on TEXT CHECK (proposed_on IS date(proposed_on, '+0 days'));

ALTER TABLE plans ADD COLUMN creditor_agreed_on TEXT CHECK (creditor_agreed_on IS date(creditor_agreed_on, '+0 days'));

ALTER TABLE plans ADD COLUMN broken INTEGER NOT NULL DEFAULT 0 CHECK (broken IN (0, 1));
