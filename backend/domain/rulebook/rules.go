package rulebook

import (
	"math/big"
	"sort"
	"strconv"
	"strings"
	"time"

	"linli/backend/domain/calendar"
	"linli/backend/domain/fault"
	"linli/backend/domain/money"
)

// Rules are those of one jurisdiction in force on one date. Version is stored with every
// decision that used them. The getters take an id, or "ID.param" for a rule with several
// parameters; they answer rule.unknown for what is not there and rule.type for another kind.
type Rules struct {
	Jurisdiction string
	On           calendar.Date
	Version      string
	entries      map[string]Entry
}

// Int reads a whole number, such as days or points.
func (r Rules) Int(id string) (int, error) {
	v, err := r.text(id)
	if err != nil {
		return 0, err
	}
	n, err := strconv.Atoi(v)
	if err != nil {
		return 0, wrongType(id, "a whole number")
	}
	return n, nil
}

// Rat reads an exact ratio, written as a decimal or a fraction: 0.10, 2/3.
func (r Rules) Rat(id string) (*big.Rat, error) {
	v, err := r.text(id)
	if err != nil {
		return nil, err
	}
	q, ok := new(big.Rat).SetString(v)
	if !ok || strings.ContainsAny(v, "eE") {
		return nil, wrongType(id, "a ratio")
	}
	return q, nil
}

// Share computes a share of an amount by a ratio rule, rounded once, half-up, to the fen.
func (r Rules) Share(id string, of money.Fen) (money.Fen, error) {
	q, err := r.Rat(id)
	if err != nil {
		return 0, err
	}
	return money.MulRat(of, q.Num().Int64(), q.Denom().Int64())
}

// Fen reads an amount; the book writes it in yuan.
func (r Rules) Fen(id string) (money.Fen, error) {
	v, err := r.text(id)
	if err != nil {
		return 0, err
	}
	f, err := money.ParseYuan(v)
	if err != nil {
		return 0, wrongType(id, "an amount in yuan")
	}
	return f, nil
}

// Bool reads a switch.
func (r Rules) Bool(id string) (bool, error) {
	v, err := r.text(id)
	if err != nil {
		return false, err
	}
	b, err := strconv.ParseBool(v)
	if err != nil {
		return false, wrongType(id, "true or false")
	}
	return b, nil
}

// String reads a text.
func (r Rules) String(id string) (string, error) { return r.text(id) }

// Yearly reads a day of the year, written "04-30", as a date in the given year.
func (r Rules) Yearly(id string, year int) (calendar.Date, error) {
	v, err := r.text(id)
	if err != nil {
		return calendar.Date{}, err
	}
	t, err := time.Parse("01-02", v)
	if err != nil {
		return calendar.Date{}, wrongType(id, "a day of the year")
	}
	return calendar.NewDate(year, t.Month(), t.Day())
}

// Entry gives the rule itself, for showing its source; fault rule.unknown.
func (r Rules) Entry(id string) (Entry, error) {
	e, ok := r.entries[id]
	if !ok {
		return Entry{}, unknown(id, r)
	}
	return e, nil
}

// All lists the rules in force by id.
func (r Rules) All() []Entry {
	out := make([]Entry, 0, len(r.entries))
	for _, e := range r.entries {
		out = append(out, e)
	}
	sort.Slice(out, func(i, j int) bool { return out[i].ID < out[j].ID })
	return out
}

func (r Rules) text(id string) (string, error) {
	name, param, found := strings.Cut(id, ".")
	if !found {
		param = single
	}
	e, ok := r.entries[name]
	if !ok {
		return "", unknown(id, r)
	}
	v, ok := e.Params[param]
	if !ok {
		return "", unknown(id, r)
	}
	return string(v), nil
}

func unknown(id string, r Rules) error {
	return fault.Conflict("rule.unknown", "no rule "+id+" in "+r.Jurisdiction+" on "+r.On.String()).
		With("rule", id).With("jurisdiction", r.Jurisdiction).With("date", r.On.String())
}

func wrongType(id, want string) error {
	return fault.Internal("rule "+id+" is not "+want, nil)
}
