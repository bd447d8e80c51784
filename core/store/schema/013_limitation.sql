-- The cases whose next limitation is near: the queue's tab, its counter and the overview walk this index in the order of the days.

CREATE INDEX summaries_limitation ON case_summaries(limitation_on, creditor_id, collector_id)
  WHERE status = 'open' AND limitation_on IS NOT NULL;

-- Whether a lead decided to go on with a time-barred debt: the last answer counts.
CREATE INDEX approvals_object ON approvals(kind, object_kind, object_id);
