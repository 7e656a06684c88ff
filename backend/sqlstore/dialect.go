package sqlstore

// dialect holds everything that differs between the two databases.
type dialect struct {
	name      string
	types     map[string]string // template variables of the migrations
	forUpdate string            // suffix that locks a selected row
}

var postgres = dialect{
	name:      "postgres",
	types:     map[string]string{"Time": "TIMESTAMPTZ", "Bool": "BOOLEAN", "Bytes": "BYTEA"},
	forUpdate: " FOR UPDATE",
}

// SQLite takes the write lock at BEGIN IMMEDIATE; rows need no locks of their own.
var sqlite = dialect{
	name:  "sqlite",
	types: map[string]string{"Time": "TIMESTAMP", "Bool": "BOOLEAN", "Bytes": "BLOB"},
}
