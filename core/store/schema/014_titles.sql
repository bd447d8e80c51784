-- What a title grants, said in the register of facts: the day the fact points to (first day of the interest granted, or the title that
-- another decision set aside) and the rate granted.

ALTER TABLE legal_facts ADD COLUMN since_on TEXT CHECK (since_on IS date(since_on, '+0 days'));
ALTER TABLE legal_facts ADD COLUMN basis TEXT NOT NULL DEFAULT '' CHECK (basis IN ('', 'legal', 'contractual', 'statutory'));
