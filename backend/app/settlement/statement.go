package settlement

import (
	"context"
	"encoding/csv"
	"strconv"
	"strings"

	"linli/backend/app"
	"linli/backend/domain/access"
	"linli/backend/domain/audit"
	"linli/backend/domain/calendar"
	"linli/backend/domain/contract"
	"linli/backend/domain/fault"
	"linli/backend/domain/money"
	"linli/backend/domain/payment"
)

// StatementHeader is the first row of a bank statement file; the template to download.
var StatementHeader = []string{"sequence", "booked_on", "amount_yuan", "counterparty", "counter_account", "remark"}

// maxLines bounds one import: a month of a busy account.
const maxLines = 1000

// ImportInput is a bank statement as CSV text. Money that left is negative.
type ImportInput struct {
	Account string
	CSV     string
	Key     string `json:"-"`
}

// Imported counts what an import did.
type Imported struct {
	Added   int
	Known   int // lines that were imported before
	Account string
}

// Import stores the lines of a bank statement; lines on file are left alone, so that importing
// twice changes nothing. Faults: statement.malformed with a field for every bad row,
// statement.too_long, statement.nothing_new.
func (s *Service) Import(ctx context.Context, actor access.Actor, in ImportInput) (Imported, error) {
	in.Account = trimmed(in.Account)
	lines, err := parseStatement(in.Account, in.CSV)
	if err != nil {
		return Imported{}, err
	}
	w := app.Write{Permission: access.StatementImport, Name: "statement.import", Key: in.Key, Input: in}
	return app.Do(ctx, s.app, actor, w, func(ctx context.Context, u *app.Unit) (Imported, error) {
		out := Imported{Account: in.Account}
		for _, l := range lines {
			known, err := u.Payments.LineKnown(ctx, l.Account, l.Sequence)
			if err != nil {
				return Imported{}, err
			}
			if known {
				out.Known++
				continue
			}
			line := l
			line.ID, line.PartyID, line.ImportedBy, line.ImportedAt = u.NewID(), u.Actor.PartyID, u.Actor.PersonID, u.Now
			if err := u.Payments.AddLine(ctx, &line); err != nil {
				return Imported{}, err
			}
			out.Added++
			if err := u.Record(ctx, audit.Entry{Action: "statement.import", Kind: "statement_line", ID: line.ID, PlaceID: u.Actor.PlaceID, After: line}); err != nil {
				return Imported{}, err
			}
		}
		if out.Added == 0 {
			return Imported{}, fault.Conflict("statement.nothing_new", "every line is on file").With("known", strconv.Itoa(out.Known))
		}
		return out, nil
	})
}

func parseStatement(account, text string) ([]payment.Line, error) {
	r := csv.NewReader(strings.NewReader(strings.TrimPrefix(text, "\ufeff")))
	r.FieldsPerRecord = len(StatementHeader)
	rows, err := r.ReadAll()
	bad := fault.Invalid("statement.malformed", "the statement does not read")
	if err != nil {
		return nil, fault.Wrap(fault.KindInvalid, "statement.malformed", "the statement does not read", err).
			At("csv", "columns", "six columns: "+strings.Join(StatementHeader, ", "))
	}
	if account == "" || len(account) > 64 {
		return nil, bad.At("account", "required", "the account of the statement")
	}
	if len(rows) < 2 || strings.Join(rows[0], ",") != strings.Join(StatementHeader, ",") {
		return nil, bad.At("csv", "header", "the first row is "+strings.Join(StatementHeader, ","))
	}
	if len(rows)-1 > maxLines {
		return nil, fault.Invalid("statement.too_long", "at most "+strconv.Itoa(maxLines)+" lines").With("max", strconv.Itoa(maxLines))
	}
	var out []payment.Line
	seen := map[string]bool{}
	for i, row := range rows[1:] {
		l, why := parseLine(account, row)
		if why == "" && seen[l.Sequence] {
			why = "the reference stands twice"
		}
		if why != "" {
			bad = bad.At("csv["+strconv.Itoa(i+2)+"]", "row", why)
			continue
		}
		seen[l.Sequence] = true
		out = append(out, l)
	}
	if len(bad.Fields) > 0 {
		return nil, bad
	}
	return out, nil
}

// parseLine reads one row; why is empty when it reads.
func parseLine(account string, row []string) (l payment.Line, why string) {
	for i := range row {
		row[i] = strings.TrimSpace(row[i])
	}
	on, err := calendar.ParseDate(row[1])
	if err != nil || on.IsZero() {
		return l, "booked_on is a day such as 2026-06-08"
	}
	amount, err := money.ParseYuan(row[2])
	if err != nil || amount == 0 {
		return l, "amount_yuan is an amount with at most two decimals"
	}
	if row[0] == "" || len(row[0]) > 64 {
		return l, "sequence is the bank's reference"
	}
	return payment.Line{
		Account: account, Sequence: row[0], BookedOn: on, AmountFen: amount, Counterparty: row[3], CounterBank: row[4], Remark: row[5], State: payment.LineOpen,
	}, ""
}

// MatchInput binds a statement line to payments.
type MatchInput struct {
	LineID string
	Change
	Matches []payment.Match
}

