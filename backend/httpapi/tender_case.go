package httpapi

import (
	"time"

	"linli/backend/app/procurement"
	"linli/backend/domain/tender"
)

// IntentionView is the notice of intention.
type IntentionView struct {
	Summary     string    `json:"summary"`
	Month       string    `json:"month"`
	AnnouncedAt time.Time `json:"announcedAt"`
	Urgent      string    `json:"urgent,omitempty"`
}

// ClarificationView is a published correction.
type ClarificationView struct {
	No         int       `json:"no"`
	Text       string    `json:"text"`
	Affecting  bool      `json:"affecting"`
	At         time.Time `json:"at"`
	DeadlineAt time.Time `json:"deadlineAt"`
}

// HistoryView is one fired action; who fired it is shown inside only.
type HistoryView struct {
	LotNo  int       `json:"lotNo"`
	Action string    `json:"action"`
	To     string    `json:"to"`
	At     time.Time `json:"at"`
	By     string    `json:"by,omitempty"`
	Reason string    `json:"reason,omitempty"`
}

// NoticeLine is a public notice in a list.
type NoticeLine struct {
	ID          string    `json:"id"`
	Kind        string    `json:"kind"`
	Code        string    `json:"code"`
	Title       string    `json:"title"`
	TenderID    string    `json:"tenderId"`
	ProjectID   string    `json:"projectId"`
	PublishedAt time.Time `json:"publishedAt"`
}

func toNoticeLine(a *tender.Announcement) NoticeLine {
	return NoticeLine{ID: string(a.ID), Kind: a.Kind, Code: a.Code, Title: a.Title, TenderID: string(a.TenderID), ProjectID: string(a.ProjectID), PublishedAt: a.PublishedAt}
}

// TenderView is a whole tender as this reader sees it.
type TenderView struct {
	ID          string              `json:"id"`
	Code        string              `json:"code"`
	Title       string              `json:"title"`
	Status      string              `json:"status" doc:"Computed from the lots."`
	ProjectID   string              `json:"projectId"`
	ProjectCode string              `json:"projectCode"`
	PlaceID     string              `json:"placeId"`
	PlaceName   string              `json:"placeName"`
	BuyerID     string              `json:"buyerId"`
	BuyerName   string              `json:"buyerName"`
	AgencyName  string              `json:"agencyName,omitempty"`
	Category    string              `json:"category"`
	BudgetFen   int64               `json:"budgetFen"`
	Procedure   string              `json:"procedure"`
	Terms       TermsView           `json:"terms"`
	Intention   IntentionView       `json:"intention"`
	Document    DocumentBody        `json:"document"`
	Lots        []LotView           `json:"lots"`
	Threshold   int                 `json:"threshold,omitempty"`
	Officers    []OfficerView       `json:"officers"`
	SubmittedAt *time.Time          `json:"submittedAt,omitempty"`
	ReviewedAt  *time.Time          `json:"reviewedAt,omitempty"`
	ReviewNote  string              `json:"reviewNote,omitempty"`
	IssuedAt    *time.Time          `json:"issuedAt,omitempty"`
	DeadlineAt  *time.Time          `json:"deadlineAt,omitempty"`
	CloseFrom   *time.Time          `json:"closeFrom,omitempty"`
	PublishFrom string              `json:"publishFrom,omitempty" doc:"First day after the intention on which it may be issued."`
	DeadlineMin string              `json:"deadlineMin,omitempty" doc:"First lawful deadline if issued as early as possible."`
	DocVersion  int                 `json:"docVersion"`
	Clarified   []ClarificationView `json:"clarified"`
	History     []HistoryView       `json:"history"`
	Notices     []NoticeLine        `json:"notices"`
	Committee   *CommitteeView      `json:"committee,omitempty"`
	Inside      bool                `json:"inside"`
	Findings    []FindingView       `json:"findings"`
	Actions     []ActionView        `json:"actions"`
	Version     int64               `json:"version"`
}

