-- A call begun: kept until it is recorded, explained or left as begun, so that a reload or another screen loses nothing.
-- What a lead edits of the result codes and of the call script is in `overlays` (kinds result and script).

CREATE TABLE calls_begun(
  id INTEGER PRIMARY KEY,
  case_id INTEGER NOT NULL REFERENCES cases(id),
  user_id INTEGER NOT NULL REFERENCES users(id),
  contact_point_id INTEGER REFERENCES contact_points(id),
  begun_at TEXT NOT NULL,                     -- UTC
  begun_on TEXT NOT NULL CHECK (begun_on IS date(begun_on, '+0 days')),
  state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'recorded', 'explained', 'left')),
  ended_at TEXT,
  interaction_id INTEGER REFERENCES interactions(id)
) STRICT;

CREATE UNIQUE INDEX calls_begun_open ON calls_begun(user_id, case_id) WHERE state = 'open';
CREATE INDEX calls_begun_left ON calls_begun(begun_on) WHERE state IN ('open', 'left');
