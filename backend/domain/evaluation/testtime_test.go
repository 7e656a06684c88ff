package evaluation_test

import "time"

var testTime = time.Date(2026, 4, 20, 2, 0, 0, 0, time.UTC)
