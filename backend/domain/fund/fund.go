// Package fund knows community funds 社区基金 (track F): the named fund a foundation keeps for
// a community, the free pledges made to it, the donations that reach it, the grants it pays
// and the statement anyone may read.
package fund

import (
	"strings"
	"time"
	"unicode/utf8"

	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/lifecycle"
)

// Limits of free text: what a statement can still show on one line or in one paragraph.
const (
	MaxName    = 60
	MaxPurpose = 500
)

// Fund is a named community fund 社区微基金. PartyID is the foundation that keeps it: the
// money legally belongs to that foundation and is bound to Purpose.
type Fund struct {
	ID            ident.FundID
	Code          string // JJ-2026-000001
	Name          string
	NameEN        string
	Purpose       string
	PlaceID       ident.PlaceID
	PartyID       ident.PartyID
	Status        string
	EstablishedBy ident.PersonID
	EstablishedAt time.Time
	Version       int64
}

// Draft is what a fund manager states to establish a fund.
type Draft struct {
	Name    string
	NameEN  string
	Purpose string
	PlaceID ident.PlaceID
	PartyID ident.PartyID
}

// Establish makes a fund that a second person still has to activate. Fault fund.incomplete
// with the fields that are missing or too long.
func Establish(id ident.FundID, code string, d Draft, by ident.PersonID, now time.Time) (*Fund, error) {
	err := fault.Invalid("fund.incomplete", "a fund needs a name, a purpose, a community and a keeper")
	err = requireText(err, "name", d.Name, MaxName)
	err = requireText(err, "nameEn", d.NameEN, MaxName)
	err = requireText(err, "purpose", d.Purpose, MaxPurpose)
	if d.PlaceID == "" {
		err = err.At("placeId", "required", "name the community")
	}
	if d.PartyID == "" {
		err = err.At("partyId", "required", "name the foundation that keeps the fund")
	}
	if len(err.Fields) > 0 {
		return nil, err
	}
	return &Fund{
		ID: id, Code: code, Name: strings.TrimSpace(d.Name), NameEN: strings.TrimSpace(d.NameEN),
		Purpose: strings.TrimSpace(d.Purpose), PlaceID: d.PlaceID, PartyID: d.PartyID,
		Status: Machine.Initial, EstablishedBy: by, EstablishedAt: now,
	}, nil
}

// Fire moves the fund along its lifecycle. Besides the machine's faults: fund.two_persons
// when who established the fund would also activate it.
func (f *Fund) Fire(action, reason string, by ident.PersonID) (lifecycle.Row, error) {
	row, err := Machine.Fire(f.Status, action, reason)
	if err != nil {
		return row, err
	}
	if action == "activate" && by == f.EstablishedBy {
		return row, fault.Conflict("fund.two_persons", "the fund must be activated by a second person")
	}
	f.Status = row.To
	return row, nil
}

// TakesMoney refuses inflows unless the fund is active: a frozen or dissolved fund may not
// receive, and one that nobody has checked yet may not either. Fault fund.not_active.
func (f *Fund) TakesMoney() error {
	if f.Status != Active {
		return fault.Conflict("fund.not_active", "fund is "+f.Status).With("state", f.Status)
	}
	return nil
}

func requireText(err *fault.Error, path, text string, limit int) *fault.Error {
	n := utf8.RuneCountInString(strings.TrimSpace(text))
	if n == 0 {
		return err.At(path, "required", "fill this in")
	}
	if n > limit {
		return err.At(path, "too_long", "shorten this")
	}
	return err
}
