-- The time limits of proceedings: a read model, made again from the events by the domain (core/domain), never incremented.
-- `safe_on` is the day to act upon, `legal_on` the last lawful one (CPC 640 to 644); `met_on` the day the act was done or became moot.

CREATE TABLE deadlines(
  id INTEGER PRIMARY KEY,
  proceeding_id INTEGER NOT NULL REFERENCES proceedings(id),
  case_id INTEGER NOT NULL REFERENCES cases(id),
  creditor_id INTEGER NOT NULL REFERENCES creditors(id),
  key TEXT NOT NULL CHECK (key <> ''),      -- the rule's key in the procedure's file
  direction TEXT NOT NULL CHECK (direction = 'before' OR direction = 'not_before' OR direction = 'info'),
  from_on TEXT NOT NULL CHECK (from_on IS date(from_on, '+0 days')),
  raw_on TEXT NOT NULL CHECK (raw_on IS date(raw_on, '+0 days')),
  legal_on TEXT NOT NULL CHECK (legal_on IS date(legal_on, '+0 days')),
  safe_on TEXT NOT NULL CHECK (safe_on IS date(safe_on, '+0 days')),
  certainty TEXT NOT NULL CHECK (certainty IN ('V', 'V2', 'S', 'U')),
  met_on TEXT CHECK (met_on IS date(met_on, '+0 days')),
  as_of TEXT NOT NULL,
  law TEXT NOT NULL,
  UNIQUE (proceeding_id, key, from_on)
) STRICT;

CREATE INDEX deadlines_open ON deadlines(safe_on, creditor_id) WHERE met_on IS NULL;
CREATE INDEX deadlines_case ON deadlines(case_id);
