-- The counts beside the list of needs are read from these indexes alone, inside a place and for
-- the whole city: the rows of a hundred thousand needs would take a second.

CREATE INDEX need_tally_place ON need (place_id, stage, outcome, category);
CREATE INDEX need_tally ON need (stage, outcome, category);
