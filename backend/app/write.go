package app

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strconv"

	"linli/backend/domain/access"
	"linli/backend/domain/fault"
)

// Write describes one write to the pipeline. Key is the caller's idempotency key; Input is
// fingerprinted together with Name and the version of Seeing, so that a key cannot be reused
// for something else.
type Write struct {
	Permission access.Permission
	Name       string
	Key        string
	Input      any
}

type seenKey struct{}

// Seeing carries the version a caller saw of what he changes to the write that follows. An
// edge sets it once for all its operations: the same key and content based on another version
// is another request, and answering it from memory would hide that the record had moved.
func Seeing(ctx context.Context, version int64) context.Context {
	return context.WithValue(ctx, seenKey{}, version)
}

// seen is the version of Seeing; 0 where none was given.
func seen(ctx context.Context) int64 {
	version, _ := ctx.Value(seenKey{}).(int64)
	return version
}

// Do runs one write: live membership and permission, replay by key, the decision, at least
// one audit leaf, and the answer remembered; all in one transaction. T must survive a JSON
// round trip, because a replay answers from the stored text. Faults besides those of fn:
// access.sign_in_required, access.forbidden, access.membership_ended,
// idempotency.key_missing, idempotency.reused.
func Do[T any](ctx context.Context, a *App, actor access.Actor, w Write, fn func(ctx context.Context, u *Unit) (T, error)) (T, error) {
	var out T
	if err := routeNet(actor, w); err != nil {
		return out, err
	}
	print, err := fingerprint(w, seen(ctx))
	if err != nil {
		return out, err
	}
	err = a.Store.Update(ctx, func(ctx context.Context, u *Unit) error {
		out = *new(T)
		if err := enter(ctx, u, actor, w.Permission); err != nil {
			return err
		}
		old, found, err := u.Core.Replay(ctx, u.Actor.PersonID, w.Key)
		if err != nil {
			return err
		}
		if found {
			return replay(old, print, &out)
		}
		if out, err = fn(ctx, u); err != nil {
			return err
		}
		if len(u.drafts) == 0 {
			return fault.Internal(w.Name+" wrote without an audit record", nil)
		}
		return remember(ctx, u, w, print, out)
	})
	if err != nil {
		return *new(T), err
	}
	return out, nil
}

func routeNet(actor access.Actor, w Write) error {
	if w.Permission != access.Public && actor.Anonymous() {
		return fault.Unauthenticated("access.sign_in_required", "sign in for "+w.Name)
	}
	if w.Key == "" {
		return fault.Malformed("idempotency.key_missing", w.Name+" without an idempotency key")
	}
	return nil
}

func enter(ctx context.Context, u *Unit, actor access.Actor, p access.Permission) error {
	if actor.Anonymous() {
		u.Actor = actor
		return nil
	}
	live, err := u.Core.LiveActor(ctx, actor)
	if err != nil {
		return err
	}
	u.Actor = live
	if !access.Holds(live.Role, p) {
		return fault.Forbidden("access.forbidden", string(live.Role)+" may not "+string(p)).With("permission", string(p))
	}
	return nil
}

func fingerprint(w Write, version int64) (string, error) {
	input, err := json.Marshal(w.Input)
	if err != nil {
		return "", fault.Internal("input of "+w.Name+" does not marshal", err)
	}
	sum := sha256.Sum256(append([]byte(w.Name+"\n"+strconv.FormatInt(version, 10)+"\n"), input...))
	return hex.EncodeToString(sum[:]), nil
}

func replay[T any](old Remembered, print string, out *T) error {
	if old.Fingerprint != print {
		return fault.Conflict("idempotency.reused", "key was used for other content")
	}
	if err := json.Unmarshal([]byte(old.Result), out); err != nil {
		return fault.Internal("remembered answer does not read", err)
	}
	return nil
}

func remember(ctx context.Context, u *Unit, w Write, print string, out any) error {
	text, err := json.Marshal(out)
	if err != nil {
		return fault.Internal("answer of "+w.Name+" does not marshal", err)
	}
	return u.Core.Remember(ctx, u.Actor.PersonID, w.Key, Remembered{Name: w.Name, Fingerprint: print, Result: string(text)})
}

// Look runs one read for an actor. Faults besides those of fn: access.sign_in_required,
// access.forbidden.
func Look[T any](ctx context.Context, a *App, actor access.Actor, p access.Permission, fn func(ctx context.Context, u *Unit) (T, error)) (T, error) {
	var out T
	if p != access.Public && actor.Anonymous() {
		return out, fault.Unauthenticated("access.sign_in_required", "sign in to read this")
	}
	if !access.Holds(actor.Role, p) {
		return out, fault.Forbidden("access.forbidden", string(actor.Role)+" may not "+string(p)).With("permission", string(p))
	}
	err := a.Store.View(ctx, func(ctx context.Context, u *Unit) error {
		u.Actor = actor
		var err error
		out, err = fn(ctx, u)
		return err
	})
	return out, err
}