// OfficerView is a named opening officer.
type OfficerView struct {
	PersonID string `json:"personId"`
	Name     string `json:"name"`
}

func toTender(c *procurement.Case) TenderView {
	t := c.Tender
	v := TenderView{
		ID: string(t.ID), Code: t.Code, Title: t.Title, Status: t.Status(), ProjectID: string(t.ProjectID), ProjectCode: c.ProjectCode,
		PlaceID: string(t.PlaceID), PlaceName: c.PlaceName, BuyerID: string(t.BuyerID), BuyerName: c.BuyerName, AgencyName: c.AgencyName,
		Category: t.Category, BudgetFen: int64(t.BudgetFen), Procedure: t.Procedure.Code, Terms: toTerms(t.Procedure.Terms),
		Intention: IntentionView(t.Intention), Document: toDocument(t.Document), Lots: []LotView{}, Officers: []OfficerView{},
		IssuedAt: t.IssuedAt, DeadlineAt: t.DeadlineAt, CloseFrom: c.Dates.CloseFrom, PublishFrom: c.Dates.PublishFrom.String(),
		DeadlineMin: c.Dates.DeadlineMin.String(), DocVersion: t.DocVersion, Clarified: []ClarificationView{}, History: []HistoryView{},
		Notices: []NoticeLine{}, Committee: toCommittee(c.Committee, c.Inside), Inside: c.Inside, Findings: []FindingView{},
		Actions: toActions(c.Actions), Version: t.Version,
	}
	if c.Inside {
		v.Threshold, v.SubmittedAt, v.ReviewedAt, v.ReviewNote = t.Threshold, t.SubmittedAt, t.ReviewedAt, t.ReviewNote
		for _, o := range t.Officers {
			v.Officers = append(v.Officers, OfficerView{PersonID: string(o.PersonID), Name: o.Name})
		}
	}
	v.lists(c)
	return v
}

func (v *TenderView) lists(c *procurement.Case) {
	for _, l := range c.Lots {
		v.Lots = append(v.Lots, toLot(c.Tender, l))
	}
	for _, x := range c.Tender.Clarified {
		v.Clarified = append(v.Clarified, ClarificationView{No: x.No, Text: x.Text, Affecting: x.Affecting, At: x.At, DeadlineAt: x.DeadlineAt})
	}
	for _, h := range c.Tender.History {
		x := HistoryView{LotNo: c.Tender.Lot(h.LotID).No, Action: h.Action, To: h.To, At: h.At, Reason: h.Reason}
		if c.Inside {
			x.By = string(h.By)
		}
		v.History = append(v.History, x)
	}
	for _, n := range c.Notices {
		v.Notices = append(v.Notices, toNoticeLine(n))
	}
	for _, f := range c.Findings {
		v.Findings = append(v.Findings, FindingView(f))
	}
}

// TenderLine is a tender in a list.
type TenderLine struct {
	ID         string     `json:"id"`
	Code       string     `json:"code"`
	Title      string     `json:"title"`
	Status     string     `json:"status"`
	PlaceName  string     `json:"placeName"`
	BuyerName  string     `json:"buyerName"`
	Category   string     `json:"category"`
	BudgetFen  int64      `json:"budgetFen"`
	IssuedAt   *time.Time `json:"issuedAt,omitempty"`
	DeadlineAt *time.Time `json:"deadlineAt,omitempty"`
	LotCount   int        `json:"lotCount"`
}

func toTenderLine(s procurement.Summary) TenderLine {
	t := s.Tender
	return TenderLine{
		ID: string(t.ID), Code: t.Code, Title: t.Title, Status: t.Status(), PlaceName: s.PlaceName, BuyerName: s.BuyerName, Category: t.Category,
		BudgetFen: int64(t.BudgetFen), IssuedAt: t.IssuedAt, DeadlineAt: t.DeadlineAt, LotCount: len(t.Lots),
	}
}
