package stripegw

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"github.com/stripe/stripe-go/v76/webhook"

	"linli/backend/domain/fault"
	"linli/backend/domain/fund"
)

// maxAge bounds how far a delivery's stamp may lie from our clock, before and after: the
// library checks only the past and accepts a stamp a day ahead.
const maxAge = 5 * time.Minute

// Read verifies a delivery over a copy of its raw body and tells which object to look at.
func (g *Gateway) Read(body []byte, signature string) (fund.Message, error) {
	raw := bytes.Clone(body)
	if g.secret == "" { // an empty secret would verify against itself
		return fund.Message{}, refused("no webhook secret", nil)
	}
	if err := g.checkAge(signature); err != nil {
		return fund.Message{}, err
	}
	event, err := webhook.ConstructEventWithOptions(raw, signature, g.secret, webhook.ConstructEventOptions{
		IgnoreTolerance: true, IgnoreAPIVersionMismatch: true, // age is checked above; the object is fetched anew
	})
	if err != nil {
		return fund.Message{}, refused("signature does not fit the body", err)
	}
	if event.ID == "" || event.Data == nil {
		return fund.Message{}, refused("no event", nil)
	}
	m := fund.Message{ID: event.ID, Provider: providerID, Kind: string(event.Type), Payload: string(raw)}
	m.ObjectID, err = objectOf(event.Data.Raw)
	if err != nil {
		return fund.Message{}, refused("the event's object does not read", err)
	}
	return m, nil
}

// objectOf finds the session or payment an event is about; "" when it is about neither.
func objectOf(raw json.RawMessage) (string, error) {
	var o struct {
		ID            string          `json:"id"`
		Object        string          `json:"object"`
		PaymentIntent json.RawMessage `json:"payment_intent"`
	}
	if err := json.Unmarshal(raw, &o); err != nil {
		return "", err
	}
	switch o.Object {
	case "checkout.session", "payment_intent":
		return o.ID, nil
	case "charge", "refund", "dispute":
		var id string
		if len(o.PaymentIntent) == 0 || string(o.PaymentIntent) == "null" {
			return "", nil
		}
		if err := json.Unmarshal(o.PaymentIntent, &id); err == nil {
			return id, nil
		}
		var expanded struct {
			ID string `json:"id"`
		}
		err := json.Unmarshal(o.PaymentIntent, &expanded)
		return expanded.ID, err
	default:
		return "", nil
	}
}

// checkAge reads the stamp the signature covers and compares it with our clock on both sides.
func (g *Gateway) checkAge(signature string) error {
	for _, part := range strings.Split(signature, ",") {
		text, ok := strings.CutPrefix(strings.TrimSpace(part), "t=")
		if !ok {
			continue
		}
		seconds, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			return refused("the stamp does not read", err)
		}
		if age := g.now().Sub(time.Unix(seconds, 0)); age > maxAge || age < -maxAge {
			return refused("the stamp is "+age.String()+" away", nil)
		}
		return nil
	}
	return refused("no stamp", nil)
}

func refused(why string, cause error) error {
	return fault.Wrap(fault.KindMalformed, "card.signature_invalid", why, cause)
}
