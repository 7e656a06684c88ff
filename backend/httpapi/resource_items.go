package httpapi

import (
	"context"
	"net/http"
	"strings"
	"time"

	"linli/backend/app/resources"
	"linli/backend/domain/access"
	"linli/backend/domain/ident"
	"linli/backend/domain/money"
	"linli/backend/domain/resource"
	"linli/backend/domain/taxonomy"
)

// ItemBody is what an owner says about a venue or volunteer hours.
type ItemBody struct {
	Title       string           `json:"title" maxLength:"200"`
	TitleEN     string           `json:"titleEn,omitempty" maxLength:"200"`
	Description string           `json:"description,omitempty" maxLength:"2000"`
	Categories  []string         `json:"categories" maxItems:"10"`
	PlaceID     string           `json:"placeId" maxLength:"36"`
	Address     string           `json:"address,omitempty" maxLength:"200"`
	Lat         float64          `json:"lat,omitempty"`
	Lng         float64          `json:"lng,omitempty"`
	Week        []slotView       `json:"week" maxItems:"28"`
	Phone       string           `json:"phone,omitempty" maxLength:"200"`
	Persons     int              `json:"persons,omitempty" minimum:"0" doc:"Venue: how many it holds."`
	AreaSqm     int              `json:"areaSqm,omitempty" minimum:"0"`
	HourFen     int64            `json:"hourFen,omitempty" minimum:"0" maximum:"9007199254740991" doc:"Venue: rent an hour; 0 is free of charge."`
	Access      []accessFactView `json:"access,omitempty" maxItems:"20"`
	Booking     string           `json:"booking,omitempty" maxLength:"200"`
	Features    []string         `json:"features,omitempty" maxItems:"20"`
	Wanted      int              `json:"wanted,omitempty" minimum:"0" doc:"Volunteers: people a shift."`
	From        string           `json:"from,omitempty" maxLength:"10"`
	Until       string           `json:"until,omitempty" maxLength:"10"`
	Skills      []string         `json:"skills,omitempty" maxItems:"20"`
}

func toItemBody(f resource.ItemFacts) ItemBody {
	return ItemBody{
		Title: f.Title, TitleEN: f.TitleEN, Description: f.Description, Categories: texts(f.Categories), PlaceID: string(f.PlaceID), Address: f.Address,
		Lat: f.Lat, Lng: f.Lng, Week: toSlots(f.Week), Phone: f.Phone, Persons: f.Persons, AreaSqm: f.AreaSqm, HourFen: int64(f.HourFen),
		Access: toAccess(f.Access), Booking: f.Booking, Features: texts(f.Features), Wanted: f.Wanted, From: dayOf(f.From), Until: dayOf(f.Until), Skills: texts(f.Skills),
	}
}

func fromItemBody(v ItemBody) (resource.ItemFacts, error) {
	var d days
	f := resource.ItemFacts{
		Title: v.Title, TitleEN: v.TitleEN, Description: v.Description, Categories: idsOf[taxonomy.Code](v.Categories), PlaceID: ident.PlaceID(v.PlaceID),
		Address: v.Address, Lat: v.Lat, Lng: v.Lng, Week: fromSlots(v.Week), Phone: v.Phone, Persons: v.Persons, AreaSqm: v.AreaSqm,
		HourFen: money.Fen(v.HourFen), Access: fromAccess(v.Access), Booking: v.Booking, Features: v.Features, Wanted: v.Wanted,
		From: d.read("from", v.From), Until: d.read("until", v.Until), Skills: v.Skills,
	}
	if d.err != nil {
		return f, d.err
	}
	return f, cleanAll(f)
}

type itemView struct {
	ID        string               `json:"id"`
	Kind      string               `json:"kind" enum:"venue,volunteer"`
	PartyID   string               `json:"partyId"`
	PartyName string               `json:"partyName"`
	Place     string               `json:"place"`
	State     string               `json:"state" enum:"draft,offered,paused,withdrawn"`
	Facts     ItemBody             `json:"facts"`
	OpenNow   string               `json:"openNow,omitempty" enum:"open,closed"`
	Changes   *time.Time           `json:"changes,omitempty"`
	Checked   *checkedView         `json:"checked,omitempty"`
	UpdatedAt time.Time            `json:"updatedAt"`
	Actions   []resourceActionView `json:"actions"`
	Mine      bool                 `json:"mine"`
	MayCheck  bool                 `json:"mayCheck"`
	Version   int64                `json:"version"`
}

func toItem(t resources.Thing, now time.Time) itemView {
	v := itemView{
		ID: string(t.ID), Kind: string(t.Kind), PartyID: string(t.PartyID), PartyName: t.Owner.Name, Place: t.Place, State: t.State, Facts: toItemBody(t.Facts),
		Checked: toChecked(t.Checked, t.Checker), UpdatedAt: t.UpdatedAt, Actions: toResourceActions(t.Actions), Mine: t.Mine, MayCheck: t.MayCheck, Version: t.Version,
	}
	v.OpenNow, v.Changes = openNow(t.Facts.Week, now)
	return v
}

type itemsIn struct {
	PageQuery
	Kind     string `query:"kind" enum:",venue,volunteer"`
	Q        string `query:"q" maxLength:"60"`
	Category string `query:"category" maxLength:"60"`
	Within   string `query:"within" maxLength:"36"`
	Persons  int    `query:"persons" minimum:"0" doc:"A venue that holds at least this many."`
	Access   string `query:"access" maxLength:"100" doc:"Facts that must hold, separated by commas: step_free,toilet"`
	Mine     bool   `query:"mine" doc:"Only your own, drafts included."`
}

type itemsOut struct {
	Body struct {
		Items      []itemView `json:"items"`
		NextCursor string     `json:"nextCursor"`
	}
}

