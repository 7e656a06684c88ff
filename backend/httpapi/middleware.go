package httpapi

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"net/url"
	"runtime/debug"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"linli/backend/domain/fault"
)

func (s *Server) use() {
	s.fiber.Use(s.enter, s.secure)
}

// enter stamps the request, finds its actor, and logs and counts it when it is done.
func (s *Server) enter(c *fiber.Ctx) (err error) {
	start := time.Now()
	r := &request{
		server:     s,
		id:         requestID(c.Get("X-Request-Id")),
		receivedAt: s.app.Clock.Now().Truncate(time.Millisecond),
		language:   languageFrom(c.Get("Accept-Language")),
		sameSite:   sameSite(c),
		remote:     s.remote(c),
		cookies:    func(name string) string { return c.Cookies(name) },
	}
	r.setCookie = func(k cookie) {
		c.Cookie(fiberCookie(k, c.Protocol() == "https" || c.Get("X-Forwarded-Proto") == "https"))
	}
	ctx := context.WithValue(context.Background(), requestKey{}, r)
	c.SetUserContext(ctx)
	c.Set("X-Request-Id", r.id)
	c.Set("X-Linli-Now", r.receivedAt.UTC().Format(time.RFC3339Nano)) // deadlines on screen follow it
	s.authenticate(ctx, r, c.Get("Authorization"))
	defer func() {
		if p := recover(); p != nil {
			s.log.Error("panic", "request", r.id, "error", fmt.Sprint(p), "stack", string(debug.Stack()))
			err = s.fiberError(c, fiber.ErrInternalServerError)
		}
		s.done(c, r, start)
	}()
	if err = c.Next(); err != nil {
		err = s.fiberError(c, err)
	}
	return err
}

func (s *Server) authenticate(ctx context.Context, r *request, header string) {
	token, ok := strings.CutPrefix(header, "Bearer ")
	if !ok || s.auth == nil {
		return
	}
	actor, err := s.auth.Authenticate(ctx, token)
	if err != nil {
		r.authFault = err
		return
	}
	r.actor = actor
}

func (s *Server) done(c *fiber.Ctx, r *request, start time.Time) {
	took := time.Since(start)
	status := c.Response().StatusCode()
	s.metrics.observe(c.Method(), c.Route().Path, status, took)
	s.log.Info("request", "request", r.id, "method", c.Method(), "path", c.Path(), "status", status,
		"ms", float64(took.Microseconds())/1000, "person", r.actor.PersonID, "role", r.actor.Role)
}

// pressStyle is the hash of the one style sheet that react-aria-components puts into a page
// by itself (how touch acts on what can be pressed).
const pressStyle = "'sha256-38RhXrc7EdReTKsOm23ZPOCUgniTUUcjky8QOOrQx6o='"

// secure sets the headers that browsers enforce. Scripts and styles come from this origin
// only; nothing inline.
func (s *Server) secure(c *fiber.Ctx) error {
	images := strings.Join(append([]string{"'self'", "data:", "blob:"}, s.config.TileOrigins...), " ")
	c.Set("Content-Security-Policy", "default-src 'self'; img-src "+images+
		"; script-src 'self'; style-src 'self' "+pressStyle+"; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self' https://checkout.stripe.com")
	c.Set("X-Content-Type-Options", "nosniff")
	c.Set("Referrer-Policy", "same-origin")
	c.Set("X-Frame-Options", "DENY")
	c.Set("Cross-Origin-Opener-Policy", "same-origin")
	c.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=(self)")
	if strings.HasPrefix(c.Path(), Prefix) {
		c.Set("Cache-Control", "no-store")
	}
	if c.Protocol() == "https" || c.Get("X-Forwarded-Proto") == "https" {
		c.Set("Strict-Transport-Security", "max-age=31536000")
	}
	return c.Next()
}

func requestID(given string) string {
	if len(given) >= 8 && len(given) <= 64 && strings.Trim(given, "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_") == "" {
		return given
	}
	var b [8]byte
	_, _ = rand.Read(b[:])
	return hex.EncodeToString(b[:])
}

func languageFrom(header string) string {
	if strings.HasPrefix(strings.ToLower(strings.TrimSpace(header)), "en") {
		return "en"
	}
	return "zh"
}

// sameSite tells whether the browser says that our own page sent the request: the custom
// header cannot be sent across sites without a preflight, which is never granted.
func sameSite(c *fiber.Ctx) bool {
	if c.Get("X-Linli-Request") == "" {
		return false
	}
	if site := c.Get("Sec-Fetch-Site"); site != "" && site != "same-origin" {
		return false
	}
	origin := c.Get("Origin")
	if origin == "" {
		return true
	}
	u, err := url.Parse(origin)
	return err == nil && u.Host == c.Get("Host")
}

func (s *Server) remote(c *fiber.Ctx) string {
	if s.config.TrustProxy {
		if first, _, _ := strings.Cut(c.Get("X-Forwarded-For"), ","); first != "" {
			return strings.TrimSpace(first)
		}
	}
	return c.IP()
}

func fiberCookie(k cookie, secure bool) *fiber.Cookie {
	out := &fiber.Cookie{
		Name: k.name, Value: k.value, Path: k.path, HTTPOnly: true, Secure: secure, SameSite: fiber.CookieSameSiteStrictMode,
	}
	if k.maxAge <= 0 {
		out.Expires = time.Unix(0, 0)
		return out
	}
	out.MaxAge = int(k.maxAge.Seconds())
	return out
}

// clean refuses what no database can hold, in one place.
func clean(text ...string) error {
	for _, t := range text {
		for _, c := range t {
			if c < ' ' && c != '\n' && c != '\t' && c != '\r' {
				return fault.Invalid("request.control_character", "control character in text")
			}
		}
	}
	return nil
}
