package needs

import (
	"context"

	"linli/backend/app"
	"linli/backend/app/files"
	"linli/backend/domain/access"
	"linli/backend/domain/calendar"
	"linli/backend/domain/fault"
	"linli/backend/domain/file"
	"linli/backend/domain/ident"
	"linli/backend/domain/need"
	"linli/backend/domain/party"
	"linli/backend/domain/taxonomy"
)

// voiceCode begins the human code of a voice (诉求).
const voiceCode = "SQ"

// Posting is a voice as its author previewed it. Public must be the preview that was shown;
// AssistID names the sitting in which a community worker writes for somebody.
type Posting struct {
	PlaceID   ident.PlaceID
	Category  string
	Words     string
	Public    string
	Private   bool
	Where     string
	Point     *need.Point
	Who       string
	Affected  int
	Urgency   need.Urgency
	Wished    string
	Answers   map[string]string
	Photos    []ident.FileID
	Building  string
	Unit      string
	Different []ident.NeedID
	AssistID  string
}

// Receipt is what an author takes away: the voice, who will answer, and by when.
type Receipt struct {
	Voice   need.Voice
	PartyID ident.PartyID
	ReplyBy calendar.Date
}

// Post submits a voice. Faults: voice.invalid, taxonomy.unknown, need.place_not_community,
// need.enterprise_proposes, need.household_invalid, voice.preview_changed,
// voice.photo_not_picture, file.not_yours, assist.over, assist.not_yours, access.forbidden.
func (s *Service) Post(ctx context.Context, w Write, p Posting) (Receipt, error) {
	if err := taxonomy.Check(taxonomy.Code(p.Category)); err != nil {
		return Receipt{}, err
	}
	return app.Do(ctx, s.app, w.Actor, w.to(access.NeedPost, "postVoice", p), func(ctx context.Context, u *app.Unit) (Receipt, error) {
		place, err := communityAt(ctx, u, p.PlaceID, access.NeedPost)
		if err != nil {
			return Receipt{}, err
		}
		v, err := s.compose(ctx, u, p)
		if err != nil {
			return Receipt{}, err
		}
		if v.Code, err = u.NextCode(ctx, voiceCode); err != nil {
			return Receipt{}, err
		}
		if err := u.Needs.InsertVoice(ctx, v); err != nil {
			return Receipt{}, err
		}
		body, err := bodyOf(ctx, u, place.ID)
		if err != nil {
			return Receipt{}, err
		}
		if err := attachPhotos(ctx, u, v, body); err != nil {
			return Receipt{}, err
		}
		if err := noteVoice(ctx, u, nil, v, need.ActSubmit, ""); err != nil {
			return Receipt{}, err
		}
		by, err := s.replyBy(u, v)
		return Receipt{*v, body, by}, err
	})
}

// compose makes the voice from what was posted, the actor and the sitting.
func (s *Service) compose(ctx context.Context, u *app.Unit, p Posting) (*need.Voice, error) {
	v := need.Voice{
		ID: ident.VoiceID(u.NewID()), PlaceID: p.PlaceID, Category: p.Category, Words: p.Words, Private: p.Private, Where: p.Where,
		Point: p.Point, Who: p.Who, Affected: p.Affected, Urgency: p.Urgency, Wished: p.Wished, Answers: p.Answers, Photos: p.Photos,
		Different: p.Different, Channel: need.ChannelSelf, AuthorID: u.Actor.PersonID, PostedBy: u.Actor.PersonID,
	}
	if err := mayPropose(ctx, u); err != nil {
		return nil, err
	}
	if err := writeFor(ctx, u, &v, p.AssistID); err != nil {
		return nil, err
	}
	if p.Building != "" || p.Unit != "" {
		home, err := household(ctx, u, p.PlaceID, p.Building, p.Unit)
		if err != nil {
			return nil, err
		}
		v.Household = home
	}
	out, err := need.NewVoice(v, u.Now)
	if err != nil {
		return nil, err
	}
	public, _, err := mask(ctx, u, p.PlaceID, out.Words)
	if err != nil {
		return nil, err
	}
	if public != p.Public {
		return nil, fault.Conflict("voice.preview_changed", "the preview the author saw is not what would be published")
	}
	out.Public = public
	return out, nil
}

func mayPropose(ctx context.Context, u *app.Unit) error {
	body, err := u.People.Party(ctx, u.Actor.PartyID)
	if err != nil {
		return err
	}
	return need.MayPropose(u.Actor, string(body.Kind))
}

// writeFor turns a voice into that of the resident a sitting is for. A community worker
// without one speaks for himself.
func writeFor(ctx context.Context, u *app.Unit, v *need.Voice, assistID string) error {
	if assistID == "" {
		return nil
	}
	a, err := u.Needs.Assist(ctx, assistID)
	if err != nil {
		return err
	}
	if err := a.Running(u.Actor.PersonID, u.Now); err != nil {
		return err
	}
	v.AuthorID, v.Nameless, v.Channel, v.PartyID = a.PersonID, a.Nameless, a.Channel, u.Actor.PartyID
	u.Actor.OnBehalfOf = a.PersonID
	return nil
}

func household(ctx context.Context, u *app.Unit, place ident.PlaceID, building, unit string) (need.Household, error) {
	salt, err := u.Needs.Salt(ctx, place, u.NewID()+u.NewID())
	if err != nil {
		return "", err
	}
	return need.HouseholdOf(salt, place, building, unit)
}

// bodyOf is the body that answers for a community: its committee; empty when none is
// registered yet.
func bodyOf(ctx context.Context, u *app.Unit, place ident.PlaceID) (ident.PartyID, error) {
	for _, kind := range []party.Kind{party.KindRC, party.KindVC} {
		body, err := u.People.PartyOfKindAt(ctx, kind, place)
		if err == nil {
			return body.ID, nil
		}
		if fault.KindOf(err) != fault.KindNotFound {
			return "", err
		}
	}
	return "", nil
}

// attachPhotos hands the photos to the voice and lets the answering body see them; they
// become public with the need.
func attachPhotos(ctx context.Context, u *app.Unit, v *need.Voice, body ident.PartyID) error {
	for _, id := range v.Photos {
		f, err := files.Readable(ctx, u, id)
		if err != nil {
			return err
		}
		if !f.Inline() {
			return fault.Invalid("voice.photo_not_picture", "attached file is no picture").At("photos", "type", "JPEG or PNG")
		}
	}
	if err := files.Attach(ctx, u, v.Photos, "voice", string(v.ID), file.Case); err != nil {
		return err
	}
	for _, id := range v.Photos {
		if body == "" {
			break
		}
		if err := u.Files.Share(ctx, id, body); err != nil {
			return err
		}
	}
	return nil
}

// replyBy is the last day of the first answer, by the rulebook.
func (s *Service) replyBy(u *app.Unit, v *need.Voice) (calendar.Date, error) {
	days, err := s.rules(u).Int("NEED_REPLY_WORKING_DAYS")
	if err != nil {
		return calendar.Date{}, err
	}
	return s.app.Calendar.AddWorkingDays(calendar.DateOf(v.PostedAt), days)
}

// placePath is where a place lies, "" when it is gone.
func placePath(ctx context.Context, u *app.Unit, id ident.PlaceID) (string, error) {
	p, err := u.Places.Place(ctx, id)
	if fault.KindOf(err) == fault.KindNotFound {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	return p.Path, nil
}
