package files

import (
	"context"

	"linli/backend/app"
	"linli/backend/domain/audit"
	"linli/backend/domain/file"
	"linli/backend/domain/ident"
)

// Widen lets more people read a file and records it; asking for less changes nothing.
func Widen(ctx context.Context, u *app.Unit, id ident.FileID, to file.Visibility) error {
	f, err := u.Files.File(ctx, id)
	if err != nil {
		return err
	}
	before := *f
	if f.Raise(to); f.Visibility == before.Visibility {
		return nil
	}
	if err := u.Files.SaveFile(ctx, f); err != nil {
		return err
	}
	return u.Record(ctx, audit.Entry{Action: "file.widen", Kind: "file", ID: string(id), PlaceID: u.Actor.PlaceID, Before: before, After: f})
}
