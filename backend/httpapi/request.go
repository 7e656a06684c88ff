package httpapi

import (
	"context"
	"time"

	"linli/backend/domain/access"
)

type requestKey struct{}

// request is what the middleware found out about one request.
type request struct {
	server     *Server
	id         string
	actor      access.Actor
	authFault  error // why the bearer token was refused, when one was sent
	receivedAt time.Time
	language   string
	sameSite   bool
	remote     string
	cookies    func(name string) string
	setCookie  func(cookie)
}

type cookie struct {
	name, value, path string
	maxAge            time.Duration // ≤ 0 deletes
}

func requestOf(ctx context.Context) *request {
	if r, ok := ctx.Value(requestKey{}).(*request); ok {
		return r
	}
	return &request{language: "zh"}
}

// actorOf is who acts; anonymous for the public.
func actorOf(ctx context.Context) access.Actor { return requestOf(ctx).actor }

// receivedAt is the business time at which the whole body had been read, before the request
// waited for anything, truncated to the millisecond (domain handbook §3).
func receivedAt(ctx context.Context) time.Time { return requestOf(ctx).receivedAt }

// languageOf is "zh" or "en", from Accept-Language.
func languageOf(ctx context.Context) string { return requestOf(ctx).language }

// remoteOf is the client's address, for rate limits and the access log only.
func remoteOf(ctx context.Context) string { return requestOf(ctx).remote }
