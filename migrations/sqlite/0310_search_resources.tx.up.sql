-- Two more indexes beside those of 0210.
CREATE TABLE search_service_key (seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE);
CREATE VIRTUAL TABLE search_service USING fts5(words, content='', contentless_delete=1, tokenize='ascii');
CREATE TABLE search_resource_key (seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE);
CREATE VIRTUAL TABLE search_resource USING fts5(words, content='', contentless_delete=1, tokenize='ascii');
