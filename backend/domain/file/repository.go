// Package file knows stored files: content hash, size, media type, owner, visibility.
package file

import (
	"context"

	"linli/backend/domain/ident"
)

// Repository stores the records of files; contents lie elsewhere. Loading faults
// record.not_found, Save record.stale.
type Repository interface {
	File(ctx context.Context, id ident.FileID) (*File, error)
	InsertFile(ctx context.Context, f *File) error
	SaveFile(ctx context.Context, f *File) error
	// Attach says that an object carries the file; repeating it changes nothing. Whoever
	// calls it has checked that the actor may hand this file on (see files.Attach).
	Attach(ctx context.Context, id ident.FileID, objectKind, objectID string) error
	// Attached lists the files of an object in the order they were attached.
	Attached(ctx context.Context, objectKind, objectID string) ([]File, error)
	// Links lists the objects that carry a file.
	Links(ctx context.Context, id ident.FileID) ([]Link, error)
	// Share lets a body read a file of visibility case; repeating it changes nothing.
	Share(ctx context.Context, id ident.FileID, party ident.PartyID) error
	Shared(ctx context.Context, id ident.FileID, party ident.PartyID) (bool, error)
	// Walk visits every record in the order of ids, for checking that each content is there.
	Walk(ctx context.Context, visit func(File) error) error
}
