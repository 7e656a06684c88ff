package httpapi

import (
	"context"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"linli/backend/app/files"
	"linli/backend/domain/access"
	"linli/backend/domain/fault"
	"linli/backend/domain/file"
	"linli/backend/domain/ident"
)

type fileView struct {
	ID         string    `json:"id"`
	Name       string    `json:"name"`
	MediaType  string    `json:"mediaType"`
	Size       int64     `json:"size" doc:"Bytes as stored; a photo is re-encoded."`
	SHA256     string    `json:"sha256" doc:"Of the stored bytes, lower-case hex."`
	Width      int       `json:"width,omitempty"`
	Height     int       `json:"height,omitempty"`
	Visibility string    `json:"visibility" enum:"party,case,public"`
	URL        string    `json:"url"`
	CreatedAt  time.Time `json:"createdAt"`
}

func toFileView(f file.File) fileView {
	return fileView{
		ID: string(f.ID), Name: f.Name, MediaType: f.MediaType, Size: f.Size, SHA256: f.SHA256, Width: f.Width, Height: f.Height,
		Visibility: string(f.Visibility), URL: Prefix + "/files/" + string(f.ID), CreatedAt: f.CreatedAt,
	}
}

func toFileViews(all []file.File) []fileView {
	out := make([]fileView, 0, len(all))
	for _, f := range all {
		out = append(out, toFileView(f))
	}
	return out
}

type uploadIn struct {
	WriteHeader
	Name        string `query:"name" required:"true" maxLength:"500" doc:"The file's name; folders are dropped."`
	Visibility  string `query:"visibility" enum:"party,case" default:"party" doc:"Who may read it until an object publishes it."`
	ContentType string `header:"Content-Type" doc:"Checked against the content."`
	RawBody     []byte `contentType:"application/octet-stream"`
}

type fileOut struct {
	Body fileView
}

type fileIn struct {
	ID string `path:"id" maxLength:"36"`
}

type contentOut struct {
	ContentType        string `header:"Content-Type"`
	ContentDisposition string `header:"Content-Disposition"`
	CacheControl       string `header:"Cache-Control"`
	Digest             string `header:"ETag"`
	Policy             string `header:"Content-Security-Policy"`
	Body               []byte
}

func registerFiles(s *Server, svc *files.Service) {
	register(s, Op{
		Method: http.MethodPost, Path: "/files", ID: "uploadFile", Permission: access.FileUpload, Tag: "files", Status: http.StatusCreated,
		Summary:     "Upload a file: the body is the file itself",
		Description: "JPEG, PNG, PDF, XLSX, DOCX, CSV, plain text, XML or age, at most ten megabytes; the type is told by content. Photos lose what the camera wrote into them.",
		MaxBody:     file.MaxSize + 1024,
		Faults: []string{"file.too_large", "file.empty", "file.name_invalid", "file.type_refused", "file.type_mismatch", "file.picture_broken",
			"file.picture_too_large", "file.store_unavailable"},
	}, func(ctx context.Context, in *uploadIn) (*fileOut, error) {
		if err := clean(in.Name); err != nil {
			return nil, err
		}
		f, err := svc.Put(ctx, actorOf(ctx), files.Upload{
			Key: in.IdempotencyKey, Name: in.Name, MediaType: in.ContentType, Visibility: file.Visibility(in.Visibility), Data: in.RawBody,
		})
		if err != nil {
			return nil, err
		}
		return &fileOut{toFileView(f)}, nil
	})
	register(s, Op{
		Method: http.MethodGet, Path: "/files/{id}", ID: "readFile", Permission: access.Public, Tag: "files",
		Summary: "Read a file that is public or shared with you", Faults: []string{"record.not_found", "file.content_missing", "file.content_changed"},
	}, func(ctx context.Context, in *fileIn) (*contentOut, error) {
		if r := requestOf(ctx); r.authFault != nil {
			return nil, r.authFault
		}
		f, err := svc.Get(ctx, actorOf(ctx), ident.FileID(in.ID))
		if err != nil {
			return nil, err
		}
		return serveFile(f), nil
	})
}

// serveFile shows pictures and hands everything else over as a download, so that no upload
// runs as a page of ours.
func serveFile(f files.Content) *contentOut {
	disposition := "attachment"
	if f.Inline() {
		disposition = "inline"
	}
	out := &contentOut{
		ContentType: f.MediaType, Body: f.Data, Digest: strconv.Quote(f.SHA256),
		ContentDisposition: disposition + "; filename=\"" + url.PathEscape(f.Name) + "\"; filename*=UTF-8''" + url.PathEscape(f.Name),
		CacheControl:       "private, no-store", Policy: "default-src 'none'; sandbox",
	}
	if f.MediaType == file.CSV || f.MediaType == file.Text {
		out.ContentType = mime.FormatMediaType(f.MediaType, map[string]string{"charset": "utf-8"})
	}
	if f.Visibility == file.Public {
		out.CacheControl = "public, max-age=31536000, immutable"
	}
	return out
}

// fileIDs turns the ids of an input into identities. Fault request.invalid for empty ones.
func fileIDs(ids []string) ([]ident.FileID, error) {
	var out []ident.FileID
	for _, id := range ids {
		if id == "" {
			return nil, fault.Invalid("request.invalid", "empty file id")
		}
		out = append(out, ident.FileID(id))
	}
	return out, nil
}
