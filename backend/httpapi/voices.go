package httpapi

import (
	"context"
	"maps"
	"net/http"
	"slices"
	"time"

	"linli/backend/app/needs"
	"linli/backend/domain/access"
	"linli/backend/domain/ident"
	"linli/backend/domain/need"
)

const voiceTag = "voices"

// PublicVoiceView is a voice as everybody reads it.
type PublicVoiceView struct {
	ID       string     `json:"id"`
	Code     string     `json:"code" example:"SQ-2026-000123"`
	Words    string     `json:"words" doc:"As masked and confirmed by the author; empty when private or withdrawn."`
	Private  bool       `json:"private" doc:"The author wants no public words."`
	Affected int        `json:"affected,omitempty"`
	Status   string     `json:"status"`
	Channel  string     `json:"channel" enum:"self,assisted,paper,door"`
	Photos   []fileView `json:"photos"`
	PostedAt time.Time  `json:"postedAt"`
}

func toPublicVoice(p needs.PublicVoice) PublicVoiceView {
	v := p.Voice
	return PublicVoiceView{string(v.ID), v.Code, v.Public, v.Private, v.Affected, v.Status, string(v.Channel), toFileViews(p.Photos), v.PostedAt}
}

func toPublicVoices(all []needs.PublicVoice) []PublicVoiceView {
	out := make([]PublicVoiceView, 0, len(all))
	for _, p := range all {
		out = append(out, toPublicVoice(p))
	}
	return out
}

// VoiceView is a voice for who may read its words.
type VoiceView struct {
	PublicVoiceView
	PlaceID   string            `json:"placeId"`
	Place     []string          `json:"place"`
	Category  string            `json:"category"`
	FullWords string            `json:"fullWords,omitempty" doc:"The author's own words, for the author and the community only."`
	Where     string            `json:"where,omitempty"`
	Point     *pointView        `json:"point,omitempty"`
	Who       string            `json:"who,omitempty"`
	Urgency   string            `json:"urgency"`
	Wished    string            `json:"wished,omitempty"`
	Answers   map[string]string `json:"answers,omitempty"`
	Nameless  string            `json:"nameless,omitempty" doc:"How a resident without an account was described."`
	Household bool              `json:"household" doc:"A home was stated and is counted."`
	NeedCode  string            `json:"needCode,omitempty"`
	NeedTitle string            `json:"needTitle,omitempty"`
	Different []string          `json:"different,omitempty" doc:"Needs that were shown as likely the same, and are not, says the author."`
	Reason    string            `json:"reason,omitempty"`
	ReplyBy   string            `json:"replyBy" doc:"Last day of the first answer."`
	Late      bool              `json:"late"`
	StatusAt  time.Time         `json:"statusAt"`
	Version   int64             `json:"version"`
}

func toVoiceView(l needs.VoiceLine) VoiceView {
	v := l.Voice
	out := VoiceView{
		PublicVoiceView: toPublicVoice(needs.PublicVoice{Voice: v}), PlaceID: string(v.PlaceID), Place: l.Place, Category: v.Category, FullWords: v.Words,
		Where: v.Where, Point: toPointView(v.Point), Who: v.Who, Urgency: string(v.Urgency), Wished: v.Wished, Answers: maps.Clone(v.Answers),
		Nameless: v.Nameless, Household: v.Household != "", NeedCode: l.NeedRef, NeedTitle: l.Title, Reason: v.Reason, ReplyBy: l.ReplyBy.String(),
		Late: l.Late, StatusAt: v.StatusAt, Version: v.Version,
	}
	for _, id := range v.Different {
		out.Different = append(out.Different, string(id))
	}
	if out.Place == nil {
		out.Place = []string{}
	}
	return out
}

type voiceDetailView struct {
	VoiceView
	Full    bool             `json:"full" doc:"The reader sees the author's own words."`
	Author  string           `json:"author,omitempty" doc:"For the community only."`
	Body    string           `json:"body" doc:"Who answers."`
	Actions []needActionView `json:"actions"`
}

