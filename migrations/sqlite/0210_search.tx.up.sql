-- Full-text indexes over Han pairs made in Go (package bigram). Contentless: the texts stand
-- in their own tables; *_key gives each object the row number that FTS5 wants. The ascii
-- tokenizer takes every other character as part of a token, so it only splits at spaces.
CREATE TABLE search_place_key (seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE);
CREATE VIRTUAL TABLE search_place USING fts5(words, content='', contentless_delete=1, tokenize='ascii');
CREATE TABLE search_need_key (seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE);
CREATE VIRTUAL TABLE search_need USING fts5(words, content='', contentless_delete=1, tokenize='ascii');
CREATE TABLE search_organization_key (seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE);
CREATE VIRTUAL TABLE search_organization USING fts5(words, content='', contentless_delete=1, tokenize='ascii');
CREATE TABLE search_project_key (seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE);
CREATE VIRTUAL TABLE search_project USING fts5(words, content='', contentless_delete=1, tokenize='ascii');
