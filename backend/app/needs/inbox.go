package needs

import (
	"context"
	"strings"
	"time"

	"linli/backend/app"
	"linli/backend/domain/access"
	"linli/backend/domain/calendar"
	"linli/backend/domain/fault"
	"linli/backend/domain/file"
	"linli/backend/domain/ident"
	"linli/backend/domain/lifecycle"
	"linli/backend/domain/need"
)

// VoiceLine is a voice for who may read its words: its author and the community.
type VoiceLine struct {
	Voice   need.Voice
	Place   []string
	NeedRef string // code of its need
	Title   string // of its need
	ReplyBy calendar.Date
	Late    bool // waiting beyond the day of the first answer
}

// VoicePage is a piece of an inbox.
type VoicePage struct {
	Lines []VoiceLine
	Next  *need.Cursor
}

// Inbox lists the voices of the actor's community with their words. Fault access.forbidden.
func (s *Service) Inbox(ctx context.Context, actor access.Actor, q need.VoiceQuery) (VoicePage, error) {
	return app.Look(ctx, s.app, actor, access.NeedInbox, func(ctx context.Context, u *app.Unit) (VoicePage, error) {
		q.Author, q.PlacePath = "", actor.PlacePath
		if actor.PlacePath == "" {
			return VoicePage{}, nil
		}
		return s.voicePage(ctx, u, q)
	})
}

// MyVoices lists what the actor posted, also for nameless residents.
func (s *Service) MyVoices(ctx context.Context, actor access.Actor, q need.VoiceQuery) (VoicePage, error) {
	return app.Look(ctx, s.app, actor, access.SignedIn, func(ctx context.Context, u *app.Unit) (VoicePage, error) {
		q.Author, q.PlacePath, q.PlaceID = actor.PersonID, "", ""
		return s.voicePage(ctx, u, q)
	})
}

func (s *Service) voicePage(ctx context.Context, u *app.Unit, q need.VoiceQuery) (VoicePage, error) {
	asked := q.Limit
	q.Limit++
	voices, err := u.Needs.Voices(ctx, q)
	if err != nil {
		return VoicePage{}, err
	}
	var page VoicePage
	if len(voices) > asked {
		voices = voices[:asked]
		last := voices[asked-1]
		page.Next = &need.Cursor{At: last.PostedAt, ID: ident.NeedID(last.ID)}
	}
	for _, v := range voices {
		line, err := s.voiceLine(ctx, u, v)
		if err != nil {
			return VoicePage{}, err
		}
		page.Lines = append(page.Lines, line)
	}
	return page, nil
}

func (s *Service) voiceLine(ctx context.Context, u *app.Unit, v need.Voice) (VoiceLine, error) {
	line := VoiceLine{Voice: v}
	var err error
	if line.Place, err = placeNames(ctx, u, v.PlaceID); err != nil {
		return line, err
	}
	if v.NeedID != "" {
		n, err := u.Needs.Need(ctx, v.NeedID)
		if err != nil {
			return line, err
		}
		line.NeedRef, line.Title = n.Code, n.Title
	}
	if line.ReplyBy, err = s.replyBy(u, &v); err != nil {
		return line, err
	}
	line.Late = v.Status == need.VoiceSubmitted && calendar.DateOf(u.Now).After(line.ReplyBy)
	return line, nil
}

// VoiceDetail is one voice with what its reader may do.
type VoiceDetail struct {
	VoiceLine
	Public  PublicVoice
	Full    bool // the reader may read the author's own words
	Photos  []file.File
	Author  string // name, for the community worker
	Body    string // who answers
	Actions []Action
}

// Voice shows a voice by code or id: in full to its author and community, masked to
// everybody once it was gathered. Fault record.not_found also when it may not be seen.
func (s *Service) Voice(ctx context.Context, actor access.Actor, key string) (VoiceDetail, error) {
	return app.Look(ctx, s.app, actor, access.Public, func(ctx context.Context, u *app.Unit) (VoiceDetail, error) {
		v, err := findVoice(ctx, u, key)
		if err != nil {
			return VoiceDetail{}, err
		}
		path, err := placePath(ctx, u, v.PlaceID)
		if err != nil {
			return VoiceDetail{}, err
		}
		full := v.MayRead(u.Actor, path)
		if !full && !v.Seen() {
			return VoiceDetail{}, fault.NotFound("record.not_found", "voice is not visible to the actor")
		}
		return s.voiceDetail(ctx, u, v, full, path)
	})
}

func findVoice(ctx context.Context, u *app.Unit, key string) (*need.Voice, error) {
	if strings.HasPrefix(key, voiceCode+"-") {
		return u.Needs.VoiceByCode(ctx, key)
	}
	return u.Needs.Voice(ctx, ident.VoiceID(key))
}

