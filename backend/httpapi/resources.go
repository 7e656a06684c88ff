package httpapi

import (
	"context"
	"net/http"
	"strings"
	"time"

	"linli/backend/app/resources"
	"linli/backend/domain/access"
	"linli/backend/domain/ident"
	"linli/backend/domain/resource"
	"linli/backend/domain/taxonomy"
)

type organizationLineView struct {
	ID         string       `json:"id"`
	Name       string       `json:"name"`
	NameEN     string       `json:"nameEn"`
	Kind       string       `json:"kind" example:"SSO"`
	USCC       string       `json:"uscc"`
	Place      string       `json:"place"`
	Summary    string       `json:"summary"`
	Grade      int          `json:"grade"`
	Listing    string       `json:"listing" enum:",abnormal,dishonest"`
	Charity    bool         `json:"charity"`
	Hub        bool         `json:"hub"`
	Social     bool         `json:"social" doc:"Certified social enterprise."`
	Services   int          `json:"services" doc:"How many it offers."`
	Categories []string     `json:"categories"`
	Checked    *checkedView `json:"checked,omitempty"`
}

type organizationsIn struct {
	PageQuery
	Q        string `query:"q" maxLength:"60" doc:"Words of the name, the summary or a service."`
	Kind     string `query:"kind" maxLength:"60" doc:"Kinds, separated by commas: SSO,SE"`
	Category string `query:"category" maxLength:"60"`
	Serves   string `query:"serves" maxLength:"36" doc:"A place that must be served."`
	Within   string `query:"within" maxLength:"36" doc:"A place it must be registered in."`
	Grade    int    `query:"grade" minimum:"0" maximum:"5" doc:"At least this assessment grade."`
	Free     string `query:"free" maxLength:"6" doc:"A quarter in which something is free, 2026Q2; * for any."`
	MaxFen   int64  `query:"maxFen" minimum:"0" maximum:"9007199254740991" doc:"Its lowest price is at most this."`
	Charity  bool   `query:"charity"`
	Hub      bool   `query:"hub"`
	Social   bool   `query:"social"`
	Checked  bool   `query:"checked" doc:"Only records that somebody checked."`
	Party    string `query:"party" maxLength:"36" doc:"Only this body, if it is listed."`
}

func (in organizationsIn) filter() resources.Filter {
	q := resource.Query{
		Words: in.Q, Categories: taxonomy.Expand(taxonomy.Code(in.Category)), MinGrade: in.Grade, FreeIn: in.Free, MaxFen: in.MaxFen,
		Charity: in.Charity, Hub: in.Hub, Social: in.Social, CheckedIn: in.Checked, PartyID: ident.PartyID(in.Party),
		Before: in.Cursor, Limit: in.Limit,
	}
	if in.Kind != "" {
		q.Kinds = strings.Split(in.Kind, ",")
	}
	return resources.Filter{Query: q, ServesPlace: ident.PlaceID(in.Serves), Within: ident.PlaceID(in.Within)}
}

func (in organizationsIn) check() error {
	if in.Category != "" {
		if err := taxonomy.Check(taxonomy.Code(in.Category)); err != nil {
			return err
		}
	}
	return clean(in.Q, in.Cursor, in.Free)
}

type organizationsOut struct {
	Body struct {
		Items      []organizationLineView `json:"items"`
		NextCursor string                 `json:"nextCursor"`
	}
}

func toOrganizationLine(l resources.Line) organizationLineView {
	o := l.Organization
	return organizationLineView{
		ID: string(o.ID), Name: l.Named.Name, NameEN: l.Named.NameEN, Kind: l.Named.Kind, USCC: l.Named.USCC, Place: l.Place, Summary: o.Profile.Summary,
		Grade: o.Register.Grade, Listing: string(o.Register.Listing), Charity: o.Register.Charity, Hub: o.Profile.Hub, Social: o.Register.SEGrade != "",
		Services: l.Services, Categories: texts(l.Categories), Checked: toChecked(o.Checked, ""),
	}
}

type categoryView struct {
	Code      string   `json:"code"`
	Parent    string   `json:"parent"`
	ZH        string   `json:"zh"`
	EN        string   `json:"en"`
	Kind      string   `json:"kind" enum:"service,hazard"`
	Emergency bool     `json:"emergency"`
	Sensitive bool     `json:"sensitive"`
	Call      []string `json:"call"`
}

