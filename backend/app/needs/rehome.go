package needs

import (
	"context"

	"linli/backend/app"
	"linli/backend/app/places"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/lifecycle"
)

// Homes moves needs and voices when a community is merged, split or renamed.
type Homes struct{}

// Attached lists the needs and voices at some places.
func (Homes) Attached(ctx context.Context, u *app.Unit, at []ident.PlaceID) ([]places.Attached, error) {
	all, err := u.Needs.StandingAt(ctx, at)
	if err != nil {
		return nil, err
	}
	out := make([]places.Attached, len(all))
	for i, x := range all {
		out[i] = places.Attached{PlaceID: x.PlaceID, Kind: x.Kind, ID: x.ID, Code: x.Code, Title: x.Title}
	}
	return out, nil
}

// Move gives one of them to another community. A need also gets the committee of that
// community as the body that answers, when there is one.
func (Homes) Move(ctx context.Context, u *app.Unit, what places.Attached, to ident.PlaceID, reason string) error {
	switch what.Kind {
	case "need":
		return moveNeed(ctx, u, ident.NeedID(what.ID), to, reason)
	case "voice":
		return moveVoice(ctx, u, ident.VoiceID(what.ID), to, reason)
	default:
		return fault.Internal("needs cannot move a "+what.Kind, nil)
	}
}

func moveNeed(ctx context.Context, u *app.Unit, id ident.NeedID, to ident.PlaceID, reason string) error {
	n, err := u.Needs.Need(ctx, id)
	if err != nil {
		return err
	}
	body, err := bodyOf(ctx, u, to)
	if err != nil {
		return err
	}
	before := *n
	n.Rehome(to, body)
	if err := u.Needs.SaveNeed(ctx, n); err != nil {
		return err
	}
	return noteNeed(ctx, u, before, n, lifecycle.Row{Action: "rehome"}, reason, "")
}

func moveVoice(ctx context.Context, u *app.Unit, id ident.VoiceID, to ident.PlaceID, reason string) error {
	v, err := u.Needs.Voice(ctx, id)
	if err != nil {
		return err
	}
	before := *v
	v.Rehome(to)
	if err := u.Needs.SaveVoice(ctx, v); err != nil {
		return err
	}
	return noteVoice(ctx, u, before, v, "rehome", reason)
}

var _ places.Rehomer = Homes{}
