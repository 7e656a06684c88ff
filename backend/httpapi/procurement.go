package httpapi

import (
	"context"
	"net/http"
	"strings"
	"time"

	"linli/backend/app/procurement"
	"linli/backend/domain/access"
	"linli/backend/domain/ident"
	"linli/backend/domain/tender"
)

// registerProcurement adds everything from an intention to an award.
func registerProcurement(s *Server, svc *procurement.Service) {
	registerTenderReads(s, svc)
	registerTenderDrafting(s, svc)
	registerTenderMoves(s, svc)
	registerOfficers(s, svc)
	registerBids(s, svc)
	registerCommittee(s, svc)
	registerCeremonies(s, svc)
	registerEvaluation(s, svc)
	registerAwards(s, svc)
	registerChallenges(s, svc)
}

// TenderPath is embedded in the input of everything about one tender.
type TenderPath struct {
	ID string `path:"id" maxLength:"36"`
}

// LotPath is embedded in the input of everything about one lot.
type LotPath struct {
	LotID string `path:"lotId" maxLength:"36"`
}

// TenderWrite is embedded in the input of every change of a tender.
type TenderWrite struct {
	WriteHeader
	VersionHeader
}

func (w TenderWrite) stamp() (procurement.Stamp, error) {
	seen, err := w.Version()
	return procurement.Stamp{Key: w.IdempotencyKey, Seen: seen}, err
}

type tenderOut struct {
	ETag string `header:"ETag"`
	Body TenderView
}

// MovedView is the answer to a change of a tender: where it stands now.
type MovedView struct {
	ID         string     `json:"id"`
	Code       string     `json:"code"`
	Status     string     `json:"status"`
	DeadlineAt *time.Time `json:"deadlineAt,omitempty"`
	DocVersion int        `json:"docVersion"`
	LotIDs     []string   `json:"lotIds"`
	Version    int64      `json:"version"`
}

type movedOut struct {
	ETag string `header:"ETag"`
	Body MovedView
}

func toMoved(t *tender.Tender, err error) (*movedOut, error) {
	if err != nil {
		return nil, err
	}
	out := &movedOut{ETag: etag(t.Version)}
	out.Body = MovedView{ID: string(t.ID), Code: t.Code, Status: t.Status(), DeadlineAt: t.DeadlineAt, DocVersion: t.DocVersion, LotIDs: []string{}, Version: t.Version}
	for _, l := range t.Lots {
		out.Body.LotIDs = append(out.Body.LotIDs, string(l.ID))
	}
	return out, nil
}

type tendersIn struct {
	PageQuery
	Status    []string `query:"status" maxItems:"20" doc:"States of any lot, separated by commas."`
	ProjectID string   `query:"projectId" maxLength:"36"`
	BuyerID   string   `query:"buyerId" maxLength:"36"`
	Q         string   `query:"q" maxLength:"100" doc:"Part of the title or the code."`
}

func (in *tendersIn) filter() (tender.Filter, error) {
	f := tender.Filter{
		Status: in.Status, ProjectID: ident.ProjectID(in.ProjectID), BuyerID: ident.PartyID(in.BuyerID), Query: strings.TrimSpace(in.Q),
		Before: in.Cursor, Limit: in.Limit + 1,
	}
	return f, clean(in.Q, in.Cursor, strings.Join(in.Status, ","))
}

type tendersOut struct {
	Body struct {
		Items      []TenderLine `json:"items"`
		NextCursor string       `json:"nextCursor"`
	}
}

