package sqlstore

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"linli/backend/domain/file"
	"linli/backend/domain/ident"
)

// filesPerObject bounds what one object carries; tenders have the most.
const filesPerObject = 200

type fileRow struct {
	bun.BaseModel `bun:"table:file"`
	ID            string `bun:",pk"`
	SHA256        string `bun:"sha256"`
	Size          int64
	MediaType     string
	Name          string
	Width         int
	Height        int
	OwnerID       string
	PartyID       *string
	Visibility    string
	CreatedAt     time.Time
	Version       int64
}

type fileLinkRow struct {
	bun.BaseModel `bun:"table:file_link"`
	FileID        string `bun:",pk"`
	ObjectKind    string `bun:",pk"`
	ObjectID      string `bun:",pk"`
	Seq           int64
}

type fileShareRow struct {
	bun.BaseModel `bun:"table:file_share"`
	FileID        string `bun:",pk"`
	PartyID       string `bun:",pk"`
}

type files struct{ db bun.IDB }

func newFiles(db bun.IDB) file.Repository { return files{db} }

func toFileRow(f *file.File) *fileRow {
	return &fileRow{
		ID: string(f.ID), SHA256: f.SHA256, Size: f.Size, MediaType: f.MediaType, Name: f.Name, Width: f.Width, Height: f.Height,
		OwnerID: string(f.OwnerID), PartyID: null(string(f.PartyID)), Visibility: string(f.Visibility), CreatedAt: f.CreatedAt, Version: f.Version,
	}
}

func fromFileRow(r fileRow) file.File {
	return file.File{
		ID: ident.FileID(r.ID), SHA256: r.SHA256, Size: r.Size, MediaType: r.MediaType, Name: r.Name, Width: r.Width, Height: r.Height,
		OwnerID: ident.PersonID(r.OwnerID), PartyID: ident.PartyID(text(r.PartyID)), Visibility: file.Visibility(r.Visibility),
		CreatedAt: utc(r.CreatedAt), Version: r.Version,
	}
}

func (s files) File(ctx context.Context, id ident.FileID) (*file.File, error) {
	r, err := get[fileRow](ctx, s.db, "id = ?", id)
	if err != nil {
		return nil, err
	}
	f := fromFileRow(*r)
	return &f, nil
}

func (s files) InsertFile(ctx context.Context, f *file.File) error {
	f.Version = 1
	return insert(ctx, s.db, toFileRow(f))
}

func (s files) SaveFile(ctx context.Context, f *file.File) error {
	r := toFileRow(f)
	err := save(ctx, s.db, r, &r.Version)
	f.Version = r.Version
	return err
}

func (s files) Attach(ctx context.Context, id ident.FileID, objectKind, objectID string) error {
	if _, err := s.File(ctx, id); err != nil {
		return err
	}
	_, err := s.db.NewRaw(`INSERT INTO file_link (file_id, object_kind, object_id, seq)
		SELECT ?, ?, ?, COALESCE(MAX(seq), 0) + 1 FROM file_link WHERE object_kind = ? AND object_id = ?
		ON CONFLICT (file_id, object_kind, object_id) DO NOTHING`, id, objectKind, objectID, objectKind, objectID).Exec(ctx)
	return fail(err)
}

func (s files) Attached(ctx context.Context, objectKind, objectID string) ([]file.File, error) {
	var rows []fileRow
	err := s.db.NewSelect().Model(&rows).
		Join("JOIN file_link AS l ON l.file_id = file_row.id").
		Where("l.object_kind = ? AND l.object_id = ?", objectKind, objectID).
		OrderExpr("l.seq, file_row.id").Limit(filesPerObject).Scan(ctx)
	if err != nil {
		return nil, fail(err)
	}
	var out []file.File
	for _, r := range rows {
		out = append(out, fromFileRow(r))
	}
	return out, nil
}

func (s files) Links(ctx context.Context, id ident.FileID) ([]file.Link, error) {
	rows, err := list[fileLinkRow](ctx, s.db, 0, "object_kind, object_id", "file_id = ?", id)
	if err != nil {
		return nil, err
	}
	var out []file.Link
	for _, r := range rows {
		out = append(out, file.Link{FileID: ident.FileID(r.FileID), ObjectKind: r.ObjectKind, ObjectID: r.ObjectID})
	}
	return out, nil
}

func (s files) Share(ctx context.Context, id ident.FileID, party ident.PartyID) error {
	_, err := s.db.NewInsert().Model(&fileShareRow{FileID: string(id), PartyID: string(party)}).On("CONFLICT DO NOTHING").Exec(ctx)
	return fail(err)
}

func (s files) Shared(ctx context.Context, id ident.FileID, party ident.PartyID) (bool, error) {
	n, err := s.db.NewSelect().Model((*fileShareRow)(nil)).Where("file_id = ? AND party_id = ?", id, party).Count(ctx)
	return n > 0, fail(err)
}

func (s files) Walk(ctx context.Context, visit func(file.File) error) error {
	for after := ""; ; {
		rows, err := list[fileRow](ctx, s.db, auditBatch, "id", "id > ?", after)
		if err != nil {
			return err
		}
		for _, r := range rows {
			if err := visit(fromFileRow(r)); err != nil {
				return err
			}
			after = r.ID
		}
		if len(rows) < auditBatch {
			return nil
		}
	}
}
