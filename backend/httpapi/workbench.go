package httpapi

import (
	"context"
	"net/http"
	"slices"
	"time"

	"linli/backend/app/procurement"
	"linli/backend/domain/access"
	"linli/backend/domain/bid"
	"linli/backend/domain/evaluation"
	"linli/backend/domain/ident"
)

// OpenedAnswer is text for one condition or criterion.
type OpenedAnswer struct {
	ID   string `json:"id"`
	Text string `json:"text"`
}

// OpenedAttachment is a small file from inside an envelope.
type OpenedAttachment struct {
	Name      string `json:"name"`
	MediaType string `json:"mediaType"`
	Base64    string `json:"base64"`
}

// OpenedQualification is an opened qualification part.
type OpenedQualification struct {
	LegalName   string             `json:"legalName"`
	USCC        string             `json:"uscc"`
	LegalRep    string             `json:"legalRep"`
	SizeClass   string             `json:"sizeClass"`
	Declared    bool               `json:"declared" doc:"All declarations were made."`
	Answers     []OpenedAnswer     `json:"answers"`
	Attachments []OpenedAttachment `json:"attachments"`
}

// OpenedTechnical is an opened technical part.
type OpenedTechnical struct {
	Summary     string             `json:"summary"`
	Answers     []OpenedAnswer     `json:"answers"`
	Attachments []OpenedAttachment `json:"attachments"`
}

func toAnswers(in []bid.Answer) []OpenedAnswer {
	out := []OpenedAnswer{}
	for _, a := range in {
		out = append(out, OpenedAnswer(a))
	}
	return out
}

func toAttachments(in []bid.Attachment) []OpenedAttachment {
	out := []OpenedAttachment{}
	for _, a := range in {
		out = append(out, OpenedAttachment(a))
	}
	return out
}

// WorkbenchBid is one opened bid with its papers and the reader's own sheet.
type WorkbenchBid struct {
	ID            string               `json:"id"`
	Supplier      string               `json:"supplier"`
	SupplierID    string               `json:"supplierId"`
	Status        string               `json:"status"`
	Reason        string               `json:"reason,omitempty"`
	ReceivedAt    *time.Time           `json:"receivedAt,omitempty"`
	Linked        bool                 `json:"linked" doc:"Shares a legal representative or credit code with another bid."`
	Qualification *OpenedQualification `json:"qualification,omitempty"`
	Technical     *OpenedTechnical     `json:"technical,omitempty"`
	Sheet         *SheetView           `json:"sheet,omitempty"`
	Averages      []OwnScoreView       `json:"averages"`
	FirstFen      int64                `json:"firstFen,omitempty"`
	FinalFen      int64                `json:"finalFen,omitempty"`
	Corrected     string               `json:"corrected,omitempty"`
	Review        *PriceReviewView     `json:"review,omitempty"`
}

// ProgressView is how far one member is.
type ProgressView struct {
	MemberID string `json:"memberId"`
	Name     string `json:"name,omitempty"`
	Chair    bool   `json:"chair"`
	Complete int    `json:"complete"`
	Signed   int    `json:"signed"`
	Of       int    `json:"of"`
}

// WorkbenchView is what those who judge a lot see.
type WorkbenchView struct {
	TenderID        string          `json:"tenderId"`
	Code            string          `json:"code"`
	Title           string          `json:"title"`
	Version         int64           `json:"version" doc:"Of the tender, for If-Match."`
	LotID           string          `json:"lotId"`
	LotNo           int             `json:"lotNo"`
	LotTitle        string          `json:"lotTitle"`
	Status          string          `json:"status"`
	CeilingFen      int64           `json:"ceilingFen"`
	PriceWeight     int64           `json:"priceWeight"`
	Criteria        []CriterionBody `json:"criteria"`
	Qualifications  []ConditionBody `json:"qualifications"`
	Requirements    []ConditionBody `json:"requirements"`
	Member          *SeatView       `json:"member,omitempty"`
	Bids            []WorkbenchBid  `json:"bids"`
	Progress        []ProgressView  `json:"progress"`
	Conflicts       []string        `json:"conflicts" doc:"Objective items on which members differ."`
	Standings       []RankingLine   `json:"standings"`
	FinalInvitedAt  *time.Time      `json:"finalInvitedAt,omitempty"`
	FinalDeadlineAt *time.Time      `json:"finalDeadlineAt,omitempty"`
	PriceOpenedAt   *time.Time      `json:"priceOpenedAt,omitempty"`
	Actions         []ActionView    `json:"actions"`
}

