-- Full-text indexes over Han pairs made in Go (package bigram). The vectors are written as
-- literals: PostgreSQL's own parser, which depends on the locale, never reads the text.
CREATE TABLE search_place (id TEXT PRIMARY KEY, words TSVECTOR NOT NULL);
CREATE INDEX search_place_words ON search_place USING gin (words);
CREATE TABLE search_need (id TEXT PRIMARY KEY, words TSVECTOR NOT NULL);
CREATE INDEX search_need_words ON search_need USING gin (words);
CREATE TABLE search_organization (id TEXT PRIMARY KEY, words TSVECTOR NOT NULL);
CREATE INDEX search_organization_words ON search_organization USING gin (words);
CREATE TABLE search_project (id TEXT PRIMARY KEY, words TSVECTOR NOT NULL);
CREATE INDEX search_project_words ON search_project USING gin (words);
