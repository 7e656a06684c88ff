package file

import (
	"archive/zip"
	"bytes"
	"strings"
	"unicode/utf8"

	"linli/backend/domain/fault"
)

// The media types that are stored.
const (
	JPEG = "image/jpeg"
	PNG  = "image/png"
	PDF  = "application/pdf"
	XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
	CSV  = "text/csv"
	Text = "text/plain"
	XML  = "application/xml"
	Age  = "application/age" // sealed by the uploader's browser; nobody here can look inside
)

// MediaTypes lists what may be uploaded, for messages and file dialogs.
var MediaTypes = []string{JPEG, PNG, PDF, XLSX, DOCX, CSV, Text, XML, Age}

// Detect tells the media type by content; the name only chooses between CSV and plain text.
// A claim that the content contradicts is refused, because somebody will open the file by
// its claim. Faults: file.type_refused, file.type_mismatch.
func Detect(data []byte, name, claimed string) (string, error) {
	found := sniff(data, name)
	if found == "" {
		return "", fault.Invalid("file.type_refused", "content is none of the accepted types").With("name", CleanName(name))
	}
	claimed, _, _ = strings.Cut(strings.ToLower(strings.TrimSpace(claimed)), ";")
	claimed = strings.TrimSpace(claimed)
	if claimed != "" && claimed != "application/octet-stream" && !agrees(claimed, found) {
		return "", fault.Invalid("file.type_mismatch", "claimed "+claimed+", found "+found).
			With("claimed", claimed).With("found", found)
	}
	return found, nil
}

// agrees allows what browsers call the same thing.
func agrees(claimed, found string) bool {
	switch found {
	case CSV, Text:
		return claimed == CSV || claimed == Text || claimed == "application/vnd.ms-excel" || claimed == "application/csv"
	case XML:
		return claimed == XML || claimed == "text/xml"
	case Age:
		return true // the browser may still name what it sealed
	default:
		return claimed == found
	}
}

func sniff(data []byte, name string) string {
	switch {
	case bytes.HasPrefix(data, []byte("\xFF\xD8\xFF")):
		return JPEG
	case bytes.HasPrefix(data, []byte("\x89PNG\r\n\x1a\n")):
		return PNG
	case bytes.HasPrefix(data, []byte("%PDF-")):
		return PDF
	case bytes.HasPrefix(data, []byte("PK\x03\x04")):
		return office(data)
	case bytes.HasPrefix(data, []byte("age-encryption.org/v1\n")), bytes.HasPrefix(data, []byte("-----BEGIN AGE ENCRYPTED FILE-----")):
		return Age
	}
	return text(data, name)
}

// maxParts bounds how many entries of an office file are looked at.
const maxParts = 4000

// office tells a workbook from a document by its main part. A file with macros is neither.
func office(data []byte) string {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil || len(z.File) > maxParts {
		return ""
	}
	found := ""
	for _, f := range z.File {
		switch strings.ToLower(f.Name) {
		case "xl/workbook.xml":
			found = XLSX
		case "word/document.xml":
			found = DOCX
		case "xl/vbaproject.bin", "word/vbaproject.bin":
			return ""
		}
	}
	return found
}

// text accepts UTF-8 without control characters. What a browser could take for a page is
// refused, whatever its name.
func text(data []byte, name string) string {
	if !utf8.Valid(data) || bytes.ContainsFunc(data, func(r rune) bool { return r < ' ' && r != '\n' && r != '\r' && r != '\t' }) {
		return ""
	}
	start := strings.ToLower(strings.TrimLeft(string(bytes.TrimPrefix(data, []byte("\xEF\xBB\xBF"))), " \r\n\t"))
	switch {
	case looksLikePage(start):
		return ""
	case strings.HasPrefix(start, "<?xml"):
		return XML
	case strings.HasPrefix(start, "<"):
		return ""
	case strings.HasSuffix(strings.ToLower(name), ".csv"):
		return CSV
	default:
		return Text
	}
}

func looksLikePage(start string) bool {
	head := start[:min(len(start), 1024)]
	for _, tag := range []string{"<html", "<!doctype html", "<script", "<svg", "<iframe", "xmlns=\"http://www.w3.org/1999/xhtml\"", "http://www.w3.org/2000/svg"} {
		if strings.Contains(head, tag) {
			return true
		}
	}
	return false
}
