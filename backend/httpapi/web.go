package httpapi

import (
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"

	"github.com/gofiber/fiber/v2"
)

// Web is the built web application; a nil FS serves the API alone.
type Web struct{ FS fs.FS }

// mountWeb serves the web application: hashed assets for a year, and its one page for every
// address that is neither an asset nor the API.
func (s *Server) mountWeb() {
	if s.config.Web.FS == nil {
		return
	}
	s.fiber.Get("/*", func(c *fiber.Ctx) error {
		p := strings.TrimPrefix(path.Clean("/"+c.Params("*")), "/")
		if strings.HasPrefix("/"+p, "/api/") {
			return fiber.ErrNotFound
		}
		if p != "" && s.asset(c, p) {
			return nil
		}
		if strings.HasPrefix(p, "assets/") || (p != "" && strings.Contains(path.Base(p), ".")) {
			return fiber.ErrNotFound
		}
		if !s.asset(c, "index.html") {
			return c.Status(http.StatusServiceUnavailable).SendString("The web application has not been built: run make build.\n")
		}
		return nil
	})
}

func (s *Server) asset(c *fiber.Ctx, name string) bool {
	body, packed, ok := s.readAsset(name, strings.Contains(c.Get("Accept-Encoding"), "gzip"))
	if !ok {
		return false
	}
	kind := mime.TypeByExtension(path.Ext(name))
	if kind == "" {
		kind = "application/octet-stream"
	}
	c.Set("Content-Type", kind)
	c.Set("Vary", "Accept-Encoding")
	if packed {
		c.Set("Content-Encoding", "gzip")
	}
	if strings.HasPrefix(name, "assets/") {
		c.Set("Cache-Control", "public, max-age=31536000, immutable")
	} else {
		c.Set("Cache-Control", "no-cache")
	}
	return c.Send(body) == nil
}

// readAsset prefers the copy that the build compressed.
func (s *Server) readAsset(name string, gzip bool) (body []byte, packed, ok bool) {
	if gzip {
		if b, err := fs.ReadFile(s.config.Web.FS, name+".gz"); err == nil {
			return b, true, true
		}
	}
	b, err := fs.ReadFile(s.config.Web.FS, name)
	return b, false, err == nil
}
