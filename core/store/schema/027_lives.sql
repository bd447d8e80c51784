-- Lives of a case: who covers an absent colleague, how a case ends (asked, then decided), what people complain about.

-- `return_on` is the first day back: from that day on the cases are the colleague's again, without anybody doing anything.
CREATE TABLE absences(
  id INTEGER PRIMARY KEY,
  user_id INTEGER NOT NULL REFERENCES users(id),
  cover_id INTEGER NOT NULL REFERENCES users(id),
  from_on TEXT NOT NULL CHECK (from_on IS date(from_on, '+0 days')),
  return_on TEXT NOT NULL CHECK (return_on IS date(return_on, '+0 days')),
  created_by INTEGER NOT NULL REFERENCES users(id),
  created_at TEXT NOT NULL,
  cancelled_at TEXT,
  row_version INTEGER NOT NULL DEFAULT 1,
  CHECK (cover_id <> user_id),
  CHECK (return_on > from_on)
) STRICT;
CREATE INDEX absences_user ON absences(user_id, from_on);

CREATE TABLE closure_requests(              -- a decided request stays as it is: reopened, the case gets another one
  id INTEGER PRIMARY KEY,
  case_id INTEGER NOT NULL REFERENCES cases(id),
  reason TEXT NOT NULL CHECK (reason <> ''),
  found TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(found)),   -- what the check found when it was asked: codes and amounts
  text_id INTEGER REFERENCES texts(id),
  interaction_id INTEGER REFERENCES interactions(id),           -- the result code that asked it, if one did
  asked_by INTEGER NOT NULL REFERENCES users(id),
  asked_at TEXT NOT NULL,
  state TEXT NOT NULL DEFAULT 'asked' CHECK (state = 'asked' OR state = 'accepted' OR state = 'refused' OR state = 'withdrawn'),
  acknowledged TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(acknowledged)),  -- what stood when it was decided, taken note of
  decided_by INTEGER REFERENCES users(id),
  decided_at TEXT,
  decision_text_id INTEGER REFERENCES texts(id),
  row_version INTEGER NOT NULL DEFAULT 1,
  CHECK ((state = 'asked') = (decided_at IS NULL))
) STRICT;
CREATE UNIQUE INDEX closure_requests_waiting ON closure_requests(case_id) WHERE state = 'asked';
CREATE INDEX closure_requests_case ON closure_requests(case_id);
CREATE INDEX closure_requests_state ON closure_requests(asked_at) WHERE state = 'asked';
CREATE TRIGGER closure_requests_decided BEFORE UPDATE ON closure_requests WHEN OLD.state <> 'asked'
  BEGIN SELECT RAISE(ABORT, 'closure_requests: a decided request stays'); END;
CREATE TRIGGER closure_requests_no_delete BEFORE DELETE ON closure_requests
  BEGIN SELECT RAISE(ABORT, 'closure_requests: a request stays'); END;

CREATE TABLE complaints(                    -- words live in texts, so that they can be redacted
  id INTEGER PRIMARY KEY,
  ref TEXT NOT NULL UNIQUE,
  case_id INTEGER REFERENCES cases(id),     -- null: about no case
  from_kind TEXT NOT NULL CHECK (from_kind <> ''),
  name_text_id INTEGER REFERENCES texts(id),
  channel TEXT NOT NULL CHECK (channel <> ''),
  subject TEXT NOT NULL CHECK (subject <> ''),
  about TEXT NOT NULL CHECK (about = 'agency' OR about = 'colleague' OR about = 'creditor' OR about = 'provider'),
  about_user_id INTEGER REFERENCES users(id),
  owner_id INTEGER NOT NULL REFERENCES users(id),
  received_on TEXT NOT NULL CHECK (received_on IS date(received_on, '+0 days')),
  acknowledge_by TEXT NOT NULL CHECK (acknowledge_by IS date(acknowledge_by, '+0 days')),
  answer_by TEXT NOT NULL CHECK (answer_by IS date(answer_by, '+0 days')),
  acknowledged_on TEXT CHECK (acknowledged_on IS date(acknowledged_on, '+0 days')),
  answered_on TEXT CHECK (answered_on IS date(answered_on, '+0 days')),
  outcome TEXT NOT NULL DEFAULT '',
  text_id INTEGER REFERENCES texts(id),
  answer_text_id INTEGER REFERENCES texts(id),
  lessons_text_id INTEGER REFERENCES texts(id),
  hold_id INTEGER REFERENCES holds(id),
  recorded_by INTEGER NOT NULL REFERENCES users(id),
  recorded_at TEXT NOT NULL,
  row_version INTEGER NOT NULL DEFAULT 1,
  CHECK ((about = 'colleague') = (about_user_id IS NOT NULL)),
  CHECK ((answered_on IS NULL) = (outcome = ''))
) STRICT;
CREATE INDEX complaints_open ON complaints(answer_by) WHERE answered_on IS NULL;
CREATE INDEX complaints_case ON complaints(case_id) WHERE case_id IS NOT NULL;
CREATE INDEX complaints_received ON complaints(received_on);
CREATE TRIGGER complaints_no_delete BEFORE DELETE ON complaints
  BEGIN SELECT RAISE(ABORT, 'complaints: a complaint stays'); END;
