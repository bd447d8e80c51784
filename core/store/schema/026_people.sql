-- People: why a contact point stands where it does, why a debtor does not pay, the fragile path of a person, appointments, tracing.

ALTER TABLE contact_points ADD COLUMN why TEXT NOT NULL DEFAULT '';   -- the result code that gave its validity, "typed" by hand, or empty
ALTER TABLE contact_points ADD COLUMN why_on TEXT CHECK (why_on IS date(why_on, '+0 days'));

CREATE TABLE nonpayment_reasons(            -- append-only: a correction is a new row that names the one it replaces
  id INTEGER PRIMARY KEY,
  case_id INTEGER NOT NULL REFERENCES cases(id),
  code TEXT NOT NULL CHECK (code <> ''),    -- a kind of data/reasons
  source TEXT NOT NULL CHECK (source = 'debtor' OR source = 'representative' OR source = 'creditor' OR source = 'file'),
  said_on TEXT NOT NULL CHECK (said_on IS date(said_on, '+0 days')),
  text_id INTEGER REFERENCES texts(id),     -- the facts alleged: words that can be redacted
  interaction_id INTEGER NOT NULL REFERENCES interactions(id),
  corrects INTEGER UNIQUE REFERENCES nonpayment_reasons(id),
  actor_id INTEGER NOT NULL REFERENCES users(id),
  recorded_at TEXT NOT NULL
) STRICT;
CREATE INDEX nonpayment_reasons_case ON nonpayment_reasons(case_id, said_on);
CREATE TRIGGER nonpayment_reasons_no_update BEFORE UPDATE ON nonpayment_reasons
  BEGIN SELECT RAISE(ABORT, 'nonpayment_reasons: append-only, correct with a new row'); END;
CREATE TRIGGER nonpayment_reasons_no_delete BEFORE DELETE ON nonpayment_reasons
  BEGIN SELECT RAISE(ABORT, 'nonpayment_reasons: append-only, correct with a new row'); END;

CREATE TABLE fragile_paths(                 -- of a person, whichever case it was opened from; one open at a time
  id INTEGER PRIMARY KEY,
  party_id INTEGER NOT NULL REFERENCES parties(id),
  case_id INTEGER NOT NULL REFERENCES cases(id),
  interaction_id INTEGER NOT NULL REFERENCES interactions(id),
  needs TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(needs)),   -- codes of data/fragile, never words
  user_id INTEGER NOT NULL REFERENCES users(id),                -- the one person who speaks with them
  review_on TEXT NOT NULL CHECK (review_on IS date(review_on, '+0 days')),
  opened_on TEXT NOT NULL CHECK (opened_on IS date(opened_on, '+0 days')),
  opened_by INTEGER NOT NULL REFERENCES users(id),
  ended_on TEXT CHECK (ended_on IS date(ended_on, '+0 days')),
  ended_by INTEGER REFERENCES users(id),
  end_reason TEXT NOT NULL DEFAULT '',
  row_version INTEGER NOT NULL DEFAULT 1,
  CHECK ((ended_on IS NULL) = (end_reason = ''))
) STRICT;
CREATE UNIQUE INDEX fragile_paths_open ON fragile_paths(party_id) WHERE ended_on IS NULL;

CREATE TABLE appointments(
  id INTEGER PRIMARY KEY,
  case_id INTEGER NOT NULL REFERENCES cases(id),
  kind TEXT NOT NULL CHECK (kind = 'office' OR kind = 'video' OR kind = 'visit'),
  due_on TEXT NOT NULL CHECK (due_on IS date(due_on, '+0 days')),
  due_at TEXT NOT NULL CHECK (due_at <> ''),                    -- HH:MM in the agency's zone
  minutes INTEGER NOT NULL CHECK (minutes > 0),
  place_id INTEGER REFERENCES texts(id),
  people_id INTEGER REFERENCES texts(id),                       -- who takes part beside the debtor and the colleague
  contact_point_id INTEGER REFERENCES contact_points(id),       -- the address whose holder agreed in writing, for a visit
  user_id INTEGER NOT NULL REFERENCES users(id),
  task_id INTEGER REFERENCES tasks(id),
  outcome TEXT NOT NULL DEFAULT '',                             -- a code of data/appointments
  report_id INTEGER REFERENCES texts(id),
  reported_by INTEGER REFERENCES users(id),
  reported_at TEXT,
  created_by INTEGER NOT NULL REFERENCES users(id),
  created_at TEXT NOT NULL,
  row_version INTEGER NOT NULL DEFAULT 1,
  CHECK (kind <> 'visit' OR contact_point_id IS NOT NULL),
  CHECK ((outcome = '') = (reported_at IS NULL))
) STRICT;
CREATE INDEX appointments_case ON appointments(case_id, due_on);

CREATE TABLE tracings(
  id INTEGER PRIMARY KEY,
  case_id INTEGER NOT NULL REFERENCES cases(id),
  opened_on TEXT NOT NULL CHECK (opened_on IS date(opened_on, '+0 days')),
  opened_by INTEGER NOT NULL REFERENCES users(id),
  budget INTEGER NOT NULL CHECK (budget >= 0),                  -- cents
  until_on TEXT NOT NULL CHECK (until_on IS date(until_on, '+0 days')),
  ended_on TEXT CHECK (ended_on IS date(ended_on, '+0 days')),
  ended_by INTEGER REFERENCES users(id),
  outcome TEXT NOT NULL DEFAULT '' CHECK (outcome = '' OR outcome = 'found' OR outcome = 'not_found' OR outcome = 'stopped'),
  row_version INTEGER NOT NULL DEFAULT 1,
  CHECK ((ended_on IS NULL) = (outcome = ''))
) STRICT;
CREATE UNIQUE INDEX tracings_open ON tracings(case_id) WHERE ended_on IS NULL;

CREATE TABLE tracing_steps(                 -- append-only: a correction is a new row that names the one it replaces
  id INTEGER PRIMARY KEY,
  tracing_id INTEGER NOT NULL REFERENCES tracings(id),
  source TEXT NOT NULL CHECK (source <> ''),                    -- a code of data/tracing
  done_on TEXT NOT NULL CHECK (done_on IS date(done_on, '+0 days')),
  result TEXT NOT NULL CHECK (result = 'found' OR result = 'nothing' OR result = 'waiting' OR result = 'withdrawn'),
  cost INTEGER NOT NULL DEFAULT 0 CHECK (cost >= 0),            -- cents
  text_id INTEGER REFERENCES texts(id),
  interaction_id INTEGER NOT NULL REFERENCES interactions(id),
  corrects INTEGER UNIQUE REFERENCES tracing_steps(id),
  actor_id INTEGER NOT NULL REFERENCES users(id),
  recorded_at TEXT NOT NULL,
  CHECK (result <> 'withdrawn' OR corrects IS NOT NULL)
) STRICT;
CREATE INDEX tracing_steps_of ON tracing_steps(tracing_id);
CREATE TRIGGER tracing_steps_no_update BEFORE UPDATE ON tracing_steps
  BEGIN SELECT RAISE(ABORT, 'tracing_steps: append-only, correct with a new row'); END;
CREATE TRIGGER tracing_steps_no_delete BEFORE DELETE ON tracing_steps
  BEGIN SELECT RAISE(ABORT, 'tracing_steps: append-only, correct with a new row'); END;
