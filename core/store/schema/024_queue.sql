-- What the points of the queue rest on, kept beside them.
ALTER TABLE case_summaries ADD COLUMN reach INTEGER NOT NULL DEFAULT 0;    -- ways to the debtor that hold: 1 telephone, 2 e-mail, 4 address
ALTER TABLE case_summaries ADD COLUMN weak_kind TEXT;                      -- the stop of a debtor who may not or cannot pay
ALTER TABLE case_summaries ADD COLUMN paid_on TEXT;
ALTER TABLE case_summaries ADD COLUMN broken_on TEXT;                      -- day of the last promise whose term and grace passed, when it was not kept
ALTER TABLE case_summaries ADD COLUMN deadline_on TEXT;                    -- first day to act upon of a time limit that runs
ALTER TABLE case_summaries ADD COLUMN plans INTEGER NOT NULL DEFAULT 0;    -- plans in force
ALTER TABLE case_summaries ADD COLUMN disputes INTEGER NOT NULL DEFAULT 0; -- disputes open
ALTER TABLE case_summaries ADD COLUMN skipped_until TEXT;                  -- set aside by somebody until that day, which is not counted
ALTER TABLE case_summaries ADD COLUMN alerts INTEGER NOT NULL DEFAULT 0;   -- bits: core/store/points.py

CREATE TABLE queue_skips(                   -- who set a case aside, why, until when; ended_at when it was taken back before
  id INTEGER PRIMARY KEY,
  case_id INTEGER NOT NULL REFERENCES cases(id),
  reason TEXT NOT NULL CHECK (reason <> ''),
  interaction_id INTEGER NOT NULL REFERENCES interactions(id), -- the line of the journal that says it, with its words
  until_on TEXT NOT NULL CHECK (until_on IS date(until_on, '+0 days')),
  skipped_by INTEGER NOT NULL REFERENCES users(id),
  skipped_on TEXT NOT NULL CHECK (skipped_on IS date(skipped_on, '+0 days')),
  skipped_at TEXT NOT NULL,
  ended_at TEXT,
  ended_by INTEGER REFERENCES users(id),
  CHECK (until_on > skipped_on)
) STRICT;
CREATE INDEX queue_skips_case ON queue_skips(case_id);
CREATE TRIGGER queue_skips_no_delete BEFORE DELETE ON queue_skips BEGIN SELECT RAISE(ABORT, 'queue_skips: a log is not cut'); END;
CREATE TRIGGER queue_skips_only_end BEFORE UPDATE ON queue_skips
  WHEN OLD.ended_at IS NOT NULL OR NEW.ended_at IS NULL OR NEW.case_id <> OLD.case_id OR NEW.reason <> OLD.reason
    OR NEW.interaction_id <> OLD.interaction_id OR NEW.until_on <> OLD.until_on OR NEW.skipped_by <> OLD.skipped_by
    OR NEW.skipped_on <> OLD.skipped_on OR NEW.skipped_at <> OLD.skipped_at
  BEGIN SELECT RAISE(ABORT, 'queue_skips: a skip may only be ended'); END;

CREATE TABLE queue_views(                   -- filters under a name, of one person or shared
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL CHECK (name <> ''),
  owner_id INTEGER NOT NULL REFERENCES users(id),
  shared INTEGER NOT NULL DEFAULT 0 CHECK (shared = 0 OR shared = 1),
  asked TEXT NOT NULL CHECK (json_valid(asked)),
  created_at TEXT NOT NULL,
  row_version INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX queue_views_owner ON queue_views(owner_id);

-- The queue walks its own order: points, then the number of the case; what its tabs ask stands in the index.
DROP INDEX summaries_queue;
CREATE INDEX summaries_queue ON case_summaries(priority DESC, case_id, next_on, held_kind, skipped_until) WHERE status = 'open';
DROP INDEX summaries_collector;
CREATE INDEX summaries_collector ON case_summaries(collector_id, priority DESC, case_id, status, next_on, held_kind, promise_on, debts_held,
  balance, creditor_id, skipped_until) WHERE collector_id IS NOT NULL;
CREATE INDEX summaries_replies ON case_summaries(priority DESC, case_id) WHERE status = 'open' AND replies > 0;
CREATE INDEX summaries_promised ON case_summaries(priority DESC, case_id) WHERE status = 'open' AND (promise_on IS NOT NULL OR plans > 0);
CREATE INDEX summaries_disputes ON case_summaries(priority DESC, case_id) WHERE status = 'open' AND disputes > 0;
CREATE INDEX summaries_skipped ON case_summaries(skipped_until, case_id) WHERE status = 'open' AND skipped_until IS NOT NULL;
CREATE INDEX summaries_deadline ON case_summaries(deadline_on, case_id) WHERE status = 'open' AND deadline_on IS NOT NULL;
CREATE INDEX summaries_alerts ON case_summaries(priority DESC, case_id) WHERE status = 'open' AND alerts > 0;

CREATE INDEX summaries_closed ON case_summaries(case_id) WHERE status = 'closed';
DROP INDEX summaries_limitation;
CREATE INDEX summaries_limitation ON case_summaries(limitation_on, case_id, creditor_id, collector_id)
  WHERE status = 'open' AND limitation_on IS NOT NULL;

DROP INDEX contact_points_party;
CREATE INDEX contact_points_party ON contact_points(party_id, validity, kind);