type categoriesIn struct {
	Q string `query:"q" maxLength:"200" doc:"Words; the likely categories come back, best first."`
}

type categoriesOut struct {
	Body struct {
		Version string         `json:"version"`
		Items   []categoryView `json:"items"`
	}
}

func toCategories(all []taxonomy.Category) []categoryView {
	out := []categoryView{}
	for _, c := range all {
		out = append(out, categoryView{string(c.Code), string(c.Parent), c.ZH, c.EN, string(c.Kind), c.Emergency, c.Sensitive, texts(c.Call)})
	}
	return out
}

func registerResources(s *Server, svc *resources.Service) {
	register(s, Op{
		Method: http.MethodGet, Path: "/categories", ID: "listCategories", Permission: access.Public, Tag: "resources",
		Summary: "The categories that needs, services and projects share",
	}, func(_ context.Context, in *categoriesIn) (*categoriesOut, error) {
		if err := clean(in.Q); err != nil {
			return nil, err
		}
		out := &categoriesOut{}
		out.Body.Version = taxonomy.Version
		if in.Q != "" {
			out.Body.Items = toCategories(taxonomy.Search(in.Q))
		} else {
			out.Body.Items = toCategories(taxonomy.All())
		}
		return out, nil
	})
	register(s, Op{
		Method: http.MethodGet, Path: "/organizations", ID: "listOrganizations", Permission: access.Public, Tag: "resources",
		Summary: "The directory of organisations, newest first", Faults: []string{"record.not_found", "taxonomy.unknown"},
	}, func(ctx context.Context, in *organizationsIn) (*organizationsOut, error) {
		if err := in.check(); err != nil {
			return nil, err
		}
		page, err := svc.Directory(ctx, in.filter())
		if err != nil {
			return nil, err
		}
		out := &organizationsOut{}
		out.Body.Items, out.Body.NextCursor = []organizationLineView{}, page.Next
		for _, l := range page.Items {
			out.Body.Items = append(out.Body.Items, toOrganizationLine(l))
		}
		return out, nil
	})
	registerOrganizations(s, svc)
	registerServices(s, svc)
	registerItems(s, svc)
	registerChecks(s, svc)
}

type organizationView struct {
	ID        string               `json:"id"`
	Name      string               `json:"name"`
	NameEN    string               `json:"nameEn"`
	Kind      string               `json:"kind"`
	USCC      string               `json:"uscc"`
	PlaceID   string               `json:"placeId"`
	Place     string               `json:"place"`
	Register  organizationRegister `json:"register"`
	GradeNow  int                  `json:"gradeNow" doc:"The grade in force today; an expired one counts as none."`
	SocialNow bool                 `json:"socialNow"`
	Profile   organizationProfile  `json:"profile"`
	Services  []ServiceView        `json:"services"`
	Items     []itemView           `json:"items"`
	Checked   *checkedView         `json:"checked,omitempty"`
	Mistakes  []mistakeView        `json:"mistakes" doc:"Open reports, for the owner."`
	Mine      bool                 `json:"mine"`
	MayCheck  bool                 `json:"mayCheck"`
	Version   int64                `json:"version"`
}

type organizationOut struct {
	ETag string `header:"ETag"`
	Body organizationView
}

type describeIn struct {
	ID string `path:"id" maxLength:"36"`
	WriteHeader
	VersionHeader
	Body organizationProfile
}

type enlistIn struct {
	WriteHeader
	Body organizationProfile
}

type certifyIn struct {
	ID string `path:"id" maxLength:"36"`
	WriteHeader
	VersionHeader
	Body struct {
		Register organizationRegister `json:"register"`
		Source   string               `json:"source" minLength:"2" maxLength:"200" doc:"Where the facts come from."`
	}
}

func organizationSheet(ctx context.Context, svc *resources.Service, id string) (*organizationOut, error) {
	x, err := svc.Sheet(ctx, actorOf(ctx), ident.OrganizationID(id))
	if err != nil {
		return nil, err
	}
	return &organizationOut{etag(x.Organization.Version), toOrganization(x, receivedAt(ctx))}, nil
}

func registerOrganizations(s *Server, svc *resources.Service) {
	register(s, Op{
		Method: http.MethodGet, Path: "/organizations/{id}", ID: "readOrganization", Permission: access.Public, Tag: "resources",
		Summary: "One organisation with what it offers", Faults: []string{"record.not_found"},
	}, func(ctx context.Context, in *idIn) (*organizationOut, error) {
		return organizationSheet(ctx, svc, in.ID)
	})
	registerOrganizationWrites(s, svc)
}

