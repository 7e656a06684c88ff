-- Two more indexes beside those of 0210.
CREATE TABLE search_service (id TEXT PRIMARY KEY, words TSVECTOR NOT NULL);
CREATE INDEX search_service_words ON search_service USING gin (words);
CREATE TABLE search_resource (id TEXT PRIMARY KEY, words TSVECTOR NOT NULL);
CREATE INDEX search_resource_words ON search_resource USING gin (words);
