// Package migrations carries the schema: one text for both databases under common/, and
// what cannot be said in common (append-only triggers) under postgres/ and sqlite/.
//
// Files are named NNNN_name.tx.up.sql. A number stands once over all three folders of a
// database; migrations run in the order of their numbers and are frozen once released.
// {{.Time}} and {{.Bool}} stand for the time and boolean types of the database.
package migrations

import "embed"

// Files holds every migration.
//
//go:embed common/*.sql postgres/*.sql sqlite/*.sql
var Files embed.FS
