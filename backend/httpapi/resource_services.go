package httpapi

import (
	"context"
	"encoding/json"
	"net/http"
	"time"

	"linli/backend/app/resources"
	"linli/backend/domain/access"
	"linli/backend/domain/calendar"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/resource"
)

// cleanAll refuses control characters anywhere in some values.
func cleanAll(values ...any) error {
	for _, v := range values {
		text, err := json.Marshal(v)
		if err != nil {
			return fault.Internal("input does not marshal", err)
		}
		var parts any
		if err := json.Unmarshal(text, &parts); err != nil {
			return fault.Internal("input does not read", err)
		}
		if err := cleanParts(parts); err != nil {
			return err
		}
	}
	return nil
}

func cleanParts(v any) error {
	switch x := v.(type) {
	case string:
		return clean(x)
	case []any:
		for _, part := range x {
			if err := cleanParts(part); err != nil {
				return err
			}
		}
	case map[string]any:
		for _, part := range x {
			if err := cleanParts(part); err != nil {
				return err
			}
		}
	}
	return nil
}

// ServiceView is a service as lists show it.
type ServiceView struct {
	ID               string               `json:"id"`
	OrganizationID   string               `json:"organizationId"`
	OrganizationName string               `json:"organizationName"`
	OrganizationKind string               `json:"organizationKind"`
	State            string               `json:"state" enum:"draft,offered,paused,withdrawn"`
	Offer            OfferBody            `json:"offer"`
	Checked          *checkedView         `json:"checked,omitempty"`
	UpdatedAt        time.Time            `json:"updatedAt"`
	Actions          []resourceActionView `json:"actions"`
	Version          int64                `json:"version"`
}

// ServicePage is a service with where it is given.
type ServicePage struct {
	ServiceView
	Locations []locationView `json:"locations"`
	Phone     string         `json:"phone"`
	Website   string         `json:"website"`
	Listing   string         `json:"listing"`
	Mine      bool           `json:"mine"`
	MayCheck  bool           `json:"mayCheck"`
}

func toService(s resources.ServiceLine, owner resource.Named, places map[ident.PlaceID]string) ServiceView {
	return ServiceView{
		ID: string(s.ID), OrganizationID: string(s.OrganizationID), OrganizationName: owner.Name, OrganizationKind: owner.Kind, State: s.State,
		Offer: toOffer(s.Offer, places), Checked: toChecked(s.Checked, s.Checker), UpdatedAt: s.UpdatedAt, Actions: toResourceActions(s.Actions), Version: s.Version,
	}
}

func toServicePage(o resources.Offered, now time.Time) ServicePage {
	v := ServicePage{
		ServiceView: toService(o.ServiceLine, o.Owner, o.Places), Locations: []locationView{}, Phone: o.Profile.Phone, Website: o.Profile.Website,
		Listing: string(o.OwnerBad), Mine: o.Mine, MayCheck: o.MayCheck,
	}
	for _, l := range o.Locations {
		v.Locations = append(v.Locations, toLocation(l, o.Places, now))
	}
	return v
}

type servicesOut struct {
	Body struct {
		Items      []ServiceView `json:"items"`
		NextCursor string        `json:"nextCursor"`
	}
}

type serviceOut struct {
	ETag string `header:"ETag"`
	Body ServicePage
}

type draftServiceIn struct {
	ID string `path:"id" maxLength:"36" doc:"The organisation."`
	WriteHeader
	Body OfferBody
}

type rewriteServiceIn struct {
	ID string `path:"id" maxLength:"36"`
	WriteHeader
	VersionHeader
	Body OfferBody
}

type fireIn struct {
	ID string `path:"id" maxLength:"36"`
	WriteHeader
	VersionHeader
	Body struct {
		Reason string `json:"reason,omitempty" maxLength:"500" doc:"Public; asked for when something is paused or withdrawn."`
	}
}

var offerFaults = []string{"record.not_found", "record.stale", "resource.invalid", "resource.place_unknown", "resource.location_unknown", "resource.withdrawn", "table.not_a_date"}

func servicePageOf(ctx context.Context, svc *resources.Service, id ident.ServiceID) (*serviceOut, error) {
	o, err := svc.Service(ctx, actorOf(ctx), id)
	if err != nil {
		return nil, err
	}
	return &serviceOut{etag(o.Version), toServicePage(o, receivedAt(ctx))}, nil
}