type voiceOut struct {
	ETag string `header:"ETag"`
	Body voiceDetailView
}

type voiceListIn struct {
	PageQuery
	PlaceID  string   `query:"placeId" maxLength:"36"`
	Statuses []string `query:"status" maxItems:"5" enum:"submitted,gathered,returned,withdrawn,passed_on"`
	Category string   `query:"category" maxLength:"60"`
}

func (in *voiceListIn) query() (need.VoiceQuery, error) {
	before, err := readNeedCursor(in.Cursor)
	return need.VoiceQuery{PlaceID: ident.PlaceID(in.PlaceID), Statuses: in.Statuses, Category: in.Category, Before: before, Limit: in.Limit}, err
}

type voiceListOut struct {
	Body struct {
		Items      []VoiceView `json:"items"`
		NextCursor string      `json:"nextCursor,omitempty"`
	}
}

type previewIn struct {
	Body struct {
		PlaceID string `json:"placeId" maxLength:"36"`
		Words   string `json:"words" minLength:"1" maxLength:"2000"`
	}
}

type markView struct {
	Kind  string `json:"kind" enum:"id_number,phone,account,plate,email,name"`
	Start int    `json:"start" doc:"Position in Unicode characters."`
	End   int    `json:"end"`
}

type previewOut struct {
	Body struct {
		Public string     `json:"public" doc:"What everybody will read."`
		Marks  []markView `json:"marks"`
	}
}

type voicePostIn struct {
	WriteHeader
	Body struct {
		PlaceID   string            `json:"placeId" maxLength:"36"`
		Category  string            `json:"category" maxLength:"60"`
		Words     string            `json:"words" minLength:"4" maxLength:"2000"`
		Public    string            `json:"public" maxLength:"2000" doc:"The preview the author confirmed."`
		Private   bool              `json:"private,omitempty"`
		Where     string            `json:"where,omitempty" maxLength:"120"`
		Point     *pointView        `json:"point,omitempty"`
		Who       string            `json:"who,omitempty" maxLength:"120"`
		Affected  int               `json:"affected,omitempty" minimum:"0" maximum:"1000000"`
		Urgency   string            `json:"urgency,omitempty" enum:"normal,soon,urgent" default:"normal"`
		Wished    string            `json:"wished,omitempty" maxLength:"120"`
		Answers   map[string]string `json:"answers,omitempty" maxProperties:"20"`
		Photos    []string          `json:"photos,omitempty" maxItems:"6"`
		Building  string            `json:"building,omitempty" maxLength:"30"`
		Unit      string            `json:"unit,omitempty" maxLength:"30"`
		Different []string          `json:"different,omitempty" maxItems:"5"`
		AssistID  string            `json:"assistId,omitempty" maxLength:"36"`
	}
}

type receiptView struct {
	Voice   VoiceView `json:"voice"`
	PartyID string    `json:"partyId,omitempty" doc:"Who answers."`
	ReplyBy string    `json:"replyBy" doc:"Last day of the first answer."`
}

type receiptOut struct {
	ETag string `header:"ETag"`
	Body receiptView
}

type voiceActIn struct {
	WriteHeader
	VersionHeader
	ID   string `path:"id" maxLength:"36"`
	Body struct {
		Reason string `json:"reason,omitempty" maxLength:"500"`
		Words  string `json:"words,omitempty" maxLength:"2000" doc:"For resubmit."`
		Public string `json:"public,omitempty" maxLength:"2000" doc:"For resubmit: the preview the author confirmed."`
	}
}

type voiceGatherIn struct {
	WriteHeader
	VersionHeader
	ID   string `path:"id" maxLength:"36"`
	Body struct {
		NeedID string `json:"needId" maxLength:"36"`
	}
}

type voiceChangedOut struct {
	ETag string `header:"ETag"`
	Body VoiceView
}

