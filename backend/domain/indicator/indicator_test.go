package indicator

import (
	"math"
	"testing"

	"linli/backend/domain/fault"
	"linli/backend/domain/money"
)

func TestTotal_IsTheSumOfItsLinesAndNeverOverflows(t *testing.T) {
	t.Parallel()
	sum, err := Total([]ProjectMoney{{BudgetFen: 100, PaidFen: 7, ReturnedFen: 1}, {BudgetFen: 20, AwardedFen: 3, AcceptedFen: 2, PaidFen: 1}})
	if err != nil || sum != (ProjectMoney{BudgetFen: 120, AwardedFen: 3, AcceptedFen: 2, PaidFen: 8, ReturnedFen: 1}) {
		t.Errorf("%+v %v", sum, err)
	}
	if _, err := Total([]ProjectMoney{{PaidFen: money.Fen(math.MaxInt64)}, {PaidFen: 1}}); !fault.Is(err, "money.overflow") {
		t.Errorf("overflow: %v", err)
	}
}
