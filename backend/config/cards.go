package config

// Cards says how card donations are taken. The rulebook decides whether they are allowed.
type Cards struct {
	StripeKey           Secret `help:"Secret key of Stripe; empty: no card donations." env:"LINLI_STRIPE_KEY"`
	StripeWebhookSecret Secret `help:"Secret that signs Stripe's messages to /api/v1/webhooks/stripe; required with a key." env:"LINLI_STRIPE_WEBHOOK_SECRET"`
	StripeURL           string `help:"Another address of Stripe's API, such as a mock; empty for Stripe itself." env:"LINLI_STRIPE_URL" placeholder:"URL"`
}

// Check finds what tags cannot: with a key but without the secret that signs the provider's
// messages, anybody could say that a donation was paid.
func (c Cards) Check() error {
	if c.StripeKey != "" && c.StripeWebhookSecret == "" {
		return invalid("LINLI_STRIPE_WEBHOOK_SECRET", "is required with LINLI_STRIPE_KEY")
	}
	return nil
}
