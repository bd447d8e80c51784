-- A fourth kind of party: a legal person outside any business (association, property company, syndicate of co-owners). The bound of the
-- column is widened in a column of its own that takes the name of the first, so that no row that names a party is touched.

ALTER TABLE parties ADD COLUMN kind_of TEXT NOT NULL DEFAULT 'individual'
  CHECK (kind_of = 'individual' OR kind_of = 'business' OR kind_of = 'association' OR kind_of = 'public');

UPDATE parties SET kind_of = kind;

ALTER TABLE parties DROP COLUMN kind;

ALTER TABLE parties RENAME COLUMN kind_of TO kind;
