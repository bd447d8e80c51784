-- A person of the case who alone is written to and called (their choice, or named by the debtor in writing).
ALTER TABLE case_parties ADD COLUMN sole INTEGER NOT NULL DEFAULT 0 CHECK (sole = 0 OR sole = 1);
