package httpapi

import (
	"context"
	"net/http"
	"time"

	"linli/backend/app/procurement"
	"linli/backend/domain/access"
	"linli/backend/domain/ident"
	"linli/backend/domain/procedure"
	"linli/backend/domain/tender"
)

// OfficerKeyView is one's own enrolment.
type OfficerKeyView struct {
	Enrolled   bool       `json:"enrolled"`
	Recipient  string     `json:"recipient,omitempty"`
	EnrolledAt *time.Time `json:"enrolledAt,omitempty"`
	Version    int64      `json:"version,omitempty"`
}

type officerKeyOut struct {
	ETag string `header:"ETag"`
	Body OfficerKeyView
}

func toOfficerKey(k *tender.OfficerKey, err error) (*officerKeyOut, error) {
	if err != nil {
		return nil, err
	}
	if k == nil {
		return &officerKeyOut{}, nil
	}
	return &officerKeyOut{ETag: etag(k.Version), Body: OfficerKeyView{Enrolled: true, Recipient: k.Recipient, EnrolledAt: &k.EnrolledAt, Version: k.Version}}, nil
}

type enrolIn struct {
	WriteHeader
	Body struct {
		Recipient string `json:"recipient" maxLength:"100" doc:"The age public key."`
		Wrapped   string `json:"wrapped" maxLength:"4096" doc:"The private key under a passphrase, base64; the passphrase never leaves the device."`
	}
}

// OfficerChoiceView is someone who could be named as opening officer.
type OfficerChoiceView struct {
	PersonID string `json:"personId"`
	Name     string `json:"name"`
	Drafted  bool   `json:"drafted" doc:"Drafted the documents and therefore cannot open bids."`
}

type officersOut struct {
	Body struct {
		Items []OfficerChoiceView `json:"items"`
	}
}

func registerOfficers(s *Server, svc *procurement.Service) {
	register(s, Op{
		Method: http.MethodGet, Path: "/officer-key", ID: "readOfficerKey", Permission: access.OfficerEnrol, Tag: "opening", Summary: "One's own opening key",
	}, func(ctx context.Context, _ *struct{}) (*officerKeyOut, error) {
		return toOfficerKey(svc.OwnKey(ctx, actorOf(ctx)))
	})
	register(s, Op{
		Method: http.MethodPut, Path: "/officer-key", ID: "enrolOfficer", Permission: access.OfficerEnrol, Tag: "opening",
		Summary: "Store an opening key that was made in the browser", Faults: []string{"seal.officer_key", "officer.wrapped_invalid", "officer.key_in_use"},
	}, func(ctx context.Context, in *enrolIn) (*officerKeyOut, error) {
		return toOfficerKey(svc.EnrolOfficer(ctx, actorOf(ctx), in.IdempotencyKey, procurement.Enrol(in.Body)))
	})
	register(s, Op{
		Method: http.MethodGet, Path: "/tenders/{id}/officers", ID: "listOfficerChoices", Permission: access.TenderRead, Tag: "opening",
		Summary: "Enrolled people of the buyer and its agency whom a publication may name",
	}, func(ctx context.Context, in *TenderPath) (*officersOut, error) {
		all, err := svc.Officers(ctx, actorOf(ctx), ident.TenderID(in.ID))
		if err != nil {
			return nil, err
		}
		out := &officersOut{}
		out.Body.Items = []OfficerChoiceView{}
		for _, c := range all {
			out.Body.Items = append(out.Body.Items, OfficerChoiceView{PersonID: string(c.PersonID), Name: c.Name, Drafted: c.Drafted})
		}
		return out, nil
	})
}

// CeremonyPath is embedded in the input of everything about one ceremony.
type CeremonyPath struct {
	LotID    string `path:"lotId" maxLength:"36"`
	Ceremony string `path:"ceremony" maxLength:"20" example:"opening"`
}

// HallShareView is an officer's encrypted share of one key.
type HallShareView struct {
	Kind   string `json:"kind"`
	Index  int    `json:"index"`
	Sealed string `json:"sealed"`
}

// HallOfficerView is an officer of a ceremony; keys only once he reported, and only for officers.
type HallOfficerView struct {
	PersonID string          `json:"personId"`
	Name     string          `json:"name"`
	Present  bool            `json:"present"`
	Wrapped  string          `json:"wrapped,omitempty"`
	Shares   []HallShareView `json:"shares"`
}

// MinuteView is one envelope in the minutes.
type MinuteView struct {
	Supplier   string    `json:"supplier"`
	Kind       string    `json:"kind"`
	Hash       string    `json:"hash"`
	ReceivedAt time.Time `json:"receivedAt"`
	Result     string    `json:"result"`
}

// HallView is the page of a ceremony.
type HallView struct {
	TenderID  string            `json:"tenderId"`
	Code      string            `json:"code"`
	Title     string            `json:"title"`
	LotID     string            `json:"lotId"`
	LotNo     int               `json:"lotNo"`
	LotTitle  string            `json:"lotTitle"`
	LotStatus string            `json:"lotStatus"`
	Ceremony  string            `json:"ceremony"`
	Kinds     []string          `json:"kinds"`
	Threshold int               `json:"threshold"`
	Officers  []HallOfficerView `json:"officers"`
	Officer   bool              `json:"officer" doc:"The reader is one of the officers."`
	Due       bool              `json:"due"`
	DueCode   string            `json:"dueCode,omitempty"`
	DueParams map[string]string `json:"dueParams,omitempty"`
	OpenedAt  *time.Time        `json:"openedAt,omitempty"`
	Unlocked  []string          `json:"unlocked" doc:"Names of the officers whose shares were used."`
	Minutes   []MinuteView      `json:"minutes"`
}

