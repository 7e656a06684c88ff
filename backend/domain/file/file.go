package file

import (
	"path"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"linli/backend/domain/access"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
)

// Limits of an upload.
const (
	MaxSize = 10 << 20 // ten megabytes: a photo of a good phone, a scanned contract
	MaxName = 120      // characters of a file name
)

// Visibility says who may read a file. It only widens: what was public stays reachable.
type Visibility string

// The visibilities, narrowest first.
const (
	Party  Visibility = "party"  // the uploader and his body
	Case   Visibility = "case"   // and the bodies the file was shared with
	Public Visibility = "public" // everybody
)

var order = []Visibility{Party, Case, Public}

// File is the record of one stored upload. The content lies in the content store under its
// SHA-256; the same content uploaded twice is stored once and has two records.
type File struct {
	ID            ident.FileID
	SHA256        string // of the stored bytes, lower-case hex
	Size          int64  // bytes
	MediaType     string // told by content
	Name          string // as uploaded, without folders
	Width, Height int    // pixels; 0 for what is no picture
	OwnerID       ident.PersonID
	PartyID       ident.PartyID
	Visibility    Visibility
	CreatedAt     time.Time
	Version       int64
}

// Link says which object a file belongs to: "voice", "tender", "milestone" …
type Link struct {
	FileID     ident.FileID
	ObjectKind string
	ObjectID   string
}

// New checks the record of an upload. Faults: file.name_invalid, file.too_large,
// file.empty, file.visibility_unknown.
func New(f File, now time.Time) (*File, error) {
	f.Name = CleanName(f.Name)
	if f.Name == "" {
		return nil, fault.Invalid("file.name_invalid", "a file needs a name").At("name", "required", "1 to 120 characters")
	}
	if f.Visibility == "" {
		f.Visibility = Party
	}
	switch {
	case f.Size > MaxSize:
		return nil, fault.Invalid("file.too_large", "file is larger than ten megabytes").With("megabytes", "10")
	case f.Size <= 0:
		return nil, fault.Invalid("file.empty", "file has no content")
	case !slices.Contains(order, f.Visibility):
		return nil, fault.Invalid("file.visibility_unknown", "unknown visibility "+string(f.Visibility))
	}
	f.CreatedAt = now
	return &f, nil
}

// CleanName keeps the last part of a path and drops what no header may carry.
func CleanName(name string) string {
	name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	name = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || !unicode.IsPrint(r) || strings.ContainsRune(`"<>|:*?/`, r) {
			return -1
		}
		return r
	}, name)
	name = strings.Trim(strings.TrimSpace(name), ".")
	if !utf8.ValidString(name) || utf8.RuneCountInString(name) > MaxName {
		runes := []rune(strings.ToValidUTF8(name, ""))
		name = string(runes[max(0, len(runes)-MaxName):])
	}
	return name
}

// Raise widens the visibility; asking for less changes nothing.
func (f *File) Raise(to Visibility) {
	if slices.Index(order, to) > slices.Index(order, f.Visibility) {
		f.Visibility = to
	}
}

// Readable decides who may read. Shared tells whether the actor's body is among those the
// file was shared with. What one may not see is not found: fault record.not_found.
func (f *File) Readable(a access.Actor, shared bool) error {
	switch {
	case f.Visibility == Public,
		!a.Anonymous() && a.PersonID == f.OwnerID,
		!a.Anonymous() && f.PartyID != "" && a.PartyID == f.PartyID && a.Role != access.Resident,
		f.Visibility == Case && shared && !a.Anonymous(),
		access.Holds(a.Role, access.FileReadAny):
		return nil
	}
	return fault.NotFound("record.not_found", "file is not visible to the actor")
}

// Inline tells whether a browser may show the file in the page; everything else is a
// download, so that no uploaded text ever runs as a page of ours.
func (f *File) Inline() bool { return f.MediaType == "image/jpeg" || f.MediaType == "image/png" }
