package sqlstore

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"linli/backend/domain/calendar"
	"linli/backend/domain/challenge"
	"linli/backend/domain/ident"
)

type challengeRow struct {
	bun.BaseModel `bun:"table:challenge"`
	ID            string `bun:",pk"`
	Code          string
	Kind          string
	Subject       string
	TenderID      string
	LotID         *string
	ProjectID     string
	PlaceID       string
	SupplierID    string
	PersonID      string
	Title         string
	Text          string
	KnownOn       string
	Status        string
	SubmittedAt   time.Time
	AnswerBy      string
	Answer        string
	Outcome       string
	AnsweredBy    *string
	AnsweredAt    *time.Time
	ComplainBy    string
	Complaint     string
	ComplaintAt   *time.Time
	AcceptedAt    *time.Time
	Decision      string
	Decided       string
	DecidedBy     *string
	DecidedAt     *time.Time
	Version       int64
}

type challenges struct{ db bun.IDB }

func newChallenges(db bun.IDB) challenge.Repository { return challenges{db} }

func toChallengeRow(c *challenge.Challenge) *challengeRow {
	return &challengeRow{
		ID: string(c.ID), Code: c.Code, Kind: c.Kind, Subject: c.Subject, TenderID: string(c.TenderID), LotID: null(string(c.LotID)),
		ProjectID: string(c.ProjectID), PlaceID: string(c.PlaceID), SupplierID: string(c.SupplierID), PersonID: string(c.PersonID),
		Title: c.Title, Text: c.Text, KnownOn: c.KnownOn.String(), Status: c.Status, SubmittedAt: c.SubmittedAt,
		AnswerBy: c.AnswerBy.String(), Answer: c.Answer, Outcome: c.Outcome, AnsweredBy: null(string(c.AnsweredBy)), AnsweredAt: c.AnsweredAt,
		ComplainBy: dayText(c.ComplainBy), Complaint: c.Complaint, ComplaintAt: c.ComplaintAt, AcceptedAt: c.AcceptedAt,
		Decision: c.Decision, Decided: c.Decided, DecidedBy: null(string(c.DecidedBy)), DecidedAt: c.DecidedAt, Version: c.Version,
	}
}

func fromChallengeRow(r challengeRow) (*challenge.Challenge, error) {
	c := &challenge.Challenge{
		ID: ident.ChallengeID(r.ID), Code: r.Code, Kind: r.Kind, Subject: r.Subject, TenderID: ident.TenderID(r.TenderID),
		LotID: ident.LotID(text(r.LotID)), ProjectID: ident.ProjectID(r.ProjectID), PlaceID: ident.PlaceID(r.PlaceID),
		SupplierID: ident.PartyID(r.SupplierID), PersonID: ident.PersonID(r.PersonID), Title: r.Title, Text: r.Text, Status: r.Status,
		SubmittedAt: utc(r.SubmittedAt), Answer: r.Answer, Outcome: r.Outcome, AnsweredBy: ident.PersonID(text(r.AnsweredBy)),
		AnsweredAt: utcp(r.AnsweredAt), Complaint: r.Complaint, ComplaintAt: utcp(r.ComplaintAt), AcceptedAt: utcp(r.AcceptedAt),
		Decision: r.Decision, Decided: r.Decided, DecidedBy: ident.PersonID(text(r.DecidedBy)), DecidedAt: utcp(r.DecidedAt), Version: r.Version,
	}
	var err error
	if c.KnownOn, err = calendar.ParseDate(r.KnownOn); err != nil {
		return nil, err
	}
	if c.AnswerBy, err = calendar.ParseDate(r.AnswerBy); err != nil {
		return nil, err
	}
	c.ComplainBy, err = dayOf(r.ComplainBy)
	return c, err
}

func (s challenges) Challenge(ctx context.Context, id ident.ChallengeID) (*challenge.Challenge, error) {
	r, err := get[challengeRow](ctx, s.db, "id = ?", id)
	if err != nil {
		return nil, err
	}
	return fromChallengeRow(*r)
}

func (s challenges) InsertChallenge(ctx context.Context, c *challenge.Challenge) error {
	c.Version = 1
	return insert(ctx, s.db, toChallengeRow(c))
}

func (s challenges) SaveChallenge(ctx context.Context, c *challenge.Challenge) error {
	r := toChallengeRow(c)
	err := save(ctx, s.db, r, &r.Version)
	c.Version = r.Version
	return err
}

func (s challenges) ChallengesOf(ctx context.Context, t ident.TenderID) ([]*challenge.Challenge, error) {
	rows, err := list[challengeRow](ctx, s.db, 0, "id", "tender_id = ?", t)
	if err != nil {
		return nil, err
	}
	out := make([]*challenge.Challenge, len(rows))
	for i, r := range rows {
		if out[i], err = fromChallengeRow(r); err != nil {
			return nil, err
		}
	}
	return out, nil
}