type hallOut struct {
	Body HallView
}

func toHall(h *procurement.Hall) HallView {
	v := HallView{
		TenderID: string(h.Tender.ID), Code: h.Tender.Code, Title: h.Tender.Title, LotID: string(h.Lot.ID), LotNo: h.Lot.No, LotTitle: h.Lot.Title,
		LotStatus: h.Lot.Status, Ceremony: h.Ceremony.Code, Kinds: []string{}, Threshold: h.Threshold, Officers: []HallOfficerView{}, Officer: h.Officer,
		Due: h.Due, DueCode: h.Code, DueParams: h.Params, Unlocked: []string{}, Minutes: []MinuteView{},
	}
	for _, k := range h.Ceremony.Kinds {
		v.Kinds = append(v.Kinds, string(k))
	}
	for _, o := range h.Officers {
		x := HallOfficerView{PersonID: string(o.PersonID), Name: o.Name, Present: o.Present, Wrapped: o.Wrapped, Shares: []HallShareView{}}
		for _, sh := range o.Shares {
			x.Shares = append(x.Shares, HallShareView{Kind: string(sh.Kind), Index: sh.Index, Sealed: sh.Sealed})
		}
		v.Officers = append(v.Officers, x)
	}
	if h.Opening == nil {
		return v
	}
	v.OpenedAt = h.Opening.OpenedAt
	for _, id := range h.Opening.Unlocked {
		for _, o := range h.Officers {
			if o.PersonID == id {
				v.Unlocked = append(v.Unlocked, o.Name)
			}
		}
	}
	for _, l := range h.Opening.Envelopes {
		v.Minutes = append(v.Minutes, MinuteView{Supplier: l.Supplier, Kind: string(l.Kind), Hash: l.Hash, ReceivedAt: l.ReceivedAt, Result: l.Result})
	}
	return v
}

type attendIn struct {
	CeremonyPath
	WriteHeader
}

type unsealIn struct {
	CeremonyPath
	WriteHeader
	Body struct {
		Shares []ShareBody `json:"shares" minItems:"1" maxItems:"36"`
	}
}

// ShareBody is a share that an officer unlocked on his device; it is used once and never kept.
type ShareBody struct {
	Kind      string `json:"kind" enum:"qualification,technical,price,final"`
	OfficerID string `json:"officerId" maxLength:"36"`
	Value     string `json:"value" maxLength:"100"`
}

// CeremonyDoneView is the answer of a ceremony.
type CeremonyDoneView struct {
	Present  int        `json:"present"`
	OpenedAt *time.Time `json:"openedAt,omitempty"`
	Opened   int        `json:"opened"`
	Failed   int        `json:"failed"`
}

type ceremonyOut struct {
	Body CeremonyDoneView
}

func toCeremony(o *tender.Opening, err error) (*ceremonyOut, error) {
	if err != nil {
		return nil, err
	}
	out := &ceremonyOut{Body: CeremonyDoneView{Present: len(o.Present), OpenedAt: o.OpenedAt}}
	for _, l := range o.Envelopes {
		if l.Result == "opened" {
			out.Body.Opened++
		} else {
			out.Body.Failed++
		}
	}
	return out, nil
}

func registerCeremonies(s *Server, svc *procurement.Service) {
	register(s, Op{
		Method: http.MethodGet, Path: "/lots/{lotId}/ceremonies/{ceremony}", ID: "readCeremony", Permission: access.TenderRead, Tag: "opening",
		Summary: "The page of an opening ceremony: officers, who reported, and the minutes", Faults: []string{"tender.ceremony_unknown"},
	}, func(ctx context.Context, in *CeremonyPath) (*hallOut, error) {
		h, err := svc.Hall(ctx, actorOf(ctx), ident.LotID(in.LotID), in.Ceremony)
		if err != nil {
			return nil, err
		}
		return &hallOut{Body: toHall(h)}, nil
	})
	register(s, Op{
		Method: http.MethodPost, Path: "/lots/{lotId}/ceremonies/{ceremony}/attend", ID: "attendCeremony", Permission: access.TenderOpen, Tag: "opening",
		Summary: "Report to a ceremony as a named officer", Faults: []string{"opening.not_officer", "opening.not_due", "opening.held", "tender.close_too_early", "duty.incompatible"},
	}, func(ctx context.Context, in *attendIn) (*ceremonyOut, error) {
		return toCeremony(svc.Attend(ctx, actorOf(ctx), in.IdempotencyKey, ident.LotID(in.LotID), in.Ceremony))
	})
	register(s, Op{
		Method: http.MethodPost, Path: "/lots/{lotId}/ceremonies/{ceremony}/unseal", ID: "unsealCeremony", Permission: access.TenderOpen, Tag: "opening",
		Summary: "Hold a ceremony: the shares that enough present officers unlocked, in one request",
		Faults: []string{"opening.not_officer", "opening.not_due", "opening.held", "opening.absent", "committee.incomplete", "committee.composition", "tender.too_few_suppliers",
			"tender.close_too_early", "seal.share_unknown", "seal.share_forged", "seal.shares_missing", "seal.key_mismatch"},
	}, func(ctx context.Context, in *unsealIn) (*ceremonyOut, error) {
		x := procurement.Unlocked{Ceremony: in.Ceremony}
		for _, b := range in.Body.Shares {
			x.Shares = append(x.Shares, procurement.KeyedShare{Kind: procedure.EnvelopeKind(b.Kind), GivenShare: tender.GivenShare{OfficerID: ident.PersonID(b.OfficerID), Value: b.Value}})
		}
		return toCeremony(svc.Unseal(ctx, actorOf(ctx), in.IdempotencyKey, ident.LotID(in.LotID), x))
	})
}
