package httpapi_test

import (
	"bytes"
	"context"
	"encoding/json"
	"image"
	"image/jpeg"
	"net/http"
	"strings"
	"testing"

	"linli/backend/app"
	"linli/backend/app/files"
	"linli/backend/domain/access"
	"linli/backend/domain/file"
	"linli/backend/domain/ident"
	"linli/backend/domain/party"
	"linli/backend/testkit"
)

type fileBody struct {
	ID, Name, MediaType, SHA256, URL, Visibility, Code string
	Size                                               int64
	Width                                              int
}

func read[T any](t *testing.T, body string) T {
	t.Helper()
	var v T
	if err := json.Unmarshal([]byte(body), &v); err != nil {
		t.Fatalf("%v in %s", err, body)
	}
	return v
}

func photo(t *testing.T) string {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, 8, 4)), nil); err != nil {
		t.Fatal(err)
	}
	const exif = "\xFF\xE1\x00\x18Exif\x00\x00GPS30.66N104.06"
	return b.String()[:2] + exif + b.String()[2:]
}

func upload(k *testkit.Kit, as access.Actor, name, kind, content string) (int, fileBody) {
	k.T.Helper()
	res, body := k.Call(as, http.MethodPost, "/api/v1/files?name="+name, content, "Content-Type", kind, "Idempotency-Key", k.Key())
	var f fileBody
	if err := json.Unmarshal([]byte(body), &f); err != nil {
		k.T.Fatal(err, body)
	}
	if f.Code == "" && res.StatusCode >= 400 {
		k.T.Log(body)
	}
	return res.StatusCode, f
}

func TestFiles_PhotoLosesItsPositionAndIsReadByItsOwnerOnly(t *testing.T) {
	t.Parallel()
	testkit.Both(t, func(t *testing.T, k *testkit.Kit) {
		owner, other := k.Resident(), k.Resident()
		status, f := upload(k, owner, "lamp.jpg", "image/jpeg", photo(t))
		if status != http.StatusCreated || f.MediaType != "image/jpeg" || f.Width != 8 || f.Visibility != "party" {
			t.Fatalf("%d %+v", status, f)
		}
		res, body := k.Call(owner, http.MethodGet, f.URL, "")
		if res.StatusCode != http.StatusOK || strings.Contains(body, "GPS") || res.Header.Get("Content-Type") != "image/jpeg" {
			t.Fatalf("%d %s", res.StatusCode, res.Header)
		}
		for _, who := range []access.Actor{{}, other} {
			if res, body := k.Call(who, http.MethodGet, f.URL, ""); res.StatusCode != http.StatusNotFound {
				t.Errorf("%s reads it: %d %s", who.Role, res.StatusCode, body)
			}
		}
		auditor := k.As(access.Auditor, k.Party(party.KindAudit, "审计局", k.World.City.ID))
		if res, _ := k.Call(auditor, http.MethodGet, f.URL, ""); res.StatusCode != http.StatusOK {
			t.Errorf("auditor: %d", res.StatusCode)
		}
	})
}

func TestFiles_SharedAndPublished(t *testing.T) {
	t.Parallel()
	testkit.Both(t, func(t *testing.T, k *testkit.Kit) {
		supplier := k.As(access.SupplierAgent, k.Party(party.KindSSO, "邻帮服务中心", k.World.City.ID))
		buyer := k.As(access.BuyerMaker, k.Buyer())
		_, f := upload(k, supplier, "evidence.pdf", "application/pdf", "%PDF-1.7 evidence")
		id := ident.FileID(f.ID)
		reads := func(who access.Actor) int {
			res, _ := k.Call(who, http.MethodGet, f.URL, "")
			return res.StatusCode
		}
		if reads(buyer) != http.StatusNotFound {
			t.Error("the buyer reads what was not shared")
		}
		k.Update(func(ctx context.Context, u *app.Unit) error {
			if err := u.Files.Attach(ctx, id, "milestone", "m1"); err != nil {
				return err
			}
			if err := u.Files.Attach(ctx, id, "milestone", "m1"); err != nil {
				return err
			}
			if err := u.Files.Share(ctx, id, buyer.PartyID); err != nil {
				return err
			}
			return files.Widen(ctx, u, id, file.Case)
		})
		if reads(buyer) != http.StatusOK || reads(access.Actor{}) != http.StatusNotFound {
			t.Error("shared with the buyer means the buyer and nobody else")
		}
		k.Update(func(ctx context.Context, u *app.Unit) error { return files.Widen(ctx, u, id, file.Public) })
		res, _ := k.Call(access.Actor{}, http.MethodGet, f.URL, "")
		if res.StatusCode != http.StatusOK || !strings.HasPrefix(res.Header.Get("Content-Disposition"), "attachment") ||
			!strings.Contains(res.Header.Get("Content-Security-Policy"), "sandbox") || res.Header.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%d %v", res.StatusCode, res.Header)
		}
		k.View(func(ctx context.Context, u *app.Unit) error {
			records, err := u.Audits.Of(ctx, "file", f.ID, 10)
			if err != nil || len(records) != 3 { // stored, widened to the case, widened to everybody
				t.Errorf("%d records, %v", len(records), err)
			}
			all, err := u.Files.Attached(ctx, "milestone", "m1")
			if err != nil || len(all) != 1 || all[0].ID != id {
				t.Errorf("attached %v %v", all, err)
			}
			return nil
		})
	})
}

