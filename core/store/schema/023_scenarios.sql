-- Reminder scenarios: where each case stands in its own, what each step became, the runs.

CREATE TABLE scenario_cases(                -- a row once something of a scenario was done, paused or chosen for the case
  case_id INTEGER PRIMARY KEY REFERENCES cases(id),
  scenario TEXT NOT NULL DEFAULT '',        -- chosen for this case; empty: that of its creditor and kind of debtor
  level INTEGER NOT NULL DEFAULT 0,         -- the last step really done
  done_on TEXT CHECK (done_on IS date(done_on, '+0 days')),
  acted_on TEXT CHECK (acted_on IS date(acted_on, '+0 days')), -- the last day something left, reminders before a payment included
  pending INTEGER NOT NULL DEFAULT 0 CHECK (pending = 0 OR pending = 1),
  paused_until TEXT CHECK (paused_until IS date(paused_until, '+0 days')), -- 9999-12-31: left out for good
  paused_by INTEGER REFERENCES users(id),
  reason_text_id INTEGER REFERENCES texts(id),
  row_version INTEGER NOT NULL DEFAULT 1
) STRICT;

CREATE TABLE reminder_runs(
  id INTEGER PRIMARY KEY,
  run_on TEXT NOT NULL CHECK (run_on IS date(run_on, '+0 days')),
  origin TEXT NOT NULL CHECK (origin = 'hand' OR origin = 'daily' OR origin = 'release'),
  outcome TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(outcome)),
  actor_id INTEGER NOT NULL REFERENCES users(id),
  started_at TEXT NOT NULL,
  ended_at TEXT
) STRICT;
CREATE INDEX reminder_runs_day ON reminder_runs(run_on);

-- state: waiting (for a person's word), doing (claimed, not yet told done), done, refused (did not leave: asked again), skipped (by a person),
-- dropped (paid or closed meanwhile).
ALTER TABLE reminders ADD COLUMN channel TEXT NOT NULL DEFAULT '';
ALTER TABLE reminders ADD COLUMN template TEXT NOT NULL DEFAULT '';
ALTER TABLE reminders ADD COLUMN event_on TEXT CHECK (event_on IS date(event_on, '+0 days'));
ALTER TABLE reminders ADD COLUMN run_id INTEGER REFERENCES reminder_runs(id);
ALTER TABLE reminders ADD COLUMN act TEXT NOT NULL DEFAULT '';      -- what the step became: letter, message or task
ALTER TABLE reminders ADD COLUMN document_id INTEGER REFERENCES documents(id);
ALTER TABLE reminders ADD COLUMN task_id INTEGER REFERENCES tasks(id);
ALTER TABLE reminders ADD COLUMN said TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(said)); -- why it did not leave
CREATE INDEX reminders_state ON reminders(state, id) WHERE state = 'waiting' OR state = 'doing';
CREATE INDEX reminders_run ON reminders(run_id) WHERE run_id IS NOT NULL;
-- Two programs never prepare the same step at once.
CREATE UNIQUE INDEX reminders_once ON reminders(case_id) WHERE state = 'waiting' OR state = 'doing';
