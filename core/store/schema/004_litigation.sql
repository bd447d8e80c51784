-- What the tracker shows of a proceeding without replaying it: a read model made again with its time limits, never typed.
ALTER TABLE proceedings ADD COLUMN step TEXT NOT NULL DEFAULT '';
ALTER TABLE proceedings ADD COLUMN outcome TEXT NOT NULL DEFAULT '';
ALTER TABLE proceedings ADD COLUMN ended_on TEXT CHECK (ended_on IS date(ended_on, '+0 days'));

CREATE INDEX proceedings_going ON proceedings(route) WHERE outcome = '';
CREATE INDEX deadlines_proceeding ON deadlines(proceeding_id, safe_on);