// Match binds a line to the payments it shows, to the fen, and reconciles them. Faults:
// statement.amount_differs, statement.not_open, statement.match_invalid,
// payment.transition_refused, duty.incompatible, record.not_found, record.stale.
func (s *Service) Match(ctx context.Context, actor access.Actor, in MatchInput) (Done, error) {
	w := app.Write{Permission: access.StatementMatch, Name: "statement.match", Key: in.Key, Input: in}
	return app.Do(ctx, s.app, actor, w, func(ctx context.Context, u *app.Unit) (Done, error) {
		l, err := s.line(ctx, u, in.LineID, in.Version)
		if err != nil {
			return Done{}, err
		}
		before := *l
		if err := l.Match(in.Matches, u.Actor.PersonID, u.Now); err != nil {
			return Done{}, err
		}
		for _, m := range in.Matches {
			if err := s.reconcile(ctx, u, m); err != nil {
				return Done{}, err
			}
		}
		return s.saveLine(ctx, u, l, "statement.match", before)
	})
}

// line loads an open line of the actor's scope. Faults: record.not_found, record.stale.
func (s *Service) line(ctx context.Context, u *app.Unit, id string, version int64) (*payment.Line, error) {
	l, err := u.Payments.Line(ctx, id)
	if err != nil {
		return nil, err
	}
	owner, err := u.People.Party(ctx, l.PartyID)
	if err != nil {
		return nil, err
	}
	object := access.Object{PartyID: l.PartyID}
	if owner.PlaceID != "" {
		place, err := u.Places.Place(ctx, owner.PlaceID)
		if err != nil {
			return nil, err
		}
		object.PlacePath = place.Path
	}
	if access.Allow(u.Actor, access.StatementRead, object) != nil {
		return nil, fault.NotFound("record.not_found", "statement of another place")
	}
	if err := access.Allow(u.Actor, access.StatementMatch, object); err != nil {
		return nil, err
	}
	if l.Version != version {
		return nil, fault.Stale("record.stale", "the line was changed by someone else").With("version", "")
	}
	return l, nil
}

func (s *Service) saveLine(ctx context.Context, u *app.Unit, l *payment.Line, action string, before any) (Done, error) {
	if err := u.Payments.SaveLine(ctx, l); err != nil {
		return Done{}, err
	}
	err := u.Record(ctx, audit.Entry{Action: action, Kind: "statement_line", ID: l.ID, PlaceID: u.Actor.PlaceID, Before: before, After: l, Reason: l.Reason})
	return Done{ID: l.ID, Code: l.Sequence, Version: l.Version, Status: l.State}, err
}

// reconcile marks one payment as seen on the statement and settles its milestone when all that
// was accepted is.
func (s *Service) reconcile(ctx context.Context, u *app.Unit, m payment.Match) error {
	f, err := s.load(ctx, u, m.PaymentID)
	if err != nil {
		return err
	}
	if err := access.Allow(u.Actor, access.PaymentSettle, f.object()); err != nil {
		return err
	}
	if m.AmountFen != f.AmountFen {
		return fault.Conflict("statement.amount_differs", f.Code+" is "+f.AmountFen.String()).
			With("line", m.AmountFen.String()).With("payments", f.AmountFen.String())
	}
	before := *f.Payment
	if err := f.Reconcile(u.Actor.PersonID, u.Now); err != nil {
		return err
	}
	if err := u.TakeDuty(ctx, f.ProjectID, access.DutyLedger); err != nil {
		return err
	}
	if err := u.Payments.Save(ctx, f.Payment); err != nil {
		return err
	}
	if _, err := post(ctx, u, f.deal().Reconcile(f.ID, f.Code, f.AmountFen)); err != nil {
		return err
	}
	if err := tell(ctx, u, f.Payment, write{Action: "payment.reconcile", Past: "payment.reconciled"}, before); err != nil {
		return err
	}
	return s.settle(ctx, u, f)
}

// settle closes a milestone once everything accepted has been paid and seen.
func (s *Service) settle(ctx context.Context, u *app.Unit, f file) error {
	a, err := u.Contracts.Acceptance(ctx, f.AcceptanceID)
	if err != nil {
		return err
	}
	all, err := u.Payments.List(ctx, payment.Filter{AcceptanceID: a.ID, Statuses: []string{payment.Reconciled}})
	if err != nil {
		return err
	}
	var seen money.Fen
	for _, p := range all {
		seen += p.AmountFen
	}
	if seen < a.PayableFen {
		return nil
	}
	m, err := u.Contracts.Milestone(ctx, f.MilestoneID)
	if err != nil || m.Status == contract.Settled {
		return err
	}
	before := *m
	if err := m.Settle(u.Now); err != nil {
		return err
	}
	if err := u.Contracts.SaveMilestone(ctx, m); err != nil {
		return err
	}
	return u.Record(ctx, audit.Entry{
		Action: "milestone.settle", Kind: "milestone", ID: string(m.ID), PlaceID: f.PlaceID, ProjectID: f.ProjectID, Before: before, After: m,
	})
}

// IgnoreInput sets a statement line aside.
type IgnoreInput struct {
	LineID string
	Change
	Reason string
}

// Ignore sets a line aside with a reason; who imported it may not. Faults: statement.not_open,
// statement.reason_required, statement.same_person, record.not_found, record.stale.
func (s *Service) Ignore(ctx context.Context, actor access.Actor, in IgnoreInput) (Done, error) {
	in.Reason = trimmed(in.Reason)
	w := app.Write{Permission: access.StatementMatch, Name: "statement.ignore", Key: in.Key, Input: in}
	return app.Do(ctx, s.app, actor, w, func(ctx context.Context, u *app.Unit) (Done, error) {
		l, err := s.line(ctx, u, in.LineID, in.Version)
		if err != nil {
			return Done{}, err
		}
		before := *l
		if err := l.Ignore(in.Reason, u.Actor.PersonID, u.Now); err != nil {
			return Done{}, err
		}
		return s.saveLine(ctx, u, l, "statement.ignore", before)
	})
}