func registerVoices(s *Server, a needsAPI) {
	register(s, Op{
		Method: http.MethodPost, Path: "/voices/preview", ID: "previewVoice", Permission: access.NeedPost, Tag: voiceTag, Status: http.StatusOK,
		Summary: "What the public would read of some words",
	}, a.preview)
	register(s, Op{
		Method: http.MethodPost, Path: "/voices", ID: "postVoice", Permission: access.NeedPost, Tag: voiceTag, Status: http.StatusCreated,
		Summary: "Submit a voice: one resident's own words",
		Faults: []string{"voice.invalid", "voice.preview_changed", "voice.photo_not_picture", "file.not_yours", "taxonomy.unknown", "need.place_not_community",
			"need.enterprise_proposes", "need.household_invalid", "assist.over", "assist.not_yours", "record.not_found"},
	}, a.post)
	register(s, Op{
		Method: http.MethodGet, Path: "/voices", ID: "listVoices", Permission: access.NeedInbox, Tag: voiceTag,
		Summary: "The voices of my community with their words", Faults: []string{"need.cursor_invalid"},
	}, a.inbox)
	register(s, Op{
		Method: http.MethodGet, Path: "/voices/mine", ID: "listMyVoices", Permission: access.SignedIn, Tag: voiceTag,
		Summary: "What I posted, and what became of it", Faults: []string{"need.cursor_invalid"},
	}, a.mine)
	register(s, Op{
		Method: http.MethodGet, Path: "/voices/{id}", ID: "getVoice", Permission: access.Public, Tag: voiceTag,
		Summary: "One voice: in full to its author and community, masked to everybody once gathered", Faults: []string{"record.not_found"},
	}, a.voice)
	register(s, Op{
		Method: http.MethodPost, Path: "/voices/{id}/gather", ID: "gatherVoice", Permission: access.NeedGather, Tag: voiceTag,
		Summary: "Gather a waiting voice into a need that exists",
		Faults:  []string{"need.gather_elsewhere", "need.closed", "voice.transition_refused", "record.stale", "record.not_found"},
	}, a.gather)
	for _, act := range voiceActs {
		register(s, Op{
			Method: http.MethodPost, Path: "/voices/{id}/" + act.verb, ID: operationID(act.verb, "Voice"), Permission: act.permission, Tag: voiceTag, Summary: act.summary,
			Faults: []string{"voice.transition_refused", "voice.reason_required", "voice.not_author", "voice.preview_changed", "need.reason_too_long", "record.stale", "record.not_found"},
		}, a.change(act.verb))
	}
}

var voiceActs = []struct {
	verb, summary string
	permission    access.Permission
}{
	{need.ActReturn, "Return a voice for more detail", access.NeedGather},
	{need.ActPassOn, "Pass a voice on to the body whose duty it is", access.NeedGather},
	{need.ActTakeBack, "Take back a voice that was passed on", access.NeedGather},
	{need.ActDetach, "Take a wrongly gathered voice out of its need", access.NeedGather},
	{need.ActResubmit, "Submit a returned voice again with better words", access.NeedPost},
	{need.ActWithdraw, "Withdraw one's own voice: the words are blanked, the page stays", access.NeedPost},
}

func (a needsAPI) preview(ctx context.Context, in *previewIn) (*previewOut, error) {
	if err := clean(in.Body.Words); err != nil {
		return nil, err
	}
	p, err := a.svc.PreviewWords(ctx, actorOf(ctx), ident.PlaceID(in.Body.PlaceID), in.Body.Words)
	if err != nil {
		return nil, err
	}
	out := &previewOut{}
	out.Body.Public, out.Body.Marks = p.Public, []markView{}
	for _, m := range p.Marks {
		out.Body.Marks = append(out.Body.Marks, markView(m))
	}
	return out, nil
}

