package files

import (
	"context"
	"errors"

	"linli/backend/app"
	"linli/backend/domain/access"
	"linli/backend/domain/audit"
	"linli/backend/domain/fault"
	"linli/backend/domain/file"
	"linli/backend/domain/ident"
	"linli/backend/engine/picture"
)

// Upload is one file as it arrives. MediaType is what the sender claims; Visibility is
// "party" unless said otherwise, and never "public": publishing is the owning object's act.
type Upload struct {
	Key        string
	Name       string
	MediaType  string
	Visibility file.Visibility
	Data       []byte
}

// Put stores an upload. Pictures are decoded and encoded again, so that what the camera
// noted is gone. The content is stored before the record: a content without a record is
// harmless, the other way round is not. Faults besides those of file.New and file.Detect:
// file.too_large, file.picture_broken, file.picture_too_large, file.publish_by_object.
func (s *Service) Put(ctx context.Context, actor access.Actor, up Upload) (file.File, error) {
	if actor.Anonymous() {
		return file.File{}, fault.Unauthenticated("access.sign_in_required", "sign in to upload")
	}
	f, data, err := prepare(up)
	if err != nil {
		return file.File{}, err
	}
	if f.SHA256, err = s.contents.Put(ctx, data); err != nil {
		return file.File{}, err
	}
	w := app.Write{Permission: access.FileUpload, Name: "file.upload", Key: up.Key, Input: f}
	return app.Do(ctx, s.app, actor, w, func(ctx context.Context, u *app.Unit) (file.File, error) {
		stored := f
		stored.ID, stored.OwnerID, stored.PartyID = ident.FileID(u.NewID()), u.Actor.PersonID, u.Actor.PartyID
		record, err := file.New(stored, u.Now)
		if err != nil {
			return file.File{}, err
		}
		if err := u.Files.InsertFile(ctx, record); err != nil {
			return file.File{}, err
		}
		return *record, u.Record(ctx, audit.Entry{Action: "file.upload", Kind: "file", ID: string(record.ID), PlaceID: u.Actor.PlaceID, After: record})
	})
}

func prepare(up Upload) (file.File, []byte, error) {
	if up.Visibility == file.Public {
		return file.File{}, nil, fault.Forbidden("file.publish_by_object", "an upload becomes public with the object that carries it")
	}
	if len(up.Data) > file.MaxSize {
		return file.File{}, nil, fault.Invalid("file.too_large", "upload is larger than ten megabytes").With("megabytes", "10")
	}
	if len(up.Data) == 0 {
		return file.File{}, nil, fault.Invalid("file.empty", "upload has no content")
	}
	kind, err := file.Detect(up.Data, up.Name, up.MediaType)
	if err != nil {
		return file.File{}, nil, err
	}
	f := file.File{Name: file.CleanName(up.Name), MediaType: kind, Visibility: up.Visibility, Size: int64(len(up.Data))}
	if f.Name == "" {
		return file.File{}, nil, fault.Invalid("file.name_invalid", "a file needs a name").At("name", "required", "1 to 120 characters")
	}
	if !f.Inline() {
		return f, up.Data, nil
	}
	clean, err := picture.Strip(up.Data)
	if err != nil {
		return file.File{}, nil, pictureFault(err)
	}
	f.Size, f.Width, f.Height = int64(len(clean.Bytes)), clean.Width, clean.Height
	return f, clean.Bytes, nil
}

func pictureFault(err error) error {
	if errors.Is(err, picture.ErrTooLarge) {
		return fault.Wrap(fault.KindInvalid, "file.picture_too_large", "too many pixels", err).With("megapixels", "40")
	}
	return fault.Wrap(fault.KindInvalid, "file.picture_broken", "picture does not decode", err)
}

// Content is a file with its bytes.
type Content struct {
	file.File
	Data []byte
}

// Get reads a file that the actor may see. Faults: record.not_found (also when it may not
// be seen), file.content_missing, file.content_changed.
func (s *Service) Get(ctx context.Context, actor access.Actor, id ident.FileID) (Content, error) {
	f, err := app.Look(ctx, s.app, actor, access.Public, func(ctx context.Context, u *app.Unit) (file.File, error) {
		return Readable(ctx, u, id)
	})
	if err != nil {
		return Content{}, err
	}
	data, err := s.contents.Get(ctx, f.SHA256)
	return Content{f, data}, err
}

// Readable loads a file for the unit's actor. Fault record.not_found when he may not see it.
func Readable(ctx context.Context, u *app.Unit, id ident.FileID) (file.File, error) {
	f, err := u.Files.File(ctx, id)
	if err != nil {
		return file.File{}, err
	}
	shared := false
	if f.Visibility == file.Case && u.Actor.PartyID != "" {
		if shared, err = u.Files.Shared(ctx, id, u.Actor.PartyID); err != nil {
			return file.File{}, err
		}
	}
	return *f, f.Readable(u.Actor, shared)
}

// Attach hands files on to an object that is being written, and widens who may read them.
// Only who may read a file, and whose body uploaded it, can hand it on: otherwise anybody
// could publish what he merely knows the number of. Faults: record.not_found,
// file.not_yours, file.too_many.
func Attach(ctx context.Context, u *app.Unit, ids []ident.FileID, objectKind, objectID string, to file.Visibility) error {
	if len(ids) > maxAttached {
		return fault.Invalid("file.too_many", "too many files at once").With("most", "50")
	}
	for _, id := range ids {
		f, err := Readable(ctx, u, id)
		if err != nil {
			return err
		}
		if f.OwnerID != u.Actor.PersonID && (f.PartyID == "" || f.PartyID != u.Actor.PartyID || u.Actor.Role == access.Resident) {
			return fault.Forbidden("file.not_yours", "file was uploaded by another body")
		}
		if err := u.Files.Attach(ctx, id, objectKind, objectID); err != nil {
			return err
		}
		if err := Widen(ctx, u, id, to); err != nil {
			return err
		}
	}
	return nil
}

// maxAttached bounds one hand-over; the largest tender seen carries thirty documents.
const maxAttached = 50

// Check reads every stored content against its hash, for verify: it calls broken for each
// record whose content is missing or changed.
func (s *Service) Check(ctx context.Context, broken func(f file.File, err error)) error {
	return s.app.Store.View(ctx, func(ctx context.Context, u *app.Unit) error {
		return u.Files.Walk(ctx, func(f file.File) error {
			if _, err := s.contents.Get(ctx, f.SHA256); err != nil {
				broken(f, err)
			}
			return nil
		})
	})
}
