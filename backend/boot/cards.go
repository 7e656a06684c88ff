package boot

import (
	"log/slog"

	"linli/backend/app/funds"
	"linli/backend/config"
	"linli/backend/sqlstore"
	"linli/backend/stripegw"
)

// connectCards gives the funds a card provider when one is configured, and says so when not.
// A key without its webhook secret stops the start: an unsigned message could book money.
func connectCards(svc *funds.Service, db *sqlstore.DB, c config.Cards, log *slog.Logger) error {
	gateway, err := stripegw.New(stripegw.Config{
		Key: string(c.StripeKey), WebhookSecret: string(c.StripeWebhookSecret), URL: c.StripeURL, Now: db.Clock().System,
	})
	if err != nil {
		return err
	}
	if gateway == nil {
		log.Info("card donations are off: no provider is configured")
		return nil
	}
	svc.UseCards(gateway)
	return nil
}
