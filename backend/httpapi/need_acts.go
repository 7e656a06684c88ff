package httpapi

import (
	"context"
	"net/http"

	"linli/backend/app/needs"
	"linli/backend/domain/access"
	"linli/backend/domain/calendar"
	"linli/backend/domain/ident"
	"linli/backend/domain/money"
	"linli/backend/domain/need"
)

// NeedChange is the head of every act on a need.
type NeedChange struct {
	WriteHeader
	VersionHeader
	ID string `path:"id" maxLength:"36"`
}

func (in NeedChange) step(ctx context.Context, reason string) (needs.Write, needs.Step, error) {
	version, err := in.Version()
	if err == nil {
		err = clean(reason)
	}
	return needs.Write{Actor: actorOf(ctx), Key: in.IdempotencyKey}, needs.Step{ID: ident.NeedID(in.ID), Version: version, Reason: reason}, err
}

type needReasonIn struct {
	NeedChange
	Body struct {
		Reason string `json:"reason,omitempty" maxLength:"500" doc:"Public; required where the lifecycle says so."`
	}
}

type needClassifyIn struct {
	NeedChange
	Body struct {
		Route  string `json:"route" enum:"gov,market,self"`
		Reason string `json:"reason" minLength:"1" maxLength:"500"`
	}
}

type needScreenIn struct {
	NeedChange
	Body struct {
		Answers []struct {
			Code    string `json:"code" maxLength:"60"`
			Applies bool   `json:"applies"`
		} `json:"answers" minItems:"1" maxItems:"20"`
		Note string `json:"note,omitempty" maxLength:"500"`
	}
}

type needVoteIn struct {
	NeedChange
	Body struct {
		HeldOn  string `json:"heldOn" format:"date"`
		Members int    `json:"members" minimum:"1" maximum:"500"`
		Recused int    `json:"recused,omitempty" minimum:"0" maximum:"500" doc:"Members who stepped out; not counted anywhere."`
		Present int    `json:"present" minimum:"0" maximum:"500"`
		Yes     int    `json:"yes" minimum:"0" maximum:"500"`
		No      int    `json:"no" minimum:"0" maximum:"500"`
		Abstain int    `json:"abstain,omitempty" minimum:"0" maximum:"500"`
		Minutes string `json:"minutes,omitempty" maxLength:"1000"`
	}
}

type needPubliciseIn struct {
	NeedChange
	Body struct {
		Days int `json:"days" minimum:"1" maximum:"180"`
	}
}

type needCloseIn struct {
	NeedChange
	Body struct {
		Outcome string `json:"outcome" enum:"met,partly_met"`
		Reason  string `json:"reason" minLength:"1" maxLength:"500"`
	}
}

type needMergeIn struct {
	NeedChange
	Body struct {
		IntoID string `json:"intoId" maxLength:"36"`
		Reason string `json:"reason" minLength:"1" maxLength:"500"`
	}
}

type needEditIn struct {
	NeedChange
	Body struct {
		Title         string `json:"title" minLength:"1" maxLength:"60"`
		Summary       string `json:"summary" minLength:"1" maxLength:"1000"`
		Beneficiaries int    `json:"beneficiaries,omitempty" minimum:"0" maximum:"30000000"`
		EstimateFen   int64  `json:"estimateFen,omitempty" minimum:"0" maximum:"9007199254740991"`
		Reason        string `json:"reason" minLength:"1" maxLength:"500"`
	}
}

// NeedStanding is the head of an act on how one stands to a need.
type NeedStanding struct {
	WriteHeader
	ID string `path:"id" maxLength:"36"`
}

type needSupportIn struct {
	NeedStanding
	Body struct {
		Building string `json:"building" minLength:"1" maxLength:"30" doc:"Hashed with the community's salt; not stored." example:"3栋"`
		Unit     string `json:"unit" minLength:"1" maxLength:"30" example:"2单元501"`
	}
}

type standingOut struct {
	Body standingView
}

// needAct describes one act; all share their general faults.
func needAct(verb, summary string, p access.Permission, faults ...string) Op {
	return Op{
		Method: http.MethodPost, Path: "/needs/{id}/" + verb, ID: operationID(verb, "Need"), Permission: p, Tag: needTag, Summary: summary,
		Faults: append([]string{"need.transition_refused", "need.reason_required", "need.reason_too_long", "record.stale", "record.not_found"}, faults...),
	}
}

// operationID makes "put_on_agenda" and "Need" into putOnAgendaNeed.
func operationID(verb, noun string) string {
	out := []rune{}
	up := false
	for _, r := range verb {
		switch {
		case r == '_':
			up = true
		case up:
			out, up = append(out, r-'a'+'A'), false
		default:
			out = append(out, r)
		}
	}
	return string(out) + noun
}