func registerTenderReads(s *Server, svc *procurement.Service) {
	list := func(own bool) func(ctx context.Context, in *tendersIn) (*tendersOut, error) {
		return func(ctx context.Context, in *tendersIn) (*tendersOut, error) {
			f, err := in.filter()
			if err != nil {
				return nil, err
			}
			all, err := svc.List(ctx, actorOf(ctx), f, own)
			if err != nil {
				return nil, err
			}
			out := &tendersOut{}
			out.Body.Items = []TenderLine{}
			for i, x := range all {
				if i == in.Limit {
					out.Body.NextCursor = string(all[i-1].Tender.ID)
					break
				}
				out.Body.Items = append(out.Body.Items, toTenderLine(x))
			}
			return out, nil
		}
	}
	register(s, Op{
		Method: http.MethodGet, Path: "/tenders", ID: "listTenders", Permission: access.Public, Tag: "tenders", Summary: "Issued tenders, newest first",
	}, list(false))
	register(s, Op{
		Method: http.MethodGet, Path: "/work/tenders", ID: "listOwnTenders", Permission: access.TenderRead, Tag: "tenders",
		Summary: "Tenders one may read inside, drafts included: a buyer its own, finance its area, auditors all",
	}, list(true))
	register(s, Op{
		Method: http.MethodGet, Path: "/tenders/{id}", ID: "readTender", Permission: access.Public, Tag: "tenders",
		Summary: "One tender: documents, lots with their public keys, dates, notices and next actions",
	}, func(ctx context.Context, in *TenderPath) (*tenderOut, error) {
		c, err := svc.Find(ctx, actorOf(ctx), ident.TenderID(in.ID))
		if err != nil {
			return nil, err
		}
		return &tenderOut{ETag: etag(c.Tender.Version), Body: toTender(c)}, nil
	})
	registerAnnouncements(s, svc)
}

type intendIn struct {
	WriteHeader
	Body struct {
		ProjectID string `json:"projectId" maxLength:"36"`
		Procedure string `json:"procedure" maxLength:"60" example:"consultation.services"`
		Summary   string `json:"summary" maxLength:"6000"`
		Month     string `json:"month" maxLength:"7" example:"2026-04"`
		Urgent    string `json:"urgent,omitempty" maxLength:"2000" doc:"Reason of the exemption from the thirty days."`
		AgencyID  string `json:"agencyId,omitempty" maxLength:"36"`
	}
}

type draftIn struct {
	TenderPath
	TenderWrite
	Body struct {
		Title      string         `json:"title" maxLength:"400"`
		DeadlineAt *time.Time     `json:"deadlineAt,omitempty"`
		Document   DocumentBody   `json:"document"`
		Lots       []LotDraftBody `json:"lots" maxItems:"30"`
	}
}

func (in *draftIn) draft() (procurement.Draft, error) {
	b := in.Body
	d := procurement.Draft{Title: b.Title, Document: b.Document.document(), DeadlineAt: b.DeadlineAt}
	text := []string{b.Title, b.Document.Requirements, b.Document.ContractTerms, b.Document.Consultation, b.Document.Exemption, b.Document.Contact}
	for _, l := range b.Lots {
		d.Lots = append(d.Lots, l.lot())
		text = append(text, l.Scope)
		for _, c := range l.Criteria {
			text = append(text, c.ID, c.Title, c.Guidance)
			for _, g := range c.Grades {
				text = append(text, g.Text)
			}
		}
		for _, c := range append(append([]ConditionBody(nil), l.Qualifications...), l.Requirements...) {
			text = append(text, c.ID, c.Text)
		}
	}
	return d, clean(text...)
}

type tenderMoveIn struct {
	TenderPath
	TenderWrite
}

type reviewDocumentsIn struct {
	TenderPath
	TenderWrite
	Body struct {
		Approved bool   `json:"approved"`
		Note     string `json:"note" maxLength:"6000"`
	}
}

type tenderReasonIn struct {
	TenderPath
	TenderWrite
	Body struct {
		Reason string `json:"reason" maxLength:"6000"`
	}
}