type itemOut struct {
	ETag string `header:"ETag"`
	Body itemView
}

type draftItemIn struct {
	WriteHeader
	Body struct {
		Kind  string   `json:"kind" enum:"venue,volunteer"`
		Facts ItemBody `json:"facts"`
	}
}

type rewriteItemIn struct {
	ID string `path:"id" maxLength:"36"`
	WriteHeader
	VersionHeader
	Body ItemBody
}

func (in itemsIn) filter(actor access.Actor) (resources.Filter, error) {
	if err := clean(in.Q, in.Cursor, in.Access); err != nil {
		return resources.Filter{}, err
	}
	q := resource.Query{Words: in.Q, ItemKind: resource.ItemKind(in.Kind), Persons: in.Persons, Before: in.Cursor, Limit: in.Limit}
	if in.Category != "" {
		if err := taxonomy.Check(taxonomy.Code(in.Category)); err != nil {
			return resources.Filter{}, err
		}
		q.Categories = taxonomy.Expand(taxonomy.Code(in.Category))
	}
	if in.Access != "" {
		q.Access = idsOf[resource.AccessCode](strings.Split(in.Access, ","))
	}
	if in.Mine && actor.PartyID != "" {
		q.PartyID, q.States = actor.PartyID, []string{resource.StateDraft, resource.StateOffered, resource.StatePaused, resource.StateWithdrawn}
	}
	return resources.Filter{Query: q, Within: ident.PlaceID(in.Within)}, nil
}

func itemPage(ctx context.Context, svc *resources.Service, id ident.ResourceID) (*itemOut, error) {
	t, err := svc.Thing(ctx, actorOf(ctx), id)
	if err != nil {
		return nil, err
	}
	return &itemOut{etag(t.Version), toItem(t, receivedAt(ctx))}, nil
}

func registerItems(s *Server, svc *resources.Service) {
	register(s, Op{
		Method: http.MethodGet, Path: "/resources", ID: "listResources", Permission: access.Public, Tag: "resources",
		Summary: "Venues and volunteer hours, newest first", Faults: []string{"record.not_found", "taxonomy.unknown"},
	}, func(ctx context.Context, in *itemsIn) (*itemsOut, error) {
		f, err := in.filter(actorOf(ctx))
		if err != nil {
			return nil, err
		}
		found, err := svc.Things(ctx, actorOf(ctx), f)
		if err != nil {
			return nil, err
		}
		out := &itemsOut{}
		out.Body.Items, out.Body.NextCursor = []itemView{}, found.Next
		for _, t := range found.Items {
			out.Body.Items = append(out.Body.Items, toItem(t, receivedAt(ctx)))
		}
		return out, nil
	})
	register(s, Op{
		Method: http.MethodGet, Path: "/resources/{id}", ID: "readResource", Permission: access.Public, Tag: "resources",
		Summary: "One venue or offer of hours", Faults: []string{"record.not_found"},
	}, func(ctx context.Context, in *idIn) (*itemOut, error) {
		return itemPage(ctx, svc, ident.ResourceID(in.ID))
	})
	registerItemWrites(s, svc)
}

func registerItemWrites(s *Server, svc *resources.Service) {
	register(s, Op{
		Method: http.MethodPost, Path: "/resources", ID: "draftResource", Permission: access.ResourceEdit, Tag: "resources", Status: http.StatusCreated,
		Summary: "Add a venue or volunteer hours, as a draft", Faults: []string{"resource.invalid", "resource.place_unknown", "table.not_a_date"},
	}, func(ctx context.Context, in *draftItemIn) (*itemOut, error) {
		f, err := fromItemBody(in.Body.Facts)
		if err != nil {
			return nil, err
		}
		i, err := svc.DraftItem(ctx, actorOf(ctx), in.IdempotencyKey, resource.ItemKind(in.Body.Kind), f)
		if err != nil {
			return nil, err
		}
		return itemPage(ctx, svc, i.ID)
	})
	register(s, Op{
		Method: http.MethodPost, Path: "/resources/{id}/rewrite", ID: "rewriteResource", Permission: access.ResourceEdit, Tag: "resources",
		Summary: "Replace what you say about it; it has to be checked again",
		Faults:  []string{"record.not_found", "record.stale", "resource.invalid", "resource.place_unknown", "resource.withdrawn", "table.not_a_date"},
	}, func(ctx context.Context, in *rewriteItemIn) (*itemOut, error) {
		version, err := in.Version()
		if err != nil {
			return nil, err
		}
		f, err := fromItemBody(in.Body)
		if err != nil {
			return nil, err
		}
		if _, err := svc.RewriteItem(ctx, actorOf(ctx), in.IdempotencyKey, ident.ResourceID(in.ID), version, f); err != nil {
			return nil, err
		}
		return itemPage(ctx, svc, ident.ResourceID(in.ID))
	})
	for _, verb := range resource.ItemMachine.Verbs() {
		register(s, Op{
			Method: http.MethodPost, Path: "/resources/{id}/" + verb, ID: verb + "Resource", Permission: access.ResourceEdit, Tag: "resources",
			Summary: verbSummary[verb], Faults: []string{"record.not_found", "record.stale", "resource.transition_refused", "resource.reason_required"},
		}, func(ctx context.Context, in *fireIn) (*itemOut, error) {
			version, err := in.Version()
			if err != nil {
				return nil, err
			}
			if err := clean(in.Body.Reason); err != nil {
				return nil, err
			}
			if _, err := svc.FireItem(ctx, actorOf(ctx), in.IdempotencyKey, ident.ResourceID(in.ID), version, verb, in.Body.Reason); err != nil {
				return nil, err
			}
			return itemPage(ctx, svc, ident.ResourceID(in.ID))
		})
	}
}