func created(n need.Need, err error) (*needCreatedOut, error) {
	if err != nil {
		return nil, err
	}
	return &needCreatedOut{etag(n.Version), toNeedView(n)}, nil
}

type plainAct func(ctx context.Context, w needs.Write, st needs.Step) (need.Need, error)

// plain registers an act that takes nothing but a reason.
func plain(s *Server, op Op, act plainAct) {
	register(s, op, func(ctx context.Context, in *needReasonIn) (*needCreatedOut, error) {
		w, st, err := in.step(ctx, in.Body.Reason)
		if err != nil {
			return nil, err
		}
		return created(act(ctx, w, st))
	})
}

func (a needsAPI) ending(action string) plainAct {
	return func(ctx context.Context, w needs.Write, st needs.Step) (need.Need, error) {
		return a.svc.End(ctx, w, st, action)
	}
}

func (a needsAPI) byHand(action string) plainAct {
	return func(ctx context.Context, w needs.Write, st needs.Step) (need.Need, error) {
		return a.svc.DeliverSelf(ctx, w, st, action)
	}
}

func registerNeedActs(s *Server, a needsAPI) {
	plain(s, needAct(need.ActPutOnAgenda, "Bring a need with enough households behind it to the council", access.NeedAgenda, "need.support_short", "need.households_unknown"), a.svc.PutOnAgenda)
	plain(s, needAct(need.ActTakeOffAgenda, "Take a need off the agenda", access.NeedAgenda), a.svc.TakeOffAgenda)
	plain(s, needAct(need.ActRedeliberate, "Take a vote back to the council", access.NeedDeliberate), a.svc.Redeliberate)
	plain(s, needAct(need.ActObject, "Take a publicised decision back because an objection held", access.NeedPublicise), a.svc.Object)
	plain(s, needAct(need.ActAdopt, "Adopt a need whose publicity is over", access.NeedPublicise, "need.publicity_running"), a.svc.Adopt)
	plain(s, needAct(need.ActStartDelivery, "Start answering a need without a project", access.NeedAdvance, "need.project_required", "need.in_project"), a.byHand(need.ActStartDelivery))
	plain(s, needAct(need.ActDeliver, "Say that a need without a project is answered", access.NeedAdvance, "need.in_project"), a.byHand(need.ActDeliver))
	plain(s, needAct(need.ActConfirm, "Confirm, as somebody who asked, that the need is met", access.NeedConfirm, "need.not_asker"), a.svc.Confirm)
	plain(s, needAct(need.ActReopen, "Take an answer back, with a reason", access.NeedReopen, "need.not_asker"), a.svc.Reopen)
	plain(s, needAct(need.ActResume, "Send a reopened need back to delivery", access.NeedClose, "need.nothing_to_resume"), a.svc.Resume)
	plain(s, needAct(need.ActRestart, "Send a reopened need back to the beginning", access.NeedClose), a.svc.Restart)
	plain(s, needAct(need.ActPassOn, "Answer: not this body's duty, passed on", access.NeedDecide), a.ending(need.ActPassOn))
	plain(s, needAct(need.ActFindNoResource, "Answer: no resource for it now", access.NeedDecide), a.ending(need.ActFindNoResource))
	plain(s, needAct(need.ActFindInfeasible, "Answer: not feasible", access.NeedDecide), a.ending(need.ActFindInfeasible))
	plain(s, needAct(need.ActReject, "Answer: not adopted", access.NeedDecide, "need.passed_by_council"), a.ending(need.ActReject))
	plain(s, needAct(need.ActWithdrawNeed, "Close a need that nobody raises any more", access.NeedGather), a.ending(need.ActWithdrawNeed))
	register(s, needAct(need.ActClassify, "Say who answers: government, market or the neighbours", access.NeedClassify, "need.route_unknown"), a.classify)
	register(s, needAct(need.ActScreen, "Check the need against the negative list, line by line", access.NeedScreen, "need.screening_incomplete", "need.on_negative_list"), a.screen)
	register(s, needAct(need.ActDeliberate, "Record the council's vote", access.NeedDeliberate, "need.vote_invalid", "need.quorum_missing"), a.deliberate)
	register(s, needAct(need.ActPublicise, "Open the decision for objections", access.NeedPublicise, "need.not_passed", "need.publicity_short"), a.publicise)
	register(s, needAct(need.ActClose, "Close a delivered need as met or partly met", access.NeedClose, "need.outcome_unknown", "need.confirmation_pending"), a.close)
	register(s, needAct(need.ActMerge, "Merge a need into another one of the same matter", access.NeedGather, "need.merge_self", "need.merge_closed", "need.merge_elsewhere"), a.merge)
	register(s, needAct("edit", "Correct the wording of a need", access.NeedGather, "need.invalid", "need.closed"), a.edit)
	register(s, standingOp("support", "I have this too: counted once per household", access.NeedSupport, "need.closed", "need.household_invalid"), a.support)
	register(s, standingOp("unsupport", "Take one's own support back", access.NeedSupport), a.standing(a.svc.Unsupport))
	register(s, standingOp("follow", "Be told what becomes of a need", access.NeedFollow), a.standing(a.svc.Follow))
	register(s, standingOp("unfollow", "Be told no more", access.NeedFollow), a.standing(a.svc.Unfollow))
}

