package notice

import "context"

// Message is one mail or short message. It may carry a code or a link that lets its reader
// in, so it is never logged or stored by who sends it (a demonstration shows it on purpose).
type Message struct {
	Kind    string // "code", "invitation", "notice" or "digest"
	Channel string // "mail" or "sms"
	To      string // address or phone number
	Subject string // mail only
	Text    string
}

// Courier hands messages to mail and short-message services. Deliver accepts a message and
// may send it later; it must be called outside transactions. Fault courier.full when too
// many wait.
type Courier interface {
	Deliver(ctx context.Context, m Message) error
}