func registerOrganizationWrites(s *Server, svc *resources.Service) {
	register(s, Op{
		Method: http.MethodPost, Path: "/organizations", ID: "enlistOrganization", Permission: access.ResourceEdit, Tag: "resources",
		Status: http.StatusCreated, Summary: "Put your own body into the list",
		Faults: []string{"resource.kind_unlisted", "record.duplicate", "resource.invalid", "resource.place_unknown", "table.not_a_date"},
	}, func(ctx context.Context, in *enlistIn) (*organizationOut, error) {
		p, err := fromProfile(in.Body)
		if err != nil {
			return nil, err
		}
		if err := cleanAll(p); err != nil {
			return nil, err
		}
		o, err := svc.Enlist(ctx, actorOf(ctx), in.IdempotencyKey, p)
		if err != nil {
			return nil, err
		}
		return organizationSheet(ctx, svc, string(o.ID))
	})
	register(s, Op{
		Method: http.MethodPost, Path: "/organizations/{id}/describe", ID: "describeOrganization", Permission: access.ResourceEdit, Tag: "resources",
		Summary: "Replace what your organisation says of itself",
		Faults:  []string{"record.not_found", "record.stale", "resource.invalid", "resource.place_unknown", "table.not_a_date"},
	}, func(ctx context.Context, in *describeIn) (*organizationOut, error) {
		version, err := in.Version()
		if err != nil {
			return nil, err
		}
		p, err := fromProfile(in.Body)
		if err != nil {
			return nil, err
		}
		if err := cleanAll(p); err != nil {
			return nil, err
		}
		if _, err := svc.Describe(ctx, actorOf(ctx), in.IdempotencyKey, ident.OrganizationID(in.ID), version, p); err != nil {
			return nil, err
		}
		return organizationSheet(ctx, svc, in.ID)
	})
	registerCertify(s, svc)
}

func registerCertify(s *Server, svc *resources.Service) {
	register(s, Op{
		Method: http.MethodPost, Path: "/organizations/{id}/certify", ID: "certifyOrganization", Permission: access.ResourceRegister, Tag: "resources",
		Summary: "Replace the facts that registers hold about an organisation",
		Faults:  []string{"record.not_found", "record.stale", "resource.invalid", "table.not_a_date"},
	}, func(ctx context.Context, in *certifyIn) (*organizationOut, error) {
		version, err := in.Version()
		if err != nil {
			return nil, err
		}
		r, err := fromRegister(in.Body.Register)
		if err != nil {
			return nil, err
		}
		if err := cleanAll(r, in.Body.Source); err != nil {
			return nil, err
		}
		if _, err := svc.Certify(ctx, actorOf(ctx), in.IdempotencyKey, ident.OrganizationID(in.ID), version, r, in.Body.Source); err != nil {
			return nil, err
		}
		return organizationSheet(ctx, svc, in.ID)
	})
}

func toOrganization(x resources.Sheet, now time.Time) organizationView {
	o := x.Organization
	v := organizationView{
		ID: string(o.ID), Name: x.Named.Name, NameEN: x.Named.NameEN, Kind: x.Named.Kind, USCC: x.Named.USCC, PlaceID: string(x.Named.PlaceID),
		Place: x.Places[x.Named.PlaceID], Register: toRegister(o.Register, x.Mine), GradeNow: o.Register.GradeOn(x.Today),
		SocialNow: o.Register.SocialEnterpriseOn(x.Today), Profile: toProfile(o.Profile, x.Places, now, x.Mine), Services: []ServiceView{},
		Items: []itemView{}, Checked: toChecked(o.Checked, x.Checker), Mistakes: toMistakes(x.Mistakes), Mine: x.Mine, MayCheck: x.MayCheck, Version: o.Version,
	}
	for _, s := range x.Services {
		v.Services = append(v.Services, toService(s, x.Named, x.Places))
	}
	for _, i := range x.Items {
		v.Items = append(v.Items, toItem(resources.Thing{Item: i, Owner: x.Named, Place: x.Places[i.Facts.PlaceID], Mine: x.Mine, MayCheck: x.MayCheck}, now))
	}
	return v
}