func (s *Service) voiceDetail(ctx context.Context, u *app.Unit, v *need.Voice, full bool, path string) (VoiceDetail, error) {
	var d VoiceDetail
	var err error
	if d.VoiceLine, err = s.voiceLine(ctx, u, *v); err != nil {
		return d, err
	}
	if d.Public, err = publicVoice(ctx, u, *v); err != nil {
		return d, err
	}
	body, err := bodyOf(ctx, u, v.PlaceID)
	if err != nil {
		return d, err
	}
	if d.Body, err = partyName(ctx, u, body); err != nil {
		return d, err
	}
	d.Full, d.Photos = full, d.Public.Photos
	if !full {
		d.Voice = d.Public.Voice
		return d, nil
	}
	if d.Photos, err = u.Files.Attached(ctx, "voice", string(v.ID)); err != nil {
		return d, err
	}
	if v.AuthorID != "" {
		person, err := u.People.Person(ctx, v.AuthorID)
		if err != nil {
			return d, err
		}
		d.Author = person.Name
	}
	d.Actions = voiceActions(u.Actor, v, path)
	return d, nil
}

func voiceActions(a access.Actor, v *need.Voice, path string) []Action {
	var out []Action
	for _, row := range need.VoiceMachine.Actions(v.Status) {
		var why error
		if row.Permission == access.NeedPost {
			why = v.MayTouch(a)
		} else {
			why = access.Allow(a, row.Permission, access.Object{PlacePath: path})
		}
		out = append(out, describe(row, why))
	}
	return out
}

// todoMost bounds each kind of line on the list of things to do.
const todoMost = 50

// Todos lists what waits for the actor: voices to answer, needs to move, deliveries to
// confirm. Others have nothing here.
func (s *Service) Todos(ctx context.Context, u *app.Unit, actor access.Actor) ([]app.Todo, error) {
	if actor.PlacePath == "" {
		return nil, nil
	}
	switch actor.Role {
	case access.CommunityWorker:
		voices, err := s.voiceTodos(ctx, u, need.VoiceQuery{PlacePath: actor.PlacePath, Statuses: []string{need.VoiceSubmitted}}, need.ActGather)
		if err != nil {
			return nil, err
		}
		needs, err := s.needTodos(ctx, u, need.Query{PlacePath: actor.PlacePath}, workerDue)
		return append(voices, needs...), err
	case access.Council:
		return s.needTodos(ctx, u, need.Query{PlacePath: actor.PlacePath}, map[string]string{need.StageScreened: need.ActDeliberate})
	case access.Resident:
		voices, err := s.voiceTodos(ctx, u, need.VoiceQuery{Author: actor.PersonID, Statuses: []string{need.VoiceReturned}}, need.ActResubmit)
		if err != nil {
			return nil, err
		}
		needs, err := s.needTodos(ctx, u, need.Query{Asker: actor.PersonID}, map[string]string{need.StageDelivered: need.ActConfirm})
		return append(voices, needs...), err
	default:
		return nil, nil
	}
}

// workerDue is the next step of a community worker, by stage.
var workerDue = map[string]string{
	need.StageOpen: need.ActPutOnAgenda, need.StageOnAgenda: need.ActClassify, need.StageClassified: need.ActScreen,
	need.StageDeliberated: need.ActPublicise, need.StagePublicised: need.ActAdopt, need.StageDelivered: need.ActClose,
	need.StageConfirmed: need.ActClose, need.StageReopened: need.ActResume,
}

func (s *Service) voiceTodos(ctx context.Context, u *app.Unit, q need.VoiceQuery, action string) ([]app.Todo, error) {
	q.Limit = todoMost
	voices, err := u.Needs.Voices(ctx, q)
	if err != nil {
		return nil, err
	}
	var out []app.Todo
	for _, v := range voices {
		by, err := s.replyBy(u, &v)
		if err != nil {
			return nil, err
		}
		at := by.End().Add(-time.Second) // the last moment of the day, named by that day
		out = append(out, app.Todo{Kind: "voice", ID: string(v.ID), Code: v.Code, Title: short(v.Words), Action: action, DueAt: &at, Link: voiceLink(&v, action)})
	}
	return out, nil
}

// voiceLink leads to where the voice is answered: the inbox of the community, or the author's own page.
func voiceLink(v *need.Voice, action string) string {
	if action == need.ActResubmit {
		return "/voices/" + v.Code
	}
	return "/work/voices?open=" + string(v.ID)
}

// needTodos lists needs whose next step the guards would allow.
func (s *Service) needTodos(ctx context.Context, u *app.Unit, q need.Query, steps map[string]string) ([]app.Todo, error) {
	var out []app.Todo
	for _, st := range need.Machine.States {
		stage, action := st.Code, steps[st.Code]
		if action == "" {
			continue
		}
		q.Stages, q.Limit, q.Sort = []string{stage}, todoMost, need.SortSupported
		lines, err := u.Needs.List(ctx, q)
		if err != nil {
			return nil, err
		}
		for _, l := range lines {
			row := lifecycle.Row{From: stage, Action: action}
			why, err := s.guard(ctx, u, &l.Need, row, true)
			if err != nil {
				return nil, err
			}
			if why == nil {
				out = append(out, app.Todo{Kind: "need", ID: string(l.ID), Code: l.Code, Title: l.Title, Action: action, Link: "/work/needs/" + l.Code})
			}
		}
	}
	return out, nil
}

// titleRunes is how much of a voice stands in a list.
const titleRunes = 30

func short(words string) string {
	runes := []rune(words)
	if len(runes) <= titleRunes {
		return words
	}
	return string(runes[:titleRunes]) + "…"
}