type workbenchOut struct {
	Body WorkbenchView
}

func toWorkbench(w *procurement.Workbench) WorkbenchView {
	t, l := w.Case, w.Lot
	v := WorkbenchView{
		TenderID: string(t.ID), Code: t.Code, Title: t.Title, Version: t.Version, LotID: string(l.ID), LotNo: l.No, LotTitle: l.Title, Status: l.Status,
		CeilingFen: int64(l.CeilingFen), PriceWeight: int64(l.PriceWeight), Criteria: toCriteria(l.Criteria), Qualifications: toConditions(l.Qualifications),
		Requirements: toConditions(l.Requirements), Bids: []WorkbenchBid{}, Progress: []ProgressView{}, Conflicts: append([]string{}, w.Conflicts...),
		Standings: []RankingLine{}, FinalInvitedAt: l.FinalInvitedAt, FinalDeadlineAt: l.FinalDeadlineAt, PriceOpenedAt: l.PriceOpenedAt, Actions: toActions(w.Actions),
	}
	if w.Member != nil {
		m := toMember(*w.Member, true)
		v.Member = &m
	}
	for _, b := range w.Bids {
		v.Bids = append(v.Bids, toWorkbenchBid(w, b))
	}
	for _, p := range w.Progress {
		v.Progress = append(v.Progress, ProgressView{MemberID: string(p.MemberID), Name: p.Name, Chair: p.Chair, Complete: p.Complete, Signed: p.Signed, Of: p.Of})
	}
	for i := range w.Evaluation.Standings {
		v.Standings = append(v.Standings, *toRankingLine(&w.Evaluation.Standings[i]))
	}
	return v
}

func toWorkbenchBid(w *procurement.Workbench, line procurement.BidLine) WorkbenchBid {
	b := line.Bid
	v := WorkbenchBid{
		ID: string(b.ID), Supplier: b.Supplier, SupplierID: string(b.SupplierID), Status: b.Status, Reason: b.Reason, ReceivedAt: b.ReceivedAt,
		Linked: slices.Contains(w.Linked, b.ID), Sheet: toSheet(line.Sheet, len(w.Lot.Criteria)), Averages: toOwnScores(line.Averages),
	}
	if q := line.Qualification; q != nil {
		v.Qualification = &OpenedQualification{
			LegalName: q.LegalName, USCC: q.USCC, LegalRep: q.LegalRep, SizeClass: q.SizeClass, Declared: q.Declaration.Complete(),
			Answers: toAnswers(q.Answers), Attachments: toAttachments(q.Attachments),
		}
	}
	if x := line.Technical; x != nil {
		v.Technical = &OpenedTechnical{Summary: x.Summary, Answers: toAnswers(x.Answers), Attachments: toAttachments(x.Attachments)}
	}
	v.price(w.Evaluation, b.ID)
	return v
}

func (v *WorkbenchBid) price(e *evaluation.Evaluation, id ident.BidID) {
	if p := e.PriceOf(id); p != nil {
		v.FirstFen, v.FinalFen, v.Corrected = int64(p.First), int64(p.Final), p.Corrected
		v.Review = toReview(e.ReviewOf(id))
	}
}

func registerWorkbench(s *Server, svc *procurement.Service) {
	register(s, Op{
		Method: http.MethodGet, Path: "/lots/{lotId}/evaluation", ID: "readEvaluation", Permission: access.SignedIn, Tag: "evaluation",
		Summary: "The opened bids of a lot with papers, one's own sheets, progress and ranking; for its committee and the buyer's people",
	}, func(ctx context.Context, in *LotPath) (*workbenchOut, error) {
		w, err := svc.Judge(ctx, actorOf(ctx), ident.LotID(in.LotID))
		if err != nil {
			return nil, err
		}
		return &workbenchOut{Body: toWorkbench(w)}, nil
	})
}