func registerTenderDrafting(s *Server, svc *procurement.Service) {
	register(s, Op{
		Method: http.MethodPost, Path: "/tenders", ID: "createTender", Permission: access.TenderDraft, Tag: "tenders", Status: http.StatusCreated,
		Summary: "Announce the intention to buy for a planned project",
		Faults:  []string{"tender.intention_incomplete", "tender.track", "tender.procedure_unknown", "project.transition_refused", "rule.unknown"},
	}, func(ctx context.Context, in *intendIn) (*movedOut, error) {
		b := in.Body
		if err := clean(b.Summary, b.Month, b.Urgent, b.Procedure); err != nil {
			return nil, err
		}
		return toMoved(svc.Create(ctx, actorOf(ctx), in.IdempotencyKey, procurement.Intend{
			ProjectID: ident.ProjectID(b.ProjectID), Procedure: b.Procedure, Summary: b.Summary, Month: b.Month, Urgent: b.Urgent, AgencyID: ident.PartyID(b.AgencyID),
		}))
	})
	register(s, Op{
		Method: http.MethodPut, Path: "/tenders/{id}", ID: "saveTender", Permission: access.TenderDraft, Tag: "tenders",
		Summary: "Store the documents while they are being drafted; what is incomplete may be saved",
		Faults:  []string{"tender.not_drafting", "tender.draft_invalid", "tender.lot_unknown", "duty.incompatible", "record.stale"},
	}, func(ctx context.Context, in *draftIn) (*movedOut, error) {
		at, err := in.stamp()
		if err != nil {
			return nil, err
		}
		d, err := in.draft()
		if err != nil {
			return nil, err
		}
		return toMoved(svc.SaveDraft(ctx, actorOf(ctx), at, ident.TenderID(in.ID), d))
	})
	move := func(path, id, summary string, p access.Permission, faults []string, do func(context.Context, access.Actor, procurement.Stamp, ident.TenderID) (*tender.Tender, error)) {
		register(s, Op{
			Method: http.MethodPost, Path: "/tenders/{id}/" + path, ID: id, Permission: p, Tag: "tenders", Summary: summary,
			Faults: append([]string{"tender.transition_refused", "record.stale"}, faults...),
		}, func(ctx context.Context, in *tenderMoveIn) (*movedOut, error) {
			at, err := in.stamp()
			if err != nil {
				return nil, err
			}
			return toMoved(do(ctx, actorOf(ctx), at, ident.TenderID(in.ID)))
		})
	}
	move("draft", "draftTender", "Open the documents for writing", access.TenderDraft, []string{"duty.incompatible"}, svc.StartDraft)
	move("submit", "submitTender", "Send complete documents to another person for review", access.TenderDraft, []string{"tender.not_drafting", "tender.incomplete"}, svc.Submit)
	move("close", "closeTender", "End the time for responses; it waits until everything that arrived in time is stored", access.TenderClock, []string{"tender.close_too_early"}, svc.Close)
}

func registerTenderMoves(s *Server, svc *procurement.Service) {
	register(s, Op{
		Method: http.MethodPost, Path: "/tenders/{id}/review", ID: "reviewTender", Permission: access.TenderReview, Tag: "tenders",
		Summary: "Approve submitted documents, or return them with a note",
		Faults:  []string{"tender.not_submitted", "tender.note_missing", "tender.incomplete", "tender.transition_refused", "duty.incompatible", "record.stale"},
	}, func(ctx context.Context, in *reviewDocumentsIn) (*movedOut, error) {
		at, err := in.stamp()
		if err != nil {
			return nil, err
		}
		if err := clean(in.Body.Note); err != nil {
			return nil, err
		}
		return toMoved(svc.Review(ctx, actorOf(ctx), at, ident.TenderID(in.ID), procurement.Review(in.Body)))
	})
	register(s, Op{
		Method: http.MethodPost, Path: "/tenders/{id}/revise", ID: "reviseTender", Permission: access.TenderReview, Tag: "tenders",
		Summary: "Take reviewed documents back to drafting", Faults: []string{"tender.reason_required", "tender.transition_refused", "record.stale"},
	}, func(ctx context.Context, in *tenderReasonIn) (*movedOut, error) {
		at, err := in.stamp()
		if err != nil {
			return nil, err
		}
		if err := clean(in.Body.Reason); err != nil {
			return nil, err
		}
		return toMoved(svc.Revise(ctx, actorOf(ctx), at, ident.TenderID(in.ID), in.Body.Reason))
	})
	registerPublishing(s, svc)
	registerStops(s, svc)
}

