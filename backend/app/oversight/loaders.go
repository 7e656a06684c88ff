package oversight

import (
	"context"
	"strings"

	"linli/backend/app"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
)

// loader reloads an audited object exactly as its use cases hand it to the record.
type loader func(ctx context.Context, u *app.Unit, id string) (any, error)

// loaders knows every kind that stands in the audit record, one line per kind. verify reports
// a kind that is missing here: a state nobody can reload proves nothing.
var loaders = map[string]loader{
	"place": func(ctx context.Context, u *app.Unit, id string) (any, error) {
		return u.Places.Place(ctx, ident.PlaceID(id))
	},
	"rehoming": func(ctx context.Context, u *app.Unit, id string) (any, error) { return u.Places.Rehoming(ctx, id) },
	"place_import": func(ctx context.Context, u *app.Unit, id string) (any, error) {
		return u.Places.Import(ctx, id)
	},
	"place_fact": placeFact,

	"party": func(ctx context.Context, u *app.Unit, id string) (any, error) {
		return u.People.Party(ctx, ident.PartyID(id))
	},
	"membership": func(ctx context.Context, u *app.Unit, id string) (any, error) {
		return u.People.Membership(ctx, ident.MembershipID(id))
	},
	"session": func(ctx context.Context, u *app.Unit, id string) (any, error) {
		return u.People.Session(ctx, ident.SessionID(id))
	},
	"person":     person,
	"invitation": invitation,
	"file": func(ctx context.Context, u *app.Unit, id string) (any, error) {
		return u.Files.File(ctx, ident.FileID(id))
	},

	"organization": func(ctx context.Context, u *app.Unit, id string) (any, error) {
		return u.Resources.Organization(ctx, ident.OrganizationID(id))
	},
	"service": func(ctx context.Context, u *app.Unit, id string) (any, error) {
		return u.Resources.Service(ctx, ident.ServiceID(id))
	},
	"resource": func(ctx context.Context, u *app.Unit, id string) (any, error) {
		return u.Resources.Item(ctx, ident.ResourceID(id))
	},
	"mistake": func(ctx context.Context, u *app.Unit, id string) (any, error) {
		return u.Resources.Mistake(ctx, id)
	},
	"matching": func(ctx context.Context, u *app.Unit, id string) (any, error) {
		return u.Matchings.Matching(ctx, ident.MatchingID(id))
	},
	"weights": func(ctx context.Context, u *app.Unit, id string) (any, error) {
		return u.Matchings.Weights(ctx, ident.WeightsID(id))
	},

	"need": func(ctx context.Context, u *app.Unit, id string) (any, error) {
		return u.Needs.Need(ctx, ident.NeedID(id))
	},
	"voice": func(ctx context.Context, u *app.Unit, id string) (any, error) {
		return u.Needs.Voice(ctx, ident.VoiceID(id))
	},
	"assist": func(ctx context.Context, u *app.Unit, id string) (any, error) {
		return u.Needs.Assist(ctx, id)
	},

	"project": func(ctx context.Context, u *app.Unit, id string) (any, error) {
		return u.Projects.Project(ctx, ident.ProjectID(id))
	},
	"budget_line": func(ctx context.Context, u *app.Unit, id string) (any, error) {
		return u.Projects.Line(ctx, ident.BudgetLineID(id))
	},

	"tender": func(ctx context.Context, u *app.Unit, id string) (any, error) {
		return u.Tenders.Tender(ctx, ident.TenderID(id))
	},
	"announcement": func(ctx context.Context, u *app.Unit, id string) (any, error) {
		return u.Tenders.Announcement(ctx, ident.NoticeID(id))
	},
	"award": func(ctx context.Context, u *app.Unit, id string) (any, error) {
		return u.Tenders.Award(ctx, ident.AwardID(id))
	},
	"officer_key": func(ctx context.Context, u *app.Unit, id string) (any, error) {
		return u.Tenders.OfficerKey(ctx, ident.PersonID(id))
	},
	"bid": func(ctx context.Context, u *app.Unit, id string) (any, error) {
		return u.Bids.Bid(ctx, ident.BidID(id))
	},
	"committee": func(ctx context.Context, u *app.Unit, id string) (any, error) {
		return u.Evaluations.Committee(ctx, ident.TenderID(id))
	},
	"evaluation": func(ctx context.Context, u *app.Unit, id string) (any, error) {
		return u.Evaluations.Evaluation(ctx, ident.LotID(id))
	},
	"challenge": func(ctx context.Context, u *app.Unit, id string) (any, error) {
		return u.Challenges.Challenge(ctx, ident.ChallengeID(id))
	},
	"lot_key": lotKey, "opening": opening, "bid_refusal": detail("bid_refusal"), "scoresheet": detail("scoresheet"),

	"contract": func(ctx context.Context, u *app.Unit, id string) (any, error) {
		return u.Contracts.Contract(ctx, ident.ContractID(id))
	},
	"milestone": func(ctx context.Context, u *app.Unit, id string) (any, error) {
		return u.Contracts.Milestone(ctx, ident.MilestoneID(id))
	},
	"acceptance": func(ctx context.Context, u *app.Unit, id string) (any, error) {
		return u.Contracts.Acceptance(ctx, ident.AcceptanceID(id))
	},
	"supplement": func(ctx context.Context, u *app.Unit, id string) (any, error) {
		return u.Contracts.Supplement(ctx, ident.SupplementID(id))
	},
	"opinion": detail("opinion"), "invoice": detail("invoice"), "approval": detail("approval"),

	"payment": func(ctx context.Context, u *app.Unit, id string) (any, error) {
		return u.Payments.Payment(ctx, ident.PaymentID(id))
	},
	"statement_line": func(ctx context.Context, u *app.Unit, id string) (any, error) {
		return u.Payments.Line(ctx, id)
	},
	"journal": func(ctx context.Context, u *app.Unit, id string) (any, error) {
		return u.Ledger.Journal(ctx, ident.JournalID(id))
	},

	"fund": func(ctx context.Context, u *app.Unit, id string) (any, error) {
		return u.Funds.Fund(ctx, ident.FundID(id))
	},
	"pledge": func(ctx context.Context, u *app.Unit, id string) (any, error) {
		return u.Funds.Pledge(ctx, ident.PledgeID(id))
	},
	"donation": func(ctx context.Context, u *app.Unit, id string) (any, error) {
		return u.Funds.Donation(ctx, ident.DonationID(id))
	},
	"grant": func(ctx context.Context, u *app.Unit, id string) (any, error) {
		return u.Funds.Grant(ctx, ident.GrantID(id))
	},
}

