// Package mail hands messages to people: by SMTP, or, where none is set up, to the log. A
// queue of bounded length in memory keeps requests from waiting for a mail server; what
// must not be lost (notices) is a job that asks again.
package mail

import (
	"context"
	"log/slog"
	"sync"
	"time"

	gomail "github.com/wneessen/go-mail"

	"linli/backend/domain/fault"
	"linli/backend/domain/notice"
	"linli/backend/domain/party"
)

const (
	queueLength = 256              // messages waiting; more means the server is down
	sendTimeout = 20 * time.Second // one message, connection included
)

// Sender sends one message now.
type Sender interface {
	Send(ctx context.Context, m notice.Message) error
}

// Settings say where a mail server is.
type Settings struct {
	Host, User, Password string
	Port                 int
	From                 string // "邻里 <no-reply@example.cn>"
	Encrypt              bool   // refuse a server without TLS
}

// SMTP sends through a mail server. Short messages have no provider in this version: they
// are refused as courier.no_channel, which the start-up log announces.
type SMTP struct{ settings Settings }

// NewSMTP checks the settings without connecting. Fault courier.settings.
func NewSMTP(s Settings) (*SMTP, error) {
	if err := gomail.NewMsg().From(s.From); err != nil {
		return nil, fault.Invalid("courier.settings", "sender address does not parse")
	}
	return &SMTP{s}, nil
}

// Send connects, hands over one message and disconnects. Faults courier.no_channel,
// courier.failed; neither holds the text.
func (c *SMTP) Send(ctx context.Context, m notice.Message) error {
	if m.Channel != "mail" {
		return fault.New(fault.KindUnavailable, "courier.no_channel", "no provider for "+m.Channel)
	}
	msg := gomail.NewMsg()
	if msg.From(c.settings.From) != nil || msg.To(m.To) != nil {
		return fault.Invalid("courier.address", "an address does not parse")
	}
	msg.Subject(m.Subject)
	msg.SetBodyString(gomail.TypeTextPlain, m.Text)
	client, err := gomail.NewClient(c.settings.Host, c.options()...)
	if err != nil {
		return fault.Wrap(fault.KindUnavailable, "courier.failed", "mail client", err)
	}
	ctx, cancel := context.WithTimeout(ctx, sendTimeout)
	defer cancel()
	if err := client.DialAndSendWithContext(ctx, msg); err != nil {
		return fault.Wrap(fault.KindUnavailable, "courier.failed", "mail server did not take a message", err)
	}
	return nil
}

func (c *SMTP) options() []gomail.Option {
	out := []gomail.Option{gomail.WithPort(c.settings.Port), gomail.WithTimeout(sendTimeout), gomail.WithTLSPolicy(gomail.TLSOpportunistic)}
	if c.settings.Encrypt {
		out = append(out, gomail.WithTLSPolicy(gomail.TLSMandatory))
	}
	if c.settings.User != "" {
		out = append(out, gomail.WithSMTPAuth(gomail.SMTPAuthPlain), gomail.WithUsername(c.settings.User), gomail.WithPassword(c.settings.Password))
	}
	return out
}

// Log writes instead of sending. Only a demonstration shows codes and invitations, so that
// they can be tried; notices stand in the app anyway.
type Log struct {
	Log    *slog.Logger
	Reveal bool
}

// Send logs that a message would have gone out.
func (l Log) Send(_ context.Context, m notice.Message) error {
	to := party.MaskPhone(m.To)
	if m.Channel == "mail" {
		to = party.MaskEmail(m.To)
	}
	if l.Reveal && (m.Kind == "code" || m.Kind == "invitation") {
		l.Log.Info("message", "channel", m.Channel, "to", to, "subject", m.Subject, "text", m.Text)
		return nil
	}
	l.Log.Debug("message not sent: no mail server is set up", "kind", m.Kind, "channel", m.Channel, "to", to)
	return nil
}

// Queue sends in the background, one message at a time.
type Queue struct {
	sender Sender
	log    *slog.Logger
	wait   chan notice.Message
	done   sync.WaitGroup
}

// NewQueue starts sending; Close stops it after what waits has been tried.
func NewQueue(s Sender, log *slog.Logger) *Queue {
	q := &Queue{sender: s, log: log, wait: make(chan notice.Message, queueLength)}
	q.done.Go(q.run)
	return q
}

// Deliver accepts a message. Fault courier.full.
func (q *Queue) Deliver(_ context.Context, m notice.Message) error {
	select {
	case q.wait <- m:
		return nil
	default:
		return fault.New(fault.KindUnavailable, "courier.full", "too many messages wait")
	}
}

// Send sends one message now, past the queue.
func (q *Queue) Send(ctx context.Context, m notice.Message) error { return q.sender.Send(ctx, m) }

// Close waits for what was accepted.
func (q *Queue) Close() {
	close(q.wait)
	q.done.Wait()
}

func (q *Queue) run() {
	for m := range q.wait {
		if err := q.sender.Send(context.Background(), m); err != nil {
			q.log.Error("message not sent", "channel", m.Channel, "error", err.Error())
		}
	}
}