func registerServices(s *Server, svc *resources.Service) {
	register(s, Op{
		Method: http.MethodGet, Path: "/services", ID: "listServices", Permission: access.Public, Tag: "resources",
		Summary: "What is offered, newest first", Faults: []string{"record.not_found", "taxonomy.unknown"},
	}, func(ctx context.Context, in *organizationsIn) (*servicesOut, error) {
		if err := in.check(); err != nil {
			return nil, err
		}
		found, err := svc.Services(ctx, actorOf(ctx), in.filter())
		if err != nil {
			return nil, err
		}
		out := &servicesOut{}
		out.Body.Items, out.Body.NextCursor = []ServiceView{}, found.Next
		for _, o := range found.Items {
			out.Body.Items = append(out.Body.Items, toService(o.ServiceLine, o.Owner, o.Places))
		}
		return out, nil
	})
	register(s, Op{
		Method: http.MethodGet, Path: "/services/{id}", ID: "readService", Permission: access.Public, Tag: "resources",
		Summary: "One service with where it is given", Faults: []string{"record.not_found"},
	}, func(ctx context.Context, in *idIn) (*serviceOut, error) {
		return servicePageOf(ctx, svc, ident.ServiceID(in.ID))
	})
	registerServiceWrites(s, svc)
}

func registerServiceWrites(s *Server, svc *resources.Service) {
	register(s, Op{
		Method: http.MethodPost, Path: "/organizations/{id}/services", ID: "draftService", Permission: access.ResourceEdit, Tag: "resources",
		Status: http.StatusCreated, Summary: "Add a service to your organisation, as a draft", Faults: offerFaults,
	}, func(ctx context.Context, in *draftServiceIn) (*serviceOut, error) {
		o, err := offerOf(ctx, in.Body)
		if err != nil {
			return nil, err
		}
		v, err := svc.DraftService(ctx, actorOf(ctx), in.IdempotencyKey, ident.OrganizationID(in.ID), o)
		if err != nil {
			return nil, err
		}
		return servicePageOf(ctx, svc, v.ID)
	})
	register(s, Op{
		Method: http.MethodPost, Path: "/services/{id}/rewrite", ID: "rewriteService", Permission: access.ResourceEdit, Tag: "resources",
		Summary: "Replace what you say about a service; it has to be checked again", Faults: offerFaults,
	}, func(ctx context.Context, in *rewriteServiceIn) (*serviceOut, error) {
		version, err := in.Version()
		if err != nil {
			return nil, err
		}
		o, err := offerOf(ctx, in.Body)
		if err != nil {
			return nil, err
		}
		if _, err := svc.RewriteService(ctx, actorOf(ctx), in.IdempotencyKey, ident.ServiceID(in.ID), version, o); err != nil {
			return nil, err
		}
		return servicePageOf(ctx, svc, ident.ServiceID(in.ID))
	})
	for _, verb := range resource.ServiceMachine.Verbs() {
		register(s, Op{
			Method: http.MethodPost, Path: "/services/{id}/" + verb, ID: verb + "Service", Permission: access.ResourceEdit, Tag: "resources",
			Summary: verbSummary[verb], Faults: []string{"record.not_found", "record.stale", "service.transition_refused", "service.reason_required"},
		}, func(ctx context.Context, in *fireIn) (*serviceOut, error) {
			version, err := in.Version()
			if err != nil {
				return nil, err
			}
			if err := clean(in.Body.Reason); err != nil {
				return nil, err
			}
			if _, err := svc.FireService(ctx, actorOf(ctx), in.IdempotencyKey, ident.ServiceID(in.ID), version, verb, in.Body.Reason); err != nil {
				return nil, err
			}
			return servicePageOf(ctx, svc, ident.ServiceID(in.ID))
		})
	}
}

var verbSummary = map[string]string{
	"offer":    "Put it on the list",
	"pause":    "Take it off the list for a while, with the reason",
	"withdraw": "Take it off for good; its page stays",
}

func offerOf(ctx context.Context, v OfferBody) (resource.Offer, error) {
	o, err := fromOffer(v, calendar.DateOf(receivedAt(ctx)))
	if err != nil {
		return o, err
	}
	return o, cleanAll(o)
}
