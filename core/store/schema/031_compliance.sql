-- Contacts taken over from a former agency, counted apart from the agency's own in the rate of complaints: few, and found without a scan.
CREATE INDEX reports_imported ON interactions(happened_on, case_id) WHERE source = 'imported';