func (a needsAPI) post(ctx context.Context, in *voicePostIn) (*receiptOut, error) {
	b := in.Body
	texts := append([]string{b.Words, b.Where, b.Who, b.Wished, b.Building, b.Unit}, slices.Collect(maps.Values(b.Answers))...)
	if err := clean(append(texts, slices.Collect(maps.Keys(b.Answers))...)...); err != nil {
		return nil, err
	}
	photos, err := fileIDs(b.Photos)
	if err != nil {
		return nil, err
	}
	p := needs.Posting{
		PlaceID: ident.PlaceID(b.PlaceID), Category: b.Category, Words: b.Words, Public: b.Public, Private: b.Private, Where: b.Where, Point: fromPointView(b.Point),
		Who: b.Who, Affected: b.Affected, Urgency: need.Urgency(b.Urgency), Wished: b.Wished, Answers: b.Answers, Photos: photos,
		Building: b.Building, Unit: b.Unit, AssistID: b.AssistID,
	}
	for _, id := range b.Different {
		p.Different = append(p.Different, ident.NeedID(id))
	}
	r, err := a.svc.Post(ctx, needs.Write{Actor: actorOf(ctx), Key: in.IdempotencyKey}, p)
	if err != nil {
		return nil, err
	}
	return &receiptOut{etag(r.Voice.Version), receiptView{
		Voice: toVoiceView(needs.VoiceLine{Voice: r.Voice, ReplyBy: r.ReplyBy}), PartyID: string(r.PartyID), ReplyBy: r.ReplyBy.String(),
	}}, nil
}

func (a needsAPI) inbox(ctx context.Context, in *voiceListIn) (*voiceListOut, error) {
	q, err := in.query()
	if err != nil {
		return nil, err
	}
	return toVoicePage(a.svc.Inbox(ctx, actorOf(ctx), q))
}

func (a needsAPI) mine(ctx context.Context, in *voiceListIn) (*voiceListOut, error) {
	q, err := in.query()
	if err != nil {
		return nil, err
	}
	return toVoicePage(a.svc.MyVoices(ctx, actorOf(ctx), q))
}

func toVoicePage(page needs.VoicePage, err error) (*voiceListOut, error) {
	if err != nil {
		return nil, err
	}
	out := &voiceListOut{}
	out.Body.Items = []VoiceView{}
	for _, l := range page.Lines {
		out.Body.Items = append(out.Body.Items, toVoiceView(l))
	}
	out.Body.NextCursor = writeNeedCursor(page.Next)
	return out, nil
}

func (a needsAPI) voice(ctx context.Context, in *needIn) (*voiceOut, error) {
	d, err := a.svc.Voice(ctx, actorOf(ctx), in.ID)
	if err != nil {
		return nil, err
	}
	v := voiceDetailView{VoiceView: toVoiceView(d.VoiceLine), Full: d.Full, Author: d.Author, Body: d.Body, Actions: toNeedActions(d.Actions)}
	v.Photos = toFileViews(d.Photos)
	return &voiceOut{etag(d.Voice.Version), v}, nil
}

func (a needsAPI) gather(ctx context.Context, in *voiceGatherIn) (*voiceChangedOut, error) {
	version, err := in.Version()
	if err != nil {
		return nil, err
	}
	return a.changed(a.svc.Gather(ctx, needs.Write{Actor: actorOf(ctx), Key: in.IdempotencyKey}, ident.VoiceID(in.ID), version, ident.NeedID(in.Body.NeedID)))
}

func (a needsAPI) change(verb string) func(context.Context, *voiceActIn) (*voiceChangedOut, error) {
	return func(ctx context.Context, in *voiceActIn) (*voiceChangedOut, error) {
		version, err := in.Version()
		if err != nil {
			return nil, err
		}
		if err := clean(in.Body.Reason, in.Body.Words); err != nil {
			return nil, err
		}
		return a.changed(a.svc.ChangeVoice(ctx, needs.Write{Actor: actorOf(ctx), Key: in.IdempotencyKey}, needs.VoiceAct{
			ID: ident.VoiceID(in.ID), Version: version, Action: verb, Reason: in.Body.Reason, Words: in.Body.Words, Public: in.Body.Public,
		}))
	}
}

func (a needsAPI) changed(v need.Voice, err error) (*voiceChangedOut, error) {
	if err != nil {
		return nil, err
	}
	return &voiceChangedOut{etag(v.Version), toVoiceView(needs.VoiceLine{Voice: v})}, nil
}
