package challenge

import (
	"time"

	"linli/backend/domain/calendar"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
)

// The kinds of remedies a supplier has (domain handbook §5.6).
const (
	KindInquiry   = "inquiry"   // 询问
	KindChallenge = "challenge" // 质疑
)

// The subjects of a remedy; each has its own day of knowing.
const (
	SubjectDocuments = "documents" // from receipt of the documents
	SubjectProcess   = "process"   // from the end of the step
	SubjectResult    = "result"    // from the end of the announcement period
)

// The outcomes of an answer and of a decision.
const (
	OutcomeUpheld    = "upheld"
	OutcomeRejected  = "rejected"
	OutcomeWithdrawn = "withdrawn"
)

// Challenge 质疑 is one supplier's question or objection about a tender, with its answer and,
// when the supplier complains, the decision of the finance bureau.
type Challenge struct {
	ID          ident.ChallengeID
	Code        string
	Kind        string
	Subject     string
	TenderID    ident.TenderID
	LotID       ident.LotID // "" for the documents of all lots
	ProjectID   ident.ProjectID
	PlaceID     ident.PlaceID
	SupplierID  ident.PartyID
	PersonID    ident.PersonID
	Title       string
	Text        string
	KnownOn     calendar.Date // the day from which the period counts
	Status      string
	SubmittedAt time.Time
	AnswerBy    calendar.Date
	Answer      string
	Outcome     string // of the answer: upheld or rejected; of an inquiry ""
	AnsweredBy  ident.PersonID
	AnsweredAt  *time.Time
	ComplainBy  *calendar.Date
	Complaint   string
	ComplaintAt *time.Time
	AcceptedAt  *time.Time
	Decision    string // words of the decision
	Decided     string // upheld, rejected, withdrawn
	DecidedBy   ident.PersonID
	DecidedAt   *time.Time
	Version     int64
}

// PausesSigning tells whether a contract may not be signed because of it: a challenge or
// complaint about the process or the result that is not settled yet.
func (c *Challenge) PausesSigning() bool {
	if c.Kind != KindChallenge || c.Subject == SubjectDocuments {
		return false
	}
	switch c.Status {
	case StatusChallenge, StatusComplaint, StatusAccepted:
		return true
	default:
		return false
	}
}

// CheckWindow holds a challenge to its period: at most n working days after the day of knowing.
// Faults: challenge.window_over, calendar.year_missing.
func CheckWindow(now time.Time, knownOn calendar.Date, n int, cal *calendar.Calendar) error {
	last, err := cal.AddWorkingDays(knownOn, n)
	if err != nil {
		return err
	}
	if calendar.DateOf(now).After(last) {
		return fault.Conflict("challenge.window_over", "challenge period ended on "+last.String()).With("last", last.String())
	}
	return nil
}
