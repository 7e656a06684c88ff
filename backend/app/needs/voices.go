package needs

import (
	"context"

	"linli/backend/app"
	"linli/backend/app/files"
	"linli/backend/domain/access"
	"linli/backend/domain/fault"
	"linli/backend/domain/file"
	"linli/backend/domain/ident"
	"linli/backend/domain/lifecycle"
	"linli/backend/domain/need"
)

// VoiceAct is one act on a voice: return, pass_on, take_back, detach, resubmit, withdraw.
// Words and Public matter to resubmit only.
type VoiceAct struct {
	ID      ident.VoiceID
	Version int64
	Action  string
	Reason  string
	Words   string
	Public  string
}

// ChangeVoice does one act on a voice. Faults: voice.transition_refused,
// voice.reason_required, voice.not_author, voice.preview_changed, record.stale,
// access.forbidden, record.not_found.
func (s *Service) ChangeVoice(ctx context.Context, w Write, act VoiceAct) (need.Voice, error) {
	permission, err := voicePermission(act.Action)
	if err != nil {
		return need.Voice{}, err
	}
	return app.Do(ctx, s.app, w.Actor, w.to(permission, act.Action+"Voice", act), func(ctx context.Context, u *app.Unit) (need.Voice, error) {
		v, err := u.Needs.Voice(ctx, act.ID)
		if err != nil {
			return need.Voice{}, err
		}
		if err := mayChange(ctx, u, v, permission); err != nil {
			return need.Voice{}, err
		}
		if err := seen(v.Version, act.Version); err != nil {
			return need.Voice{}, err
		}
		before, from := *v, v.NeedID
		if _, err := applyVoice(ctx, u, v, act); err != nil {
			return need.Voice{}, err
		}
		if err := u.Needs.SaveVoice(ctx, v); err != nil {
			return need.Voice{}, err
		}
		if err := leave(ctx, u, v, from); err != nil {
			return need.Voice{}, err
		}
		return *v, noteVoice(ctx, u, before, v, act.Action, act.Reason)
	})
}

func voicePermission(action string) (access.Permission, error) {
	for _, r := range need.VoiceMachine.Rows {
		if r.Action == action && action != need.ActSubmit && action != need.ActGather {
			return r.Permission, nil
		}
	}
	return "", fault.NotFound("record.not_found", "no act "+action+" on a voice")
}

// mayChange: what belongs to the author is his alone; what belongs to the community worker
// is checked at the place. Who may not read the voice does not find it.
func mayChange(ctx context.Context, u *app.Unit, v *need.Voice, p access.Permission) error {
	path, err := placePath(ctx, u, v.PlaceID)
	if err != nil {
		return err
	}
	if !v.Seen() && !v.MayRead(u.Actor, path) {
		return fault.NotFound("record.not_found", "voice is not visible to the actor")
	}
	if p == access.NeedPost {
		return v.MayTouch(u.Actor)
	}
	return access.Allow(u.Actor, p, access.Object{PlacePath: path})
}

func applyVoice(ctx context.Context, u *app.Unit, v *need.Voice, act VoiceAct) (lifecycle.Row, error) {
	switch act.Action {
	case need.ActResubmit:
		public, _, err := mask(ctx, u, v.PlaceID, act.Words)
		if err != nil {
			return lifecycle.Row{}, err
		}
		if public != act.Public {
			return lifecycle.Row{}, fault.Conflict("voice.preview_changed", "the preview the author saw is not what would be published")
		}
		return v.Resubmit(act.Words, public, u.Now)
	case need.ActWithdraw:
		return v.Withdraw(act.Reason, u.Now)
	case need.ActDetach:
		return v.Detach(act.Reason, u.Now)
	default:
		return v.Answer(act.Action, act.Reason, u.Now)
	}
}

// leave takes back what the voice brought to a need when it was detached or withdrawn.
func leave(ctx context.Context, u *app.Unit, v *need.Voice, from ident.NeedID) error {
	if from == "" || v.Status == need.VoiceGathered {
		return nil
	}
	if err := u.Needs.DropVoiceSupport(ctx, v.ID); err != nil {
		return err
	}
	return recount(ctx, u, from)
}

// Gather points a waiting voice at a need that exists. Faults: need.gather_elsewhere,
// need.closed, voice.transition_refused, record.stale, access.forbidden.
func (s *Service) Gather(ctx context.Context, w Write, id ident.VoiceID, version int64, into ident.NeedID) (need.Voice, error) {
	input := map[string]any{"voice": id, "version": version, "need": into}
	return app.Do(ctx, s.app, w.Actor, w.to(access.NeedGather, "gatherVoice", input), func(ctx context.Context, u *app.Unit) (need.Voice, error) {
		n, err := u.Needs.Need(ctx, into)
		if err != nil {
			return need.Voice{}, err
		}
		if err := mayAt(ctx, u, n.PlaceID, access.NeedGather); err != nil {
			return need.Voice{}, err
		}
		if !n.Active() {
			return need.Voice{}, fault.Conflict("need.closed", "the need is closed")
		}
		v, err := gatherOne(ctx, u, id, version, n)
		if err != nil {
			return need.Voice{}, err
		}
		return *v, recount(ctx, u, n.ID)
	})
}

// gatherOne gathers a voice, lets its household stand behind the need and its author follow
// it, and opens its photos to the public unless the author keeps the words private.
func gatherOne(ctx context.Context, u *app.Unit, id ident.VoiceID, version int64, n *need.Need) (*need.Voice, error) {
	v, err := u.Needs.Voice(ctx, id)
	if err != nil {
		return nil, err
	}
	if err := mayChange(ctx, u, v, access.NeedGather); err != nil {
		return nil, err
	}
	if err := seen(v.Version, version); err != nil {
		return nil, err
	}
	before := *v
	if _, err := v.Gather(n, u.Now); err != nil {
		return nil, err
	}
	if err := u.Needs.SaveVoice(ctx, v); err != nil {
		return nil, err
	}
	_, err = u.Needs.AddSupport(ctx, need.Support{ID: u.NewID(), NeedID: n.ID, PersonID: v.AuthorID, Household: v.Household, VoiceID: v.ID, At: u.Now})
	if err != nil {
		return nil, err
	}
	if v.AuthorID != "" {
		if err := u.Needs.Follow(ctx, n.ID, v.AuthorID, u.Now); err != nil {
			return nil, err
		}
	}
	for _, photo := range v.Photos {
		if v.Private {
			break
		}
		if err := files.Widen(ctx, u, photo, file.Public); err != nil {
			return nil, err
		}
	}
	return v, noteVoice(ctx, u, before, v, need.ActGather, "")
}

// maxRoot bounds the walk up a family of merged needs.
const maxRoot = 50

// rootOf follows merges upwards: counts stand on the need that is left.
func rootOf(ctx context.Context, u *app.Unit, id ident.NeedID) (*need.Need, error) {
	for range maxRoot {
		n, err := u.Needs.Need(ctx, id)
		if err != nil || n.MergedInto == "" {
			return n, err
		}
		id = n.MergedInto
	}
	return nil, fault.Internal("needs are merged in a circle at "+string(id), nil)
}

// recount brings the counts of a need, and of the one it was merged into, up to date.
func recount(ctx context.Context, u *app.Unit, id ident.NeedID) error {
	root, err := rootOf(ctx, u, id)
	if err != nil {
		return err
	}
	if root.ID != id {
		if _, err := u.Needs.Recount(ctx, id); err != nil {
			return err
		}
	}
	_, err = u.Needs.Recount(ctx, root.ID)
	return err
}
