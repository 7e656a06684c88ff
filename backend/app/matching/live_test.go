package matching_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"

	"linli/backend/app"
	"linli/backend/app/matching"
	"linli/backend/app/resources"
	"linli/backend/domain/access"
	"linli/backend/domain/event"
	"linli/backend/domain/ident"
	domain "linli/backend/domain/matching"
	"linli/backend/domain/need"
	"linli/backend/domain/resource"
	"linli/backend/testkit"
)

// stream changes needs, organisations and capacities the way people do.
type stream struct {
	*town
	r        *rand.Rand
	needs    []ident.NeedID
	services []live
}

type live struct {
	id    ident.ServiceID
	owner ident.OrganizationID
	admin access.Actor
	setup setup
}

const (
	changesPerPause = 8
	pauses          = 4
	readers         = 3
)

// A stream of changes with readers beside it: after every pause the index that followed gives
// the same bytes as one built from the database, which is what a restart does.
func TestBoard_UnderAStreamOfChangesEqualsARestart(t *testing.T) {
	t.Parallel()
	testkit.Both(t, func(t *testing.T, k *testkit.Kit) {
		w := newTown(t, k)
		s := &stream{town: w, r: rand.New(rand.NewPCG(9, 9)), needs: []ident.NeedID{w.need}}
		for range 6 {
			s.arrive()
		}
		ctx, stop := context.WithCancel(context.Background())
		var group sync.WaitGroup
		for range readers {
			group.Go(func() { s.readUntil(ctx) })
		}
		for range pauses {
			for range changesPerPause {
				s.change()
			}
			s.compare()
		}
		stop()
		group.Wait()
	})
}

func (s *stream) readUntil(ctx context.Context) {
	for i := 0; ctx.Err() == nil; i++ {
		if _, err := s.svc.Suppliers(context.Background(), s.maker, domain.SubjectNeed, string(s.town.need), 1+i%10); err != nil {
			s.T.Error(err)
			return
		}
	}
}

// change does one thing; what it does depends on the seed alone.
func (s *stream) change() {
	switch s.r.IntN(5) {
	case 0:
		s.arrive()
	case 1:
		s.setNeed(s.addNeed("children.after_school", need.StageAdopted), need.RouteGov)
	case 2: // a need leaves, or comes back
		route := []need.Route{need.RouteSelf, need.RouteGov}[s.r.IntN(2)]
		s.setNeed(s.needs[s.r.IntN(len(s.needs))], route)
	case 3:
		s.pauseOrOffer(s.services[s.r.IntN(len(s.services))])
	default:
		s.revise(s.services[s.r.IntN(len(s.services))])
	}
}

func (s *stream) arrive() {
	set := setup{name: fmt.Sprintf("机构%02d", len(s.services)), free: s.r.IntN(11), grade: s.r.IntN(6), low: int64(6+s.r.IntN(8)) * 1_000_000, lat: 30.60 + float64(s.r.IntN(100))/1000}
	o, admin, id := s.supplier(set)
	s.services = append(s.services, live{id, o.ID, admin, set})
}

// setNeed routes a need, to suppliers or to the neighbours themselves, and says so in the outbox
// as its use cases do.
func (s *stream) setNeed(id ident.NeedID, route need.Route) {
	s.needs = append(s.needs, id)
	s.Update(func(ctx context.Context, u *app.Unit) error {
		n, err := u.Needs.Need(ctx, id)
		if err != nil {
			return err
		}
		n.Route = route
		if err := u.Needs.SaveNeed(ctx, n); err != nil {
			return err
		}
		return u.Emit(ctx, event.Event{Kind: "need.classified", ObjectKind: "need", ObjectID: string(id), NeedID: id})
	})
}

func (s *stream) pauseOrOffer(l live) {
	v := s.service(l)
	action, reason := "pause", "人手不足"
	if v.State != resource.StateOffered {
		action, reason = "offer", ""
	}
	if _, err := s.Services.Resources.FireService(context.Background(), l.admin, s.Key(), l.id, v.Version, action, reason); err != nil {
		s.T.Fatal(err)
	}
}

// revise changes the capacity and the price.
func (s *stream) revise(l live) {
	v := s.service(l)
	o := v.Offer
	o.Capacities[0].Free = s.r.IntN(o.Capacities[0].Total + 1)
	o.HighFen = o.LowFen + fen(int64(s.r.IntN(5))*100_000)
	if _, err := s.Services.Resources.RewriteService(context.Background(), l.admin, s.Key(), l.id, v.Version, o); err != nil {
		s.T.Fatal(err)
	}
}

func (s *stream) service(l live) resources.Offered {
	v, err := s.Services.Resources.Service(context.Background(), l.admin, l.id)
	if err != nil {
		s.T.Fatal(err)
	}
	return v
}

// compare asks the live index and a fresh one everything there is to ask.
func (s *stream) compare() {
	s.T.Helper()
	ctx, fresh := context.Background(), matching.New(s.App)
	asked := map[ident.NeedID]bool{}
	for _, id := range s.needs {
		if asked[id] {
			continue
		}
		asked[id] = true
		a, err := s.svc.Suppliers(ctx, s.maker, domain.SubjectNeed, string(id), 20)
		b, err2 := fresh.Suppliers(ctx, s.maker, domain.SubjectNeed, string(id), 20)
		if err != nil || err2 != nil {
			s.T.Fatal(err, err2)
		}
		s.same(a.Lines, b.Lines)
		if a.Considered != b.Considered {
			s.T.Fatalf("live considers %d, restarted %d", a.Considered, b.Considered)
		}
	}
	for _, l := range s.services {
		a, err := s.svc.Opportunities(ctx, l.admin, domain.SubjectNeed, 20)
		b, err2 := fresh.Opportunities(ctx, l.admin, domain.SubjectNeed, 20)
		if err != nil || err2 != nil {
			s.T.Fatal(err, err2)
		}
		s.same(a.Lines, b.Lines)
		if a.Open != b.Open {
			s.T.Fatalf("live holds %d needs, restarted %d", a.Open, b.Open)
		}
	}
}

func (s *stream) same(live, restarted any) {
	s.T.Helper()
	a, err := domain.Canonical(live)
	b, err2 := domain.Canonical(restarted)
	if err != nil || err2 != nil || a != b {
		s.T.Fatalf("the live index differs from a restarted one:\n%s\n%s", a, b)
	}
}
