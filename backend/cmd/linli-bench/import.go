package main

import (
	"context"
	"fmt"
	"os"
	"time"

	"linli/backend/app"
	"linli/backend/app/places"
	"linli/backend/boot"
	"linli/backend/config"
	"linli/backend/domain/access"
	"linli/backend/domain/audit"
	"linli/backend/domain/community"
	"linli/backend/logging"
	"linli/backend/sheet"
)

type importCmd struct {
	config.Store
	File          string `arg:"" type:"existingfile" help:"List of divisions, CSV or XLSX."`
	EffectiveFrom string `help:"The day since when the list holds." placeholder:"DAY"`
	OneByOne      bool   `help:"The reference: store the same places one by one, each in a transaction of its own, on an empty database."`
}

// Run imports a list and tells how long it took, reading of the file included.
func (c importCmd) Run(ctx context.Context) error {
	s, err := boot.Open(ctx, boot.Config{Store: c.Store}, logging.Discard())
	if err != nil {
		return err
	}
	defer func() { _ = s.Close() }()
	start := time.Now()
	f, err := os.Open(c.File)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	t, err := sheet.Read(f)
	if err != nil {
		return err
	}
	n, how := 0, "imported"
	if c.OneByOne {
		list, _ := community.ReadDivisions(t)
		n, how = len(list.Divisions), "stored one by one (reference)"
		err = oneByOne(ctx, s.App, list)
	} else {
		var r places.Report
		r, err = s.Services.Places.ImportHere(ctx, places.List{File: c.File, Table: t, From: c.EffectiveFrom}, false)
		n = r.Rows
	}
	if err != nil {
		return err
	}
	_, err = fmt.Printf("%-52s %8.0f ms   %d rows\n", "divisions: "+how, ms(time.Since(start)), n)
	return err
}

// oneByOne stores a first list the plain way.
func oneByOne(ctx context.Context, a *app.App, list community.List) error {
	var plan community.Plan
	if err := a.Store.View(ctx, func(_ context.Context, u *app.Unit) error {
		plan = community.Draw(nil, community.Compare(nil, list, nil), time.Unix(0, 0).UTC(), u.NewID)
		return nil
	}); err != nil {
		return err
	}
	for i := range plan.Insert {
		p := &plan.Insert[i]
		if err := a.Store.Update(ctx, func(ctx context.Context, u *app.Unit) error {
			u.Actor = access.Actor{Role: access.PlatformAdmin, Name: "reference"}
			if err := u.Places.InsertPlace(ctx, p); err != nil {
				return err
			}
			return u.Record(ctx, audit.Entry{Action: "place.add", Kind: "place", ID: string(p.ID), PlaceID: p.ID, After: *p})
		}); err != nil {
			return err
		}
	}
	return nil
}