func standingOp(verb, summary string, p access.Permission, faults ...string) Op {
	return Op{
		Method: http.MethodPost, Path: "/needs/{id}/" + verb, ID: verb + "Need", Permission: p, Tag: needTag, Summary: summary,
		Faults: append([]string{"record.not_found"}, faults...),
	}
}

func (a needsAPI) classify(ctx context.Context, in *needClassifyIn) (*needCreatedOut, error) {
	w, st, err := in.step(ctx, in.Body.Reason)
	if err != nil {
		return nil, err
	}
	return created(a.svc.Classify(ctx, w, st, need.Route(in.Body.Route)))
}

func (a needsAPI) screen(ctx context.Context, in *needScreenIn) (*needCreatedOut, error) {
	w, st, err := in.step(ctx, in.Body.Note)
	if err != nil {
		return nil, err
	}
	answers := need.Screening{Note: in.Body.Note}
	for _, x := range in.Body.Answers {
		answers.Answers = append(answers.Answers, need.Answer{Code: x.Code, Applies: x.Applies})
	}
	st.Reason = ""
	return created(a.svc.Screen(ctx, w, st, answers))
}

func (a needsAPI) deliberate(ctx context.Context, in *needVoteIn) (*needCreatedOut, error) {
	b := in.Body
	w, st, err := in.step(ctx, b.Minutes)
	if err != nil {
		return nil, err
	}
	held, err := calendar.ParseDate(b.HeldOn)
	if err != nil {
		return nil, err
	}
	st.Reason = ""
	return created(a.svc.Deliberate(ctx, w, st, need.Deliberation{
		HeldOn: held, Members: b.Members, Recused: b.Recused, Present: b.Present, Yes: b.Yes, No: b.No, Abstain: b.Abstain, Minutes: b.Minutes,
	}))
}

func (a needsAPI) publicise(ctx context.Context, in *needPubliciseIn) (*needCreatedOut, error) {
	w, st, err := in.step(ctx, "")
	if err != nil {
		return nil, err
	}
	return created(a.svc.Publicise(ctx, w, st, in.Body.Days))
}

func (a needsAPI) close(ctx context.Context, in *needCloseIn) (*needCreatedOut, error) {
	w, st, err := in.step(ctx, in.Body.Reason)
	if err != nil {
		return nil, err
	}
	return created(a.svc.Close(ctx, w, st, in.Body.Outcome))
}

func (a needsAPI) merge(ctx context.Context, in *needMergeIn) (*needCreatedOut, error) {
	w, st, err := in.step(ctx, in.Body.Reason)
	if err != nil {
		return nil, err
	}
	return created(a.svc.Merge(ctx, w, st, ident.NeedID(in.Body.IntoID)))
}

func (a needsAPI) edit(ctx context.Context, in *needEditIn) (*needCreatedOut, error) {
	b := in.Body
	w, st, err := in.step(ctx, b.Reason)
	if err != nil {
		return nil, err
	}
	if err := clean(b.Title, b.Summary); err != nil {
		return nil, err
	}
	return created(a.svc.EditNeed(ctx, w, needs.Editing{
		ID: st.ID, Version: st.Version, Title: b.Title, Summary: b.Summary, Beneficiaries: b.Beneficiaries, EstimateFen: money.Fen(b.EstimateFen), Reason: b.Reason,
	}))
}

func (a needsAPI) support(ctx context.Context, in *needSupportIn) (*standingOut, error) {
	if err := clean(in.Body.Building, in.Body.Unit); err != nil {
		return nil, err
	}
	st, err := a.svc.Support(ctx, needs.Write{Actor: actorOf(ctx), Key: in.IdempotencyKey},
		needs.Supporting{NeedID: ident.NeedID(in.ID), Building: in.Body.Building, Unit: in.Body.Unit})
	if err != nil {
		return nil, err
	}
	return &standingOut{toStanding(st)}, nil
}

func (a needsAPI) standing(act func(context.Context, needs.Write, ident.NeedID) (needs.Standing, error)) func(context.Context, *NeedStanding) (*standingOut, error) {
	return func(ctx context.Context, in *NeedStanding) (*standingOut, error) {
		st, err := act(ctx, needs.Write{Actor: actorOf(ctx), Key: in.IdempotencyKey}, ident.NeedID(in.ID))
		if err != nil {
			return nil, err
		}
		return &standingOut{toStanding(st)}, nil
	}
}
