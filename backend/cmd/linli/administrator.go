package main

import (
	"context"
	"fmt"

	"linli/backend/app/accounts"
	"linli/backend/boot"
	"linli/backend/config"
	"linli/backend/logging"
)

type administratorCmd struct {
	config.Store
	PublicURL string `help:"How the link begins." env:"LINLI_PUBLIC_URL" default:"http://127.0.0.1:8080" placeholder:"URL"`
	Name      string `required:"" help:"Name of the person." placeholder:"NAME"`
	Site      string `help:"What the platform's operator is called." default:"邻里平台运营方" placeholder:"NAME"`
	JSON      bool   `help:"Print JSON."`
}

// Run invites the first administrator and prints the link, once.
func (c administratorCmd) Run(ctx context.Context) error {
	site := config.Site{PublicURL: c.PublicURL}
	if err := site.Check(); err != nil {
		return err
	}
	s, err := boot.Open(ctx, boot.Config{Store: c.Store, Site: site}, logging.Discard())
	if err != nil {
		return err
	}
	defer func() { _ = s.Close() }()
	link, err := s.Services.Accounts.InviteFirst(ctx, accounts.First{Name: c.Name, Site: c.Site})
	if err != nil {
		return err
	}
	if c.JSON {
		return printJSON(map[string]string{"link": link})
	}
	_, err = fmt.Printf("%s becomes administrator by opening this link within 7 days; it works once:\n%s\n", c.Name, link)
	return err
}
