// Package calendar counts days and working days in Asia/Shanghai by the official calendar.
package calendar

import "time"

// Calendar knows the days off and the working weekends of the loaded years.
type Calendar struct{}

// Loc is the time zone of every legal day: Asia/Shanghai, UTC+8 without daylight saving.
var Loc = time.FixedZone("Asia/Shanghai", 8*60*60)