func TestFiles_Refusals(t *testing.T) {
	t.Parallel()
	k := testkit.New(t)
	owner := k.Resident()
	cases := []struct {
		name, kind, content, code string
		status                    int
	}{
		{"a.html", "text/html", "<html><script>alert(1)</script>", "file.type_refused", 422},
		{"a.jpg", "image/jpeg", "not a picture at all", "file.type_mismatch", 422},
		{"a.jpg", "image/jpeg", "\xFF\xD8\xFF broken", "file.picture_broken", 422},
		{"a.pdf", "application/pdf", "MZ\x90\x00\x03", "file.type_refused", 422},
		{"%2F", "text/plain", "words", "file.name_invalid", 422},
		{"a%00.txt", "text/plain", "words", "request.control_character", 422},
		{"a.pdf", "application/pdf", "%PDF" + strings.Repeat("x", file.MaxSize+2000), "request.too_large", 413},
	}
	for _, c := range cases {
		status, f := upload(k, owner, c.name, c.kind, c.content)
		if status != c.status || f.Code != c.code {
			t.Errorf("%s %s: %d %s, want %s", c.name, c.kind, status, f.Code, c.code)
		}
	}
	if status, f := upload(k, access.Actor{}, "a.txt", "text/plain", "words"); status != 401 || f.Code != "access.sign_in_required" {
		t.Errorf("anonymous: %d %s", status, f.Code)
	}
	res, body := k.Call(owner, http.MethodPost, "/api/v1/files?name=a.txt", "words", "Content-Type", "text/plain")
	if p := read[fileBody](t, body); res.StatusCode != 400 || p.Code != "idempotency.key_missing" {
		t.Errorf("no key: %d %s", res.StatusCode, body)
	}
	res, body = k.Call(owner, http.MethodPost, "/api/v1/files?name=a.txt&visibility=public", "words", "Content-Type", "text/plain", "Idempotency-Key", k.Key())
	if res.StatusCode != 422 {
		t.Errorf("public upload: %d %s", res.StatusCode, body)
	}
	res, _ = k.Call(owner, http.MethodGet, "/api/v1/files/nowhere", "")
	if res.StatusCode != 404 {
		t.Errorf("unknown file: %d", res.StatusCode)
	}
}

func TestFiles_ReplayGivesTheSameFile(t *testing.T) {
	t.Parallel()
	k := testkit.New(t)
	owner, key := k.Resident(), k.Key()
	send := func(content string) (int, fileBody) {
		res, body := k.Call(owner, http.MethodPost, "/api/v1/files?name=a.txt", content, "Content-Type", "text/plain", "Idempotency-Key", key)
		return res.StatusCode, read[fileBody](t, body)
	}
	_, first := send("会议记录")
	status, again := send("会议记录")
	if status != 201 || first.ID == "" || again.ID != first.ID {
		t.Fatalf("%d %s %s", status, first.ID, again.ID)
	}
	if status, other := send("另一份"); status != 409 || other.Code != "idempotency.reused" {
		t.Fatalf("%d %s", status, other.Code)
	}
}