// ends marks kinds whose rows are cleaned away in time: their absence is no break.
var ends = map[string]bool{"session": true}

// moments marks kinds whose records tell a figure of that moment, not a state that stays.
var moments = map[string]bool{"need_count": true}

// detail loads what the store gives by identity to verify alone.
func detail(kind string) loader {
	return func(ctx context.Context, u *app.Unit, id string) (any, error) { return u.Audits.Detail(ctx, kind, id) }
}

// opening finds the minutes of a ceremony by "lot/ceremony", lotKey a key by "lot/envelope".
func opening(ctx context.Context, u *app.Unit, id string) (any, error) {
	lot, ceremony, _ := strings.Cut(id, "/")
	return u.Tenders.Opening(ctx, ident.LotID(lot), ceremony)
}

func lotKey(ctx context.Context, u *app.Unit, id string) (any, error) {
	lot, kind, _ := strings.Cut(id, "/")
	all, err := u.Tenders.LotKeys(ctx, ident.LotID(lot))
	if err != nil {
		return nil, err
	}
	for _, k := range all {
		if string(k.Kind) == kind {
			return k, nil
		}
	}
	return nil, fault.NotFound("record.not_found", "no key "+id)
}

// person and invitation stand in the record without personal data: salted references only.
func person(ctx context.Context, u *app.Unit, id string) (any, error) {
	p, err := u.People.Person(ctx, ident.PersonID(id))
	if err != nil {
		return nil, err
	}
	return p.State(), nil
}

func invitation(ctx context.Context, u *app.Unit, id string) (any, error) {
	i, err := u.People.Invitation(ctx, ident.InvitationID(id))
	if err != nil {
		return nil, err
	}
	return i.State(), nil
}

// placeFact finds a counted fact by "place/kind/day".
func placeFact(ctx context.Context, u *app.Unit, id string) (any, error) {
	place, rest, _ := strings.Cut(id, "/")
	kind, day, _ := strings.Cut(rest, "/")
	all, err := u.Places.Facts(ctx, ident.PlaceID(place))
	if err != nil {
		return nil, err
	}
	for _, f := range all {
		if string(f.Kind) == kind && f.AsOf == day {
			return f, nil
		}
	}
	return nil, fault.NotFound("record.not_found", "no fact "+id)
}
