-- Whose a contact point is (CON-05), whether it is a workplace and whether the person gave it (CON-06).
ALTER TABLE contact_points ADD COLUMN holder TEXT NOT NULL DEFAULT 'person' CHECK (holder = 'person' OR holder = 'relative' OR
  holder = 'neighbour' OR holder = 'employer' OR holder = 'other');
ALTER TABLE contact_points ADD COLUMN workplace INTEGER NOT NULL DEFAULT 0 CHECK (workplace = 0 OR workplace = 1);
ALTER TABLE contact_points ADD COLUMN given INTEGER NOT NULL DEFAULT 0 CHECK (given = 0 OR given = 1);

-- What the contact gate refused, a row a rule. `outcome` refused: nothing left; overridden: a lead allowed one contact with a reason
-- (interaction_id once it was made, useless after expires_at); made: it had taken place, and the journal tells it with its reason.
CREATE TABLE contact_refusals(
  id INTEGER PRIMARY KEY,
  case_id INTEGER NOT NULL REFERENCES cases(id),
  party_id INTEGER REFERENCES parties(id),
  contact_point_id INTEGER REFERENCES contact_points(id),
  channel TEXT NOT NULL CHECK (channel = 'call' OR channel = 'email' OR channel = 'letter' OR channel = 'sms' OR channel = 'visit'),
  purpose TEXT NOT NULL,
  rule TEXT NOT NULL CHECK (rule <> ''),
  code TEXT NOT NULL,
  own INTEGER NOT NULL CHECK (own = 0 OR own = 1),   -- the agency's policy, not a bar of the law
  wanted_on TEXT NOT NULL CHECK (wanted_on IS date(wanted_on, '+0 days')),
  wanted_at TEXT NOT NULL DEFAULT '',                -- UTC text ending in Z, empty when only the day is known
  next_at TEXT NOT NULL DEFAULT '',                  -- the next permitted moment, UTC
  actor_id INTEGER NOT NULL REFERENCES users(id),
  recorded_at TEXT NOT NULL,
  outcome TEXT NOT NULL DEFAULT 'refused' CHECK (outcome = 'refused' OR outcome = 'overridden' OR outcome = 'made'),
  decided_by INTEGER REFERENCES users(id),
  decided_at TEXT,
  text_id INTEGER REFERENCES texts(id),
  expires_at TEXT,
  interaction_id INTEGER REFERENCES interactions(id),
  row_version INTEGER NOT NULL DEFAULT 1,
  CHECK (outcome <> 'overridden' OR (own = 1 AND decided_by IS NOT NULL AND text_id IS NOT NULL AND expires_at IS NOT NULL))
) STRICT;
CREATE INDEX contact_refusals_case ON contact_refusals(case_id, channel, outcome);
CREATE INDEX contact_refusals_day ON contact_refusals(wanted_on, rule, outcome);
CREATE TRIGGER contact_refusals_no_delete BEFORE DELETE ON contact_refusals
  BEGIN SELECT RAISE(ABORT, 'contact_refusals: a refusal stays'); END;
