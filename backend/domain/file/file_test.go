package file

import (
	"archive/zip"
	"bytes"
	"strings"
	"testing"
	"time"

	"linli/backend/domain/access"
	"linli/backend/domain/fault"
)

func zipped(t testing.TB, names ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, n := range names {
		if _, err := w.Create(n); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestDetect_ByContentNotByName(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name, claimed string
		data          []byte
		want, fault   string
	}{
		{"a.jpg", "image/jpeg", []byte("\xFF\xD8\xFF\xE0rest"), JPEG, ""},
		{"a.jpg", "image/jpeg", []byte("\x89PNG\r\n\x1a\nrest"), "", "file.type_mismatch"},
		{"a.pdf", "application/pdf", []byte("%PDF-1.7"), PDF, ""},
		{"a.pdf", "", []byte("MZ\x90\x00"), "", "file.type_refused"},
		{"a.xlsx", XLSX, zipped(t, "[Content_Types].xml", "xl/workbook.xml"), XLSX, ""},
		{"a.docx", DOCX, zipped(t, "[Content_Types].xml", "word/document.xml"), DOCX, ""},
		{"a.docx", XLSX, zipped(t, "word/document.xml"), "", "file.type_mismatch"},
		{"a.xlsm", "", zipped(t, "xl/workbook.xml", "xl/vbaProject.bin"), "", "file.type_refused"},
		{"a.zip", "", zipped(t, "evil.exe"), "", "file.type_refused"},
		{"a.zip", "", []byte("PK\x03\x04broken"), "", "file.type_refused"},
		{"a.csv", "text/csv", []byte("\xEF\xBB\xBF编号,标题\n1,灯"), CSV, ""},
		{"a.csv", "application/vnd.ms-excel", []byte("a,b"), CSV, ""},
		{"a.txt", "text/plain; charset=utf-8", []byte("会议记录"), Text, ""},
		{"a.txt", "", []byte("nul\x00byte"), "", "file.type_refused"},
		{"a.txt", "", []byte("\xFF\xFEutf16"), "", "file.type_refused"},
		{"a.xml", "text/xml", []byte("<?xml version=\"1.0\"?><Document/>"), XML, ""},
		{"a.txt", "text/plain", []byte(" \n<HTML><body>"), "", "file.type_refused"},
		{"a.xml", "", []byte("<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\"/>"), "", "file.type_refused"},
		{"a.txt", "", []byte("hello <script>alert(1)</script>"), "", "file.type_refused"},
		{"b.age", "application/octet-stream", []byte("age-encryption.org/v1\n-> X25519"), Age, ""},
		{"a.png", "text/html", []byte("\x89PNG\r\n\x1a\n"), "", "file.type_mismatch"},
	}
	for _, c := range cases {
		got, err := Detect(c.data, c.name, c.claimed)
		if got != c.want || (c.fault == "") != (err == nil) || (err != nil && !fault.Is(err, c.fault)) {
			t.Errorf("%s %s %.12q: got %s %v", c.name, c.claimed, c.data, got, err)
		}
	}
}

func TestCleanName(t *testing.T) {
	t.Parallel()
	cases := map[string]string{
		"合同.pdf": "合同.pdf", `C:\Users\me\图 1.png`: "图 1.png", "../../etc/passwd": "passwd",
		"a\r\nSet-Cookie: x.pdf": "aSet-Cookie x.pdf", `q"uote<>.pdf`: "quote.pdf", "..": "", "": "", "/": "",
		".hidden": "hidden", "a\u202egpj.exe": "agpj.exe",
	}
	for in, want := range cases {
		if got := CleanName(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
	if got := CleanName(strings.Repeat("长", 200) + ".pdf"); !strings.HasSuffix(got, ".pdf") || len([]rune(got)) != MaxName {
		t.Errorf("long name became %q", got)
	}
}

func TestNew_Limits(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 3, 2, 2, 0, 0, 0, time.UTC)
	good := File{Name: "a.pdf", Size: MaxSize}
	f, err := New(good, now)
	if err != nil || f.Visibility != Party || !f.CreatedAt.Equal(now) {
		t.Fatalf("%v %+v", err, f)
	}
	for code, spoil := range map[string]func(*File){
		"file.too_large":          func(f *File) { f.Size++ },
		"file.empty":              func(f *File) { f.Size = 0 },
		"file.name_invalid":       func(f *File) { f.Name = "//" },
		"file.visibility_unknown": func(f *File) { f.Visibility = "friends" },
	} {
		bad := good
		spoil(&bad)
		if _, err := New(bad, now); !fault.Is(err, code) {
			t.Errorf("%s: got %v", code, err)
		}
	}
}

func TestReadable(t *testing.T) {
	t.Parallel()
	owner := access.Actor{PersonID: "o", PartyID: "org", Role: access.SupplierAgent}
	colleague := access.Actor{PersonID: "c", PartyID: "org", Role: access.SupplierAdmin}
	neighbour := access.Actor{PersonID: "n", PartyID: "org", Role: access.Resident}
	buyer := access.Actor{PersonID: "b", PartyID: "street", Role: access.BuyerMaker}
	auditor := access.Actor{PersonID: "x", PartyID: "audit", Role: access.Auditor}
	cases := []struct {
		who    access.Actor
		v      Visibility
		shared bool
		ok     bool
	}{
		{owner, Party, false, true}, {colleague, Party, false, true}, {neighbour, Party, false, false},
		{buyer, Party, true, false}, {buyer, Case, true, true}, {buyer, Case, false, false}, {buyer, Public, false, true},
		{auditor, Party, false, true}, {access.Actor{}, Party, true, false}, {access.Actor{}, Case, true, false}, {access.Actor{}, Public, false, true},
	}
	for _, c := range cases {
		f := File{OwnerID: "o", PartyID: "org", Visibility: c.v}
		if err := f.Readable(c.who, c.shared); (err == nil) != c.ok || (err != nil && !fault.Is(err, "record.not_found")) {
			t.Errorf("%s reads %s (shared %v): %v", c.who.Role, c.v, c.shared, err)
		}
	}
	orphan := File{Visibility: Party}
	if orphan.Readable(access.Actor{}, false) == nil {
		t.Error("an empty actor equals an empty owner")
	}
}

func TestRaise_OnlyWidens(t *testing.T) {
	t.Parallel()
	f := File{Visibility: Case}
	f.Raise(Party)
	if f.Visibility != Case {
		t.Fatal("narrowed")
	}
	f.Raise(Public)
	f.Raise(Case)
	if f.Visibility != Public {
		t.Fatal("narrowed from public")
	}
}