type publishIn struct {
	TenderPath
	TenderWrite
	Body struct {
		OfficerIDs []string `json:"officerIds" minItems:"2" maxItems:"9"`
		Threshold  int      `json:"threshold" minimum:"2" maximum:"9" doc:"How many officers must act together."`
	}
}

type clarifyIn struct {
	TenderPath
	TenderWrite
	Body struct {
		Text       string     `json:"text" maxLength:"60000"`
		Affecting  bool       `json:"affecting" doc:"Affects bids: the deadline may move and every bid is confirmed again."`
		DeadlineAt *time.Time `json:"deadlineAt,omitempty"`
	}
}

func registerPublishing(s *Server, svc *procurement.Service) {
	register(s, Op{
		Method: http.MethodPost, Path: "/tenders/{id}/publish", ID: "publishTender", Permission: access.TenderPublish, Tag: "tenders",
		Summary: "Issue the documents, make the opening keys for the named officers and open the lots",
		Faults: []string{"tender.transition_refused", "tender.intention_running", "tender.incomplete", "tender.deadline_too_early",
			"tender.deadline_on_day_off", "tender.officer_unknown", "tender.officer_drafted", "seal.threshold", "calendar.year_missing", "record.stale"},
	}, func(ctx context.Context, in *publishIn) (*movedOut, error) {
		at, err := in.stamp()
		if err != nil {
			return nil, err
		}
		p := procurement.Publish{Threshold: in.Body.Threshold}
		for _, id := range in.Body.OfficerIDs {
			p.OfficerIDs = append(p.OfficerIDs, ident.PersonID(id))
		}
		return toMoved(svc.Publish(ctx, actorOf(ctx), at, ident.TenderID(in.ID), p))
	})
	register(s, Op{
		Method: http.MethodPost, Path: "/tenders/{id}/clarify", ID: "clarifyTender", Permission: access.TenderClarify, Tag: "tenders",
		Summary: "Publish a correction; one that affects bids may move the deadline",
		Faults: []string{"tender.transition_refused", "tender.reason_required", "tender.deadline_passed", "tender.deadline_too_early",
			"tender.deadline_on_day_off", "tender.draft_invalid", "record.stale"},
	}, func(ctx context.Context, in *clarifyIn) (*movedOut, error) {
		at, err := in.stamp()
		if err != nil {
			return nil, err
		}
		if err := clean(in.Body.Text); err != nil {
			return nil, err
		}
		return toMoved(svc.Clarify(ctx, actorOf(ctx), at, ident.TenderID(in.ID), procurement.Clarify(in.Body)))
	})
}

type stopIn struct {
	LotPath
	TenderWrite
	Body struct {
		ReasonCode string `json:"reasonCode,omitempty" maxLength:"40"`
		Reason     string `json:"reason" maxLength:"6000"`
	}
}

func registerStops(s *Server, svc *procurement.Service) {
	for _, m := range []struct{ action, summary string }{
		{"suspend", "Suspend a lot"}, {"resume", "Resume a suspended lot where it was"},
		{"fail", "Declare a lot failed 废标"}, {"cancel", "Cancel a lot 终止"},
	} {
		register(s, Op{
			Method: http.MethodPost, Path: "/lots/{lotId}/" + m.action, ID: m.action + "Lot", Permission: access.TenderStop, Tag: "tenders",
			Summary: m.summary + ", with a public notice",
			Faults:  []string{"tender.transition_refused", "tender.reason_required", "tender.reason_unknown", "record.stale"},
		}, func(ctx context.Context, in *stopIn) (*movedOut, error) {
			at, err := in.stamp()
			if err != nil {
				return nil, err
			}
			if err := clean(in.Body.Reason, in.Body.ReasonCode); err != nil {
				return nil, err
			}
			return toMoved(svc.StopLot(ctx, actorOf(ctx), at, ident.LotID(in.LotID), procurement.Stop{Action: m.action, ReasonCode: in.Body.ReasonCode, Reason: in.Body.Reason}))
		})
	}
}
