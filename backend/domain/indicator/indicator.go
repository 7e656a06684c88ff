// Package indicator says what the public sums of money count and what they leave out.
package indicator

import (
	"context"
	"time"

	"linli/backend/domain/ident"
	"linli/backend/domain/money"
)

// Version names the formulas below; it changes with them and is published with the sums.
const Version = "1"

// Period is a year, the present one up to now; From is included, Until is not.
type Period struct {
	Year        int
	From, Until time.Time
}

// ProjectMoney is what one project moved in the period. Budget counts the fiscal year's
// lines; the others count decisions and payments by their date.
type ProjectMoney struct {
	ProjectID   ident.ProjectID
	Code, Title string
	Status      string
	BudgetFen   money.Fen
	AwardedFen  money.Fen // announced awards
	AcceptedFen money.Fen // payable by acceptance
	PaidFen     money.Fen // paid or reconciled
	ReturnedFen money.Fen // pledge instalments that reached a community fund
}

// Total adds up projects. Fault money.overflow.
func Total(all []ProjectMoney) (ProjectMoney, error) {
	var sum ProjectMoney
	for _, p := range all {
		for _, pair := range []struct {
			into *money.Fen
			fen  money.Fen
		}{
			{&sum.BudgetFen, p.BudgetFen},
			{&sum.AwardedFen, p.AwardedFen},
			{&sum.AcceptedFen, p.AcceptedFen},
			{&sum.PaidFen, p.PaidFen},
			{&sum.ReturnedFen, p.ReturnedFen},
		} {
			next, err := money.Add(*pair.into, pair.fen)
			if err != nil {
				return ProjectMoney{}, err
			}
			*pair.into = next
		}
	}
	return sum, nil
}

// Repository reads the sums straight from the tables; nothing here writes.
type Repository interface {
	// Money lists the projects that have a budget or moved money in the period, at most limit,
	// what was paid most first. Path narrows to a place; "" is everywhere.
	Money(ctx context.Context, path string, p Period, limit int) ([]ProjectMoney, error)
}
