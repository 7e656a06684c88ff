package e2e

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/google/uuid"

	"linli/backend/app/accounts"
)

// client speaks to a server as one person.
type client struct {
	t     testing.TB
	base  string
	token string
	http  *http.Client
}

// body is a JSON object.
type body = map[string]any

func anyone(t testing.TB, base string) *client {
	return &client{t: t, base: base, http: &http.Client{Timeout: patience}}
}

// signIn signs in with an account of the demonstration.
func signIn(t testing.TB, base, login string) *client {
	t.Helper()
	c := anyone(t, base)
	out := c.must("POST", "/session", body{"login": login + "@" + accounts.DemonstrationDomain, "password": accounts.DemonstrationPassword})
	c.token = text(out, "accessToken")
	return c
}

// answer is what came back.
type answer struct {
	status int
	header http.Header
	text   string
	body   body
}

// send sends one request; writes get a fresh idempotency key unless headers bring one.
func (c *client) send(method, path string, in any, headers ...string) (answer, error) {
	var content io.Reader
	if in != nil {
		raw, err := json.Marshal(in)
		if err != nil {
			return answer{}, err
		}
		content = bytes.NewReader(raw)
	}
	req, err := http.NewRequest(method, c.base+"/api/v1"+path, content)
	if err != nil {
		return answer{}, err
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("X-Linli-Request", "1")
	if method != http.MethodGet {
		req.Header.Set("Idempotency-Key", uuid.NewString())
	}
	if c.token != "" {
		req.Header.Set("Authorization", "Bearer "+c.token)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	res, err := c.http.Do(req)
	if err != nil {
		return answer{}, err
	}
	defer func() { _ = res.Body.Close() }()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		return answer{}, err
	}
	a := answer{status: res.StatusCode, header: res.Header, text: string(raw)}
	_ = json.Unmarshal(raw, &a.body)
	return a, nil
}

// must sends and wants success.
func (c *client) must(method, path string, in any, headers ...string) body {
	c.t.Helper()
	a, err := c.send(method, path, in, headers...)
	if err != nil {
		c.t.Fatal(method, path, err)
	}
	if a.status >= 300 {
		c.t.Fatalf("%s %s: %d %s", method, path, a.status, a.text)
	}
	if tag := a.header.Get("ETag"); tag != "" && a.body != nil {
		a.body["etag"] = tag
	}
	return a.body
}

// refused sends and wants a refusal with a code.
func (c *client) refused(code, method, path string, in any, headers ...string) {
	c.t.Helper()
	a, err := c.send(method, path, in, headers...)
	if err != nil {
		c.t.Fatal(method, path, err)
	}
	if got := text(a.body, "code"); got != code {
		c.t.Errorf("%s %s: wanted %s, got %d %s", method, path, code, a.status, a.text)
	}
}

// at walks into an answer: "items.0.id".
func at(v any, path string) any {
	for _, p := range strings.Split(path, ".") {
		switch x := v.(type) {
		case map[string]any:
			v = x[p]
		case []any:
			var i int
			if _, err := fmt.Sscan(p, &i); err != nil || i >= len(x) {
				return nil
			}
			v = x[i]
		default:
			return nil
		}
	}
	return v
}

func text(v any, path string) string {
	s, _ := at(v, path).(string)
	return s
}

func list(v any, path string) []any {
	s, _ := at(v, path).([]any)
	return s
}

func number(v any, path string) int64 {
	f, _ := at(v, path).(float64)
	return int64(f)
}
