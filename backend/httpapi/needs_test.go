package httpapi_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"linli/backend/app"
	"linli/backend/app/needs"
	"linli/backend/domain/access"
	"linli/backend/domain/community"
	"linli/backend/domain/ident"
	"linli/backend/domain/need"
	"linli/backend/domain/party"
	"linli/backend/testkit"
)

// neighbourhood is a community with its committee, council and residents.
type neighbourhood struct {
	*testkit.Kit
	t                        *testing.T
	residents                *party.Party
	author, worker, council  access.Actor
	elsewhere, buyer, expert access.Actor
}

func newNeighbourhood(t *testing.T, k *testkit.Kit) *neighbourhood {
	home, other := k.World.Community.ID, k.World.Neighbour.ID
	rc := k.Party(party.KindRC, "和美社区居委会", home)
	n := &neighbourhood{Kit: k, t: t, residents: k.Party(party.KindRes, "和美社区居民", home)}
	n.author, n.worker, n.council = k.As(access.Resident, n.residents), k.As(access.CommunityWorker, rc), k.As(access.Council, rc)
	n.elsewhere = k.As(access.CommunityWorker, k.Party(party.KindRC, "东虹社区居委会", other))
	n.buyer = k.As(access.BuyerMaker, k.Buyer())
	n.expert = k.As(access.Expert, k.Party(party.KindPool, "专家库", k.World.City.ID))
	n.households(20)
	return n
}

func (n *neighbourhood) households(count int64) {
	n.Update(func(ctx context.Context, u *app.Unit) error {
		return u.Places.PutFact(ctx, community.Fact{PlaceID: n.World.Community.ID, Kind: community.Households, AsOf: "2026-01-31", Value: count, Source: "社区台账"})
	})
}

type needBody struct {
	ID, Code, Stage, Outcome, Reason, Title, MergedInto, Words, FullWords, Public, ReplyBy, NeedCode, URL string
	Status                                                                                                any // a word of a voice, a number of a problem
	Version                                                                                               int64
	Fields                                                                                                []struct{ Path string }
	Params                                                                                                map[string]string
	Counts                                                                                                struct{ Households, Voices, Followers int }
	Voice                                                                                                 *needBody
	Voices                                                                                                []needBody
	Photos                                                                                                []needBody
	Items                                                                                                 []needBody
	NextCursor                                                                                            string
	Supported, Followed, Counted, Full                                                                    bool
	Count, Score                                                                                          int
	Actions                                                                                               []struct {
		Action, Code string
		Permitted    bool
	}
	Steps []struct{ Action, Reason, Office, About string }
	Mine  struct{ Supported bool }
	Vote  *struct{ Passed bool }
}

// send is one request; version 0 sends no If-Match.
func (n *neighbourhood) send(as access.Actor, method, path string, version int64, body string) (int, needBody) {
	n.t.Helper()
	headers := []string{"Idempotency-Key", n.Key()}
	if version > 0 {
		headers = append(headers, "If-Match", fmt.Sprintf("%q", fmt.Sprint(version)))
	}
	res, text := n.Call(as, method, "/api/v1"+path, body, headers...)
	return res.StatusCode, read[needBody](n.t, text)
}

func (n *neighbourhood) must(as access.Actor, path string, version int64, body string) needBody {
	n.t.Helper()
	if version > 0 {
		status, text := change{as, http.MethodPost, path, body, version}.prove(n.t, n.Kit)
		if status >= 300 {
			n.t.Fatalf("POST %s: %d %s", path, status, text)
		}
		return read[needBody](n.t, text)
	}
	status, out := n.send(as, http.MethodPost, path, version, body)
	if status >= 300 {
		n.t.Fatalf("POST %s: %d %s %v %v", path, status, out.Code, out.Params, out.Fields)
	}
	return out
}

func (n *neighbourhood) get(as access.Actor, path string) needBody {
	n.t.Helper()
	status, out := n.send(as, http.MethodGet, path, 0, "")
	if status != http.StatusOK {
		n.t.Fatalf("GET %s: %d %s", path, status, out.Code)
	}
	return out
}

func (n *neighbourhood) refused(as access.Actor, path string, version int64, body string, status int, code string) {
	n.t.Helper()
	got, out := n.send(as, http.MethodPost, path, version, body)
	if got != status || out.Code != code {
		n.t.Errorf("POST %s as %s: %d %s %v, want %d %s", path, as.Role, got, out.Code, out.Fields, status, code)
	}
}

func voiceBody(place ident.PlaceID, words, public, more string) string {
	text, _ := json.Marshal(map[string]string{"placeId": string(place), "category": "elderly.visit", "words": words, "public": public})
	if more == "" {
		return string(text)
	}
	return strings.TrimSuffix(string(text), "}") + "," + more + "}"
}

const plainWords = "我妈妈一个人住，想有人每周看看她"

func (n *neighbourhood) voice(as access.Actor, more string) needBody {
	n.t.Helper()
	out := n.must(as, "/voices", 0, voiceBody(n.World.Community.ID, plainWords, plainWords, more))
	return *out.Voice
}

func (n *neighbourhood) need(voices ...needBody) needBody {
	n.t.Helper()
	var list []string
	for _, v := range voices {
		list = append(list, fmt.Sprintf(`{"id":%q,"version":%d}`, v.ID, v.Version))
	}
	return n.must(n.worker, "/needs", 0, `{"voices":[`+strings.Join(list, ",")+`],"category":"elderly.visit","title":"独居老人想有人每周上门看看","summary":"三位邻居提出，希望每周有人上门"}`)
}

func screening(route need.Route, hit string) string {
	var answers []string
	for _, e := range need.Exclusions(route) {
		answers = append(answers, fmt.Sprintf(`{"code":%q,"applies":%v}`, e.Code, e.Code == hit))
	}
	return `{"answers":[` + strings.Join(answers, ",") + `]}`
}

// adopt moves an open need with enough support to adopted.
func (n *neighbourhood) adopt(x needBody, route need.Route) needBody {
	n.t.Helper()
	at := "/needs/" + x.ID + "/"
	x = n.must(n.worker, at+"put_on_agenda", x.Version, `{}`)
	x = n.must(n.worker, at+"classify", x.Version, fmt.Sprintf(`{"route":%q,"reason":"适合邻居自己办"}`, route))
	x = n.must(n.worker, at+"screen", x.Version, screening(route, ""))
	x = n.must(n.council, at+"deliberate", x.Version, `{"heldOn":"2026-03-02","members":21,"present":14,"yes":8,"no":6}`)
	x = n.must(n.worker, at+"publicise", x.Version, `{"days":5}`)
	n.Advance(8 * 24 * time.Hour)
	return n.must(n.worker, at+"adopt", x.Version, `{}`)
}

// TestNeeds_FromAVoiceToAConfirmedNeed walks the whole path without a project, on both
// databases, and asks after each station what must not be possible.
func TestNeeds_FromAVoiceToAConfirmedNeed(t *testing.T) {
	t.Parallel()
	testkit.Both(t, func(t *testing.T, k *testkit.Kit) {
		n := newNeighbourhood(t, k)
		v := n.voice(n.author, `"building":"3栋","unit":"2单元501","affected":2`)
		if !strings.HasPrefix(v.Code, "SQ-2026-") || v.Status != "submitted" || v.ReplyBy != "2026-03-05" {
			t.Fatalf("receipt %+v", v)
		}
		second := n.voice(n.As(access.Resident, n.residents), `"building":"4栋","unit":"101"`)
		x := n.need(v, second)
		if x.Stage != "open" || !strings.HasPrefix(x.Code, "XQ-2026-") {
			t.Fatalf("%+v", x)
		}
		seen := n.get(access.Actor{}, "/needs/"+x.Code)
		if seen.Counts.Households != 2 || seen.Counts.Voices != 2 || len(seen.Voices) != 2 || seen.Voices[0].Words != plainWords {
			t.Fatalf("%+v", seen)
		}
		x = n.adopt(x, need.RouteSelf)
		at := "/needs/" + x.ID + "/"
		n.refused(n.author, at+"confirm", x.Version, `{}`, 409, "need.transition_refused")
		x = n.must(n.worker, at+"start_delivery", x.Version, `{}`)
		x = n.must(n.worker, at+"deliver", x.Version, `{}`)
		n.refused(n.worker, at+"close", x.Version, `{"outcome":"met","reason":"都好了"}`, 409, "need.confirmation_pending")
		stranger := n.As(access.Resident, n.residents)
		n.refused(stranger, at+"confirm", x.Version, `{}`, 403, "need.not_asker")
		x = n.must(n.author, at+"confirm", x.Version, `{}`)
		x = n.must(n.worker, at+"close", x.Version, `{"outcome":"met","reason":"每周两次，邻居满意"}`)
		if x.Stage != "closed" || x.Outcome != "met" {
			t.Fatalf("%+v", x)
		}
		n.refused(stranger, at+"reopen", x.Version, `{"reason":"又没人来了"}`, 403, "need.not_asker")
		x = n.must(n.author, at+"reopen", x.Version, `{"reason":"又没人来了，打13800138000"}`)
		if x.Stage != "reopened" || x.Outcome != "none" || x.Reason != "又没人来了，打138****8000" {
			t.Fatalf("%+v", x)
		}
		d := n.get(access.Actor{}, "/needs/"+x.ID)
		if len(d.Steps) != 12 || d.Steps[0].Action != "open" || d.Steps[0].Office != "和美社区居委会" || d.Vote == nil || !d.Vote.Passed {
			t.Fatalf("%d steps %+v", len(d.Steps), d.Steps)
		}
	})
}

func TestVoices_AreMaskedAndSeenByTheRightPeople(t *testing.T) {
	t.Parallel()
	testkit.Both(t, func(t *testing.T, k *testkit.Kit) {
		n := newNeighbourhood(t, k)
		words := "我是" + n.author.Name + "，电话13800138000，楼道灯坏了"
		p := n.must(n.author, "/voices/preview", 0, voiceBodyPreview(n.World.Community.ID, words))
		if strings.Contains(p.Public, "13800138000") || strings.Contains(p.Public, n.author.Name) {
			t.Fatalf("preview %s", p.Public)
		}
		n.refused(n.author, "/voices", 0, voiceBody(n.World.Community.ID, words, words, ""), 409, "voice.preview_changed")
		_, photoFile := upload(k, n.author, "lamp.jpg", "image/jpeg", photo(t))
		v := *n.must(n.author, "/voices", 0, voiceBody(n.World.Community.ID, words, p.Public, `"photos":["`+photoFile.ID+`"]`)).Voice
		for _, who := range []access.Actor{{}, k.Resident(), n.elsewhere, n.buyer} {
			if status, _ := n.send(who, http.MethodGet, "/voices/"+v.Code, 0, ""); status != http.StatusNotFound {
				t.Errorf("%s finds a voice that waits: %d", who.Role, status)
			}
			if res, _ := k.Call(who, http.MethodGet, photoFile.URL, ""); res.StatusCode != http.StatusNotFound {
				t.Errorf("%s sees its photo: %d", who.Role, res.StatusCode)
			}
		}
		for _, who := range []access.Actor{n.author, n.worker} {
			got := n.get(who, "/voices/"+v.Code)
			if !got.Full || got.FullWords != words || len(got.Photos) != 1 {
				t.Errorf("%s reads %+v", who.Role, got)
			}
			if res, _ := k.Call(who, http.MethodGet, photoFile.URL, ""); res.StatusCode != http.StatusOK {
				t.Errorf("%s does not see the photo: %d", who.Role, res.StatusCode)
			}
		}
		x := n.need(v)
		got := n.get(access.Actor{}, "/voices/"+v.Code)
		if got.Full || got.FullWords != "" || got.Words != p.Public || got.NeedCode != x.Code || len(got.Photos) != 1 {
			t.Errorf("the public reads %+v", got)
		}
		if res, _ := k.Call(access.Actor{}, http.MethodGet, photoFile.URL, ""); res.StatusCode != http.StatusOK {
			t.Errorf("the public does not see the photo: %d", res.StatusCode)
		}
		mine := n.get(n.author, "/voices/"+v.ID)
		n.must(n.author, "/voices/"+v.ID+"/withdraw", mine.Version, `{}`)
		got = n.get(access.Actor{}, "/voices/"+v.Code)
		if got.Words != "" || got.Status != "withdrawn" || got.NeedCode != x.Code || len(got.Photos) != 0 {
			t.Errorf("after withdrawal the public reads %+v", got)
		}
		if d := n.get(access.Actor{}, "/needs/"+x.Code); d.Counts.Voices != 0 || len(d.Voices) != 1 || d.Voices[0].Words != "" {
			t.Errorf("the need shows %+v", d.Voices)
		}
	})
}

func voiceBodyPreview(place ident.PlaceID, words string) string {
	text, _ := json.Marshal(map[string]string{"placeId": string(place), "words": words})
	return string(text)
}

func TestVoices_PrivateWordsStayPrivate(t *testing.T) {
	t.Parallel()
	n := newNeighbourhood(t, testkit.New(t))
	v := n.voice(n.author, `"private":true`)
	x := n.need(v)
	got := n.get(access.Actor{}, "/needs/"+x.Code)
	if len(got.Voices) != 1 || got.Voices[0].Words != "" {
		t.Fatalf("%+v", got.Voices)
	}
	if full := n.get(n.worker, "/voices/"+v.Code); full.FullWords != plainWords {
		t.Fatalf("%+v", full)
	}
}

func TestVoices_ReturnedAndSubmittedAgain(t *testing.T) {
	t.Parallel()
	n := newNeighbourhood(t, testkit.New(t))
	v := n.voice(n.author, "")
	at := "/voices/" + v.ID + "/"
	n.refused(n.worker, at+"return", v.Version, `{}`, 422, "voice.reason_required")
	n.refused(n.elsewhere, at+"return", v.Version, `{"reason":"请写明楼栋"}`, 404, "record.not_found")
	n.refused(n.author, at+"return", v.Version, `{"reason":"请写明楼栋"}`, 403, "access.forbidden")
	returned := n.must(n.worker, at+"return", v.Version, `{"reason":"请写明楼栋"}`)
	n.refused(n.worker, at+"return", v.Version, `{"reason":"请写明楼栋"}`, 412, "record.stale")
	n.refused(n.worker, at+"resubmit", returned.Version, `{"words":"三栋二单元的老人","public":"三栋二单元的老人"}`, 403, "voice.not_author")
	again := n.must(n.author, at+"resubmit", returned.Version, `{"words":"三栋二单元的老人","public":"三栋二单元的老人"}`)
	if again.Status != "submitted" {
		t.Fatalf("%+v", again)
	}
	passed := n.must(n.worker, at+"pass_on", again.Version, `{"reason":"市政职责，已转区城管"}`)
	back := n.must(n.worker, at+"take_back", passed.Version, `{"reason":"区里退回"}`)
	x := n.need(back)
	if x.Stage != "open" {
		t.Fatalf("%+v", x)
	}
	now := n.get(n.worker, "/voices/"+v.ID)
	out := n.must(n.worker, at+"detach", now.Version, `{"reason":"不是一回事"}`)
	if out.Status != "submitted" || out.NeedCode != "" {
		t.Fatalf("%+v", out)
	}
}

// TestNeeds_OneHouseholdCountsOnce: a hundred people of one home press the button at the
// same time, and so does one person a hundred times.
func TestNeeds_OneHouseholdCountsOnce(t *testing.T) {
	t.Parallel()
	testkit.Both(t, func(t *testing.T, k *testkit.Kit) {
		n := newNeighbourhood(t, k)
		x := n.need(n.voice(n.author, ""))
		people := make([]access.Actor, 20)
		for i := range people {
			people[i] = k.As(access.Resident, n.residents)
		}
		var wg sync.WaitGroup
		for i := range 100 {
			wg.Go(func() {
				unit := `{"building":"3栋","unit":"2单元501"}`
				if i%10 == 9 {
					unit = `{"building":"３号楼","unit":"2-501"}`
				}
				res, body := k.Call(people[i%len(people)], http.MethodPost, "/api/v1/needs/"+x.ID+"/support", unit, "Idempotency-Key", k.Key())
				if res.StatusCode != http.StatusOK {
					t.Errorf("%d %s", res.StatusCode, body)
				}
			})
		}
		wg.Wait()
		d := n.get(people[0], "/needs/"+x.ID)
		if d.Counts.Households != 1 || d.Counts.Followers != 21 || !d.Mine.Supported {
			t.Fatalf("%+v %+v", d.Counts, d.Mine)
		}
		k.View(func(ctx context.Context, u *app.Unit) error {
			watchers, err := u.Needs.Watchers(ctx, ident.NeedID(x.ID), 100)
			if len(watchers) != 21 {
				t.Errorf("%d are told", len(watchers))
			}
			return err
		})
		for _, who := range people {
			n.must(who, "/needs/"+x.ID+"/unsupport", 0, "")
		}
		if d := n.get(people[0], "/needs/"+x.ID); d.Counts.Households != 0 || d.Mine.Supported {
			t.Fatalf("after taking back: %+v %+v", d.Counts, d.Mine)
		}
	})
}

func TestNeeds_DifferentHouseholdsAtOnceAreAllCounted(t *testing.T) {
	t.Parallel()
	testkit.Both(t, func(t *testing.T, k *testkit.Kit) {
		n := newNeighbourhood(t, k)
		x := n.need(n.voice(n.author, ""))
		var wg sync.WaitGroup
		for i := range 24 {
			who := k.As(access.Resident, n.residents)
			wg.Go(func() {
				body := fmt.Sprintf(`{"building":"%d栋","unit":"101"}`, i+1)
				if res, text := k.Call(who, http.MethodPost, "/api/v1/needs/"+x.ID+"/support", body, "Idempotency-Key", k.Key()); res.StatusCode != http.StatusOK {
					t.Errorf("%d %s", res.StatusCode, text)
				}
			})
		}
		wg.Wait()
		if d := n.get(access.Actor{}, "/needs/"+x.ID); d.Counts.Households != 24 {
			t.Fatalf("%+v", d.Counts)
		}
	})
}

func TestNeeds_MergingKeepsVoicesAndCountsHouseholdsOnce(t *testing.T) {
	t.Parallel()
	testkit.Both(t, func(t *testing.T, k *testkit.Kit) {
		n := newNeighbourhood(t, k)
		neighbour := k.As(access.Resident, n.residents)
		a := n.need(n.voice(n.author, `"building":"3栋","unit":"501"`))
		b := n.need(n.voice(neighbour, `"building":"3栋","unit":"501"`))
		n.must(n.author, "/needs/"+b.ID+"/support", 0, `{"building":"4栋","unit":"101"}`)
		merge := fmt.Sprintf(`{"intoId":%q,"reason":"说的是同一位老人"}`, a.ID)
		n.refused(n.author, "/needs/"+b.ID+"/merge", b.Version, merge, 403, "access.forbidden")
		b = n.must(n.worker, "/needs/"+b.ID+"/merge", b.Version, merge)
		if b.Stage != "closed" || b.Outcome != "duplicate" {
			t.Fatalf("%+v", b)
		}
		d := n.get(neighbour, "/needs/"+a.Code)
		if d.Counts.Households != 2 || d.Counts.Voices != 2 || len(d.Voices) != 2 || !d.Mine.Supported {
			t.Fatalf("%+v %+v", d.Counts, d.Mine)
		}
		old := n.get(access.Actor{}, "/needs/"+b.Code)
		if old.MergedInto != a.Code || len(old.Voices) != 1 {
			t.Fatalf("the merged page: %+v", old)
		}
		got := n.must(k.As(access.Resident, n.residents), "/needs/"+b.ID+"/support", 0, `{"building":"9栋","unit":"9"}`)
		if d := n.get(access.Actor{}, "/needs/"+a.Code); d.Counts.Households != 3 || !got.Counted {
			t.Fatalf("support of a merged need: %+v", d.Counts)
		}
		n.must(n.worker, "/needs/"+b.ID+"/reopen", b.Version, `{"reason":"其实是两件事"}`)
		if d := n.get(access.Actor{}, "/needs/"+a.Code); d.Counts.Households != 2 || d.Counts.Voices != 1 {
			t.Fatalf("after taking the merge back: %+v", d.Counts)
		}
	})
}

func TestNeeds_SimilarOnesAreFoundBeforePosting(t *testing.T) {
	t.Parallel()
	n := newNeighbourhood(t, testkit.New(t))
	x := n.need(n.voice(n.author, ""))
	body := func(words string) string {
		return fmt.Sprintf(`{"placeId":%q,"category":"elderly.meals","words":%q}`, n.World.Community.ID, words)
	}
	got := n.must(access.Actor{}, "/needs/similar", 0, body("希望每周有人上门看看独居老人"))
	if len(got.Items) != 1 || got.Items[0].ID != x.ID || got.Items[0].Score < 20 {
		t.Fatalf("%+v", got.Items)
	}
	if got = n.must(access.Actor{}, "/needs/similar", 0, body("食堂中午太早关门")); len(got.Items) != 0 {
		t.Fatalf("%+v", got.Items)
	}
}

func TestNeeds_ListMapAndCounts(t *testing.T) {
	t.Parallel()
	testkit.Both(t, func(t *testing.T, k *testkit.Kit) {
		n := newNeighbourhood(t, k)
		var all []needBody
		for range 3 {
			all = append(all, n.need(n.voice(n.author, `"point":{"lat":30.63,"lng":104.12}`)))
			k.Advance(time.Minute)
		}
		page := n.get(access.Actor{}, "/needs?limit=2&placeId="+string(n.World.City.ID))
		if len(page.Items) != 2 || page.Items[0].ID != all[2].ID || page.NextCursor == "" {
			t.Fatalf("%+v", page)
		}
		rest := n.get(access.Actor{}, "/needs?limit=2&placeId="+string(n.World.City.ID)+"&cursor="+page.NextCursor)
		if len(rest.Items) != 1 || rest.Items[0].ID != all[0].ID || rest.NextCursor != "" {
			t.Fatalf("%+v", rest)
		}
		for path, want := range map[string]int{
			"/needs?q=独居老人": 3, "/needs?q=路灯": 0, "/needs?category=elderly": 3, "/needs?category=safety": 0, "/needs?stage=open,closed": 3,
			"/needs?outcome=met": 0, "/needs?active=true": 3, "/needs?sort=near&lat=30.63&lng=104.12": 3, "/needs?sort=near&lat=10&lng=10": 0,
			"/needs?placeId=" + string(n.World.Neighbour.ID): 0, "/needs?placeId=" + string(n.World.Community.ID): 3, "/needs?sort=supported": 3, "/needs?sort=waiting": 3,
		} {
			if got := n.get(access.Actor{}, path); len(got.Items) != want {
				t.Errorf("%s: %d", path, len(got.Items))
			}
		}
		if got := n.get(n.author, "/needs?mine=asked"); len(got.Items) != 3 {
			t.Errorf("mine: %d", len(got.Items))
		}
		if got := n.get(k.Resident(), "/needs?mine=followed"); len(got.Items) != 0 {
			t.Errorf("followed: %d", len(got.Items))
		}
		const mapped = "/needs/map?south=30&north=31&west=104&east=105&zoom=10"
		if clusters := n.get(access.Actor{}, mapped); len(clusters.Items) != 0 {
			t.Errorf("three visits to the old stand on the map: %+v", clusters.Items)
		}
		for i := range 3 {
			v := n.voice(n.author, fmt.Sprintf(`"point":{"lat":30.63%d,"lng":104.12}`, i))
			n.must(n.worker, "/needs", 0, fmt.Sprintf(`{"voices":[{"id":%q,"version":1}],"category":"elderly.meals","title":"中午想吃热饭","summary":"食堂太远"}`, v.ID))
		}
		if clusters := n.get(access.Actor{}, mapped); len(clusters.Items) != 1 || clusters.Items[0].Count != 3 {
			t.Errorf("map %+v", clusters.Items)
		}
		if singles := n.get(access.Actor{}, strings.Replace(mapped, "zoom=10", "zoom=19", 1)); len(singles.Items) != 3 || singles.Items[0].Title != "中午想吃热饭" {
			t.Errorf("map, near %+v", singles.Items)
		}
		_, body := k.Call(access.Actor{}, http.MethodGet, "/api/v1/needs/counts", "")
		if !strings.Contains(body, `"open":6`) || !strings.Contains(body, `"elderly.visit":3`) {
			t.Errorf("counts %s", body)
		}
		for path, code := range map[string]string{
			"/needs?stage=somewhere": "need.query_invalid", "/needs?outcome=fine": "need.query_invalid", "/needs?cursor=%21": "need.cursor_invalid",
			"/needs?category=nothing": "taxonomy.unknown", "/needs?mine=asked": "access.sign_in_required", "/needs?limit=101": "request.invalid",
			"/needs?placeId=nowhere": "record.not_found", "/needs/XQ-2026-999999": "record.not_found", "/voices/SQ-1": "record.not_found",
		} {
			if status, got := n.send(access.Actor{}, http.MethodGet, path, 0, ""); status < 400 || got.Code != code {
				t.Errorf("%s: %d %s", path, status, got.Code)
			}
		}
	})
}

func TestNeeds_SensitiveOnesAreNotPinnedOnTheMap(t *testing.T) {
	t.Parallel()
	n := newNeighbourhood(t, testkit.New(t))
	v := *n.must(n.author, "/voices", 0, fmt.Sprintf(`{"placeId":%q,"category":"health.mental","words":%q,"public":%q,"point":{"lat":30.6,"lng":104.1}}`,
		n.World.Community.ID, plainWords, plainWords)).Voice
	x := n.must(n.worker, "/needs", 0, fmt.Sprintf(`{"voices":[{"id":%q,"version":1}],"category":"health.mental","title":"想找人说说话","summary":"心里难受"}`, v.ID))
	if got := n.get(access.Actor{}, "/needs/map?south=30&north=31&west=104&east=105&zoom=14"); len(got.Items) != 0 {
		t.Fatalf("one sensitive need is on the map: %+v", got.Items)
	}
	n.View(func(ctx context.Context, u *app.Unit) error {
		stored, err := u.Needs.Need(ctx, ident.NeedID(x.ID))
		if err == nil && stored.Point.LatE6 != 30_630_000 {
			t.Errorf("stands at %+v, not at the middle of the community", stored.Point)
		}
		return err
	})
}

func TestAssist_WritingForSomebody(t *testing.T) {
	t.Parallel()
	testkit.Both(t, func(t *testing.T, k *testkit.Kit) {
		n := newNeighbourhood(t, k)
		start := fmt.Sprintf(`{"placeId":%q,"nameless":"住3栋的一位老人","channel":"assisted"}`, n.World.Community.ID)
		n.refused(n.author, "/assists", 0, start, 403, "access.forbidden")
		n.refused(n.elsewhere, "/assists", 0, start, 403, "access.forbidden")
		n.refused(n.worker, "/assists", 0, strings.Replace(start, "住3栋的一位老人", "", 1), 422, "assist.invalid")
		a := n.must(n.worker, "/assists", 0, start)
		n.refused(n.worker, "/assists", 0, start, 409, "assist.running")
		v := n.voice(n.worker, `"assistId":"`+a.ID+`"`)
		k.View(func(ctx context.Context, u *app.Unit) error {
			stored, err := u.Needs.Voice(ctx, ident.VoiceID(v.ID))
			if err == nil && (stored.AuthorID != "" || stored.PostedBy != n.worker.PersonID || stored.Nameless == "" || stored.Channel != need.ChannelAssisted) {
				t.Errorf("recorded as %+v", stored)
			}
			return err
		})
		other := k.As(access.CommunityWorker, k.Party(party.KindRC, "居委会二", n.World.Community.ID))
		n.refused(other, "/voices", 0, voiceBody(n.World.Community.ID, plainWords, plainWords, `"assistId":"`+a.ID+`"`), 403, "assist.not_yours")
		n.refused(other, "/assists/"+a.ID+"/end", 0, "", 403, "assist.not_yours")
		k.Advance(need.AssistTime)
		n.refused(n.worker, "/voices", 0, voiceBody(n.World.Community.ID, plainWords, plainWords, `"assistId":"`+a.ID+`"`), 409, "assist.over")
		b := n.must(n.worker, "/assists", 0, start)
		n.must(n.worker, "/assists/"+b.ID+"/end", 0, "")
		n.refused(n.worker, "/assists/"+b.ID+"/end", 0, "", 409, "assist.over")
		if _, body := k.Call(n.worker, http.MethodGet, "/api/v1/assists/current", ""); strings.Contains(body, "id") {
			t.Errorf("still running: %s", body)
		}
	})
}

func TestAssist_OnBehalfOfIsInTheRecord(t *testing.T) {
	t.Parallel()
	n := newNeighbourhood(t, testkit.New(t))
	var phone = "13900139000"
	var grandma ident.PersonID
	n.Update(func(ctx context.Context, u *app.Unit) error {
		grandma = ident.PersonID(u.NewID())
		return u.People.InsertPerson(ctx, &party.Person{ID: grandma, Name: "李秀英", Phone: phone, Language: "zh", CreatedAt: u.Now})
	})
	n.refused(n.worker, "/assists", 0, fmt.Sprintf(`{"placeId":%q,"phone":"13700137000","channel":"door"}`, n.World.Community.ID), 404, "record.not_found")
	a := n.must(n.worker, "/assists", 0, fmt.Sprintf(`{"placeId":%q,"phone":%q,"channel":"door"}`, n.World.Community.ID, phone))
	v := n.voice(n.worker, `"assistId":"`+a.ID+`"`)
	n.View(func(ctx context.Context, u *app.Unit) error {
		stored, err := u.Needs.Voice(ctx, ident.VoiceID(v.ID))
		if err != nil || stored.AuthorID != grandma || stored.PostedBy != n.worker.PersonID {
			t.Errorf("%v %+v", err, stored)
		}
		records, err := u.Audits.Of(ctx, "voice", v.ID, 10)
		if err != nil || len(records) != 1 || !strings.Contains(records[0].Text, string(grandma)) || records[0].ActorID != n.worker.PersonID {
			t.Errorf("%v %+v", err, records)
		}
		return err
	})
}

func TestNeeds_ProjectsMoveThemAlong(t *testing.T) {
	t.Parallel()
	testkit.Both(t, func(t *testing.T, k *testkit.Kit) {
		n := newNeighbourhood(t, k)
		x := n.need(n.voice(n.author, `"building":"3栋","unit":"501"`), n.voice(n.author, `"building":"4栋","unit":"1"`))
		x = n.adopt(x, need.RouteGov)
		n.refused(n.worker, "/needs/"+x.ID+"/start_delivery", x.Version, `{}`, 409, "need.project_required")
		ids := []ident.NeedID{ident.NeedID(x.ID)}
		for _, action := range []string{need.ActLink, need.ActStartDelivery, need.ActStartDelivery, need.ActDeliver} {
			k.Update(func(ctx context.Context, u *app.Unit) error {
				return needs.AdvanceFor(ctx, u, ids, action, "", "XM-2026-000001")
			})
			if action == need.ActLink {
				now := n.get(n.worker, "/needs/"+x.ID)
				n.refused(n.worker, "/needs/"+x.ID+"/start_delivery", now.Version, `{}`, 409, "need.in_project")
			}
		}
		d := n.get(access.Actor{}, "/needs/"+x.ID)
		if d.Stage != "delivered" || d.Steps[len(d.Steps)-1].About != "XM-2026-000001" || len(d.Steps) != 10 {
			t.Fatalf("%s %+v", d.Stage, d.Steps)
		}
		err := k.App.Store.Update(context.Background(), func(ctx context.Context, u *app.Unit) error { return needs.Advance(ctx, u, ids, need.ActLink, "") })
		if err == nil {
			t.Error("a delivered need was linked again")
		}
	})
}

func TestNeeds_GuardsOfTheStages(t *testing.T) {
	t.Parallel()
	n := newNeighbourhood(t, testkit.New(t))
	x := n.need(n.voice(n.author, `"building":"3栋","unit":"501"`))
	at := "/needs/" + x.ID + "/"
	n.refused(n.worker, at+"put_on_agenda", x.Version, `{}`, 409, "need.support_short")
	n.must(k2(n), "/needs/"+x.ID+"/support", 0, `{"building":"8栋","unit":"1"}`)
	x = n.must(n.council, at+"put_on_agenda", x.Version, `{}`)
	n.refused(n.worker, at+"classify", x.Version, `{"route":"gov","reason":""}`, 422, "request.invalid")
	n.refused(n.worker, at+"take_off_agenda", x.Version, `{}`, 422, "need.reason_required")
	x = n.must(n.worker, at+"classify", x.Version, `{"route":"gov","reason":"养老服务"}`)
	n.refused(n.worker, at+"screen", x.Version, screening(need.RouteSelf, ""), 422, "need.screening_incomplete")
	n.refused(n.worker, at+"screen", x.Version, screening(need.RouteGov, "hiring"), 409, "need.on_negative_list")
	x = n.must(n.worker, at+"screen", x.Version, screening(need.RouteGov, ""))
	vote := `{"heldOn":"2026-03-02","members":21,"present":%d,"yes":%d,"no":%d}`
	n.refused(n.worker, at+"deliberate", x.Version, fmt.Sprintf(vote, 14, 8, 6), 403, "access.forbidden")
	n.refused(n.council, at+"deliberate", x.Version, fmt.Sprintf(vote, 13, 13, 0), 409, "need.quorum_missing")
	n.refused(n.council, at+"deliberate", x.Version, fmt.Sprintf(vote, 14, 8, 5), 422, "need.vote_invalid")
	n.refused(n.council, at+"deliberate", x.Version, strings.Replace(fmt.Sprintf(vote, 14, 8, 6), "03-02", "03-03", 1), 422, "need.vote_invalid")
	x = n.must(n.council, at+"deliberate", x.Version, fmt.Sprintf(vote, 14, 7, 7))
	n.refused(n.worker, at+"publicise", x.Version, `{"days":5}`, 409, "need.not_passed")
	x = n.must(n.council, at+"redeliberate", x.Version, `{"reason":"有新情况"}`)
	x = n.must(n.council, at+"deliberate", x.Version, fmt.Sprintf(vote, 14, 8, 6))
	n.refused(n.worker, at+"reject", x.Version, `{"reason":"不办"}`, 409, "need.passed_by_council")
	n.refused(n.worker, at+"publicise", x.Version, `{"days":4}`, 422, "need.publicity_short")
	x = n.must(n.worker, at+"publicise", x.Version, `{"days":5}`)
	n.refused(n.worker, at+"adopt", x.Version, `{}`, 409, "need.publicity_running")
	d := n.get(n.worker, "/needs/"+x.ID)
	for _, a := range d.Actions {
		if a.Action == "adopt" && (a.Permitted || a.Code != "need.publicity_running") {
			t.Errorf("the button says %+v", a)
		}
	}
	if d = n.get(access.Actor{}, "/needs/"+x.ID); len(d.Actions) == 0 || d.Actions[0].Permitted || d.Actions[0].Code != "access.sign_in_required" {
		t.Errorf("the public may %+v", d.Actions)
	}
}

func k2(n *neighbourhood) access.Actor { return n.As(access.Resident, n.residents) }

// TestNeeds_EveryWriteRouteRefuses walks every write with each bad kind of request.
func TestNeeds_EveryWriteRouteRefuses(t *testing.T) {
	t.Parallel()
	n := newNeighbourhood(t, testkit.New(t))
	v := n.voice(n.author, "")
	x := n.need(n.voice(n.author, ""))
	reason := `{"reason":"说明"}`
	routes := map[string]string{
		"/needs/{n}/put_on_agenda": `{}`, "/needs/{n}/take_off_agenda": reason, "/needs/{n}/redeliberate": reason, "/needs/{n}/object": reason,
		"/needs/{n}/adopt": `{}`, "/needs/{n}/start_delivery": `{}`, "/needs/{n}/deliver": `{}`, "/needs/{n}/confirm": `{}`, "/needs/{n}/reopen": reason,
		"/needs/{n}/resume": reason, "/needs/{n}/restart": reason, "/needs/{n}/pass_on": reason, "/needs/{n}/find_no_resource": reason,
		"/needs/{n}/find_infeasible": reason, "/needs/{n}/reject": reason, "/needs/{n}/withdraw": reason,
		"/needs/{n}/classify": `{"route":"gov","reason":"说明"}`, "/needs/{n}/screen": screening(need.RouteGov, ""),
		"/needs/{n}/deliberate": `{"heldOn":"2026-03-02","members":21,"present":14,"yes":8,"no":6}`, "/needs/{n}/publicise": `{"days":5}`,
		"/needs/{n}/close": `{"outcome":"met","reason":"说明"}`, "/needs/{n}/merge": `{"intoId":"x","reason":"说明"}`,
		"/needs/{n}/edit":    `{"title":"改","summary":"改写","reason":"说明"}`,
		"/voices/{v}/return": reason, "/voices/{v}/pass_on": reason, "/voices/{v}/take_back": reason, "/voices/{v}/detach": reason,
		"/voices/{v}/resubmit": `{"words":"重新说一遍","public":"重新说一遍"}`, "/voices/{v}/withdraw": `{}`, "/voices/{v}/gather": `{"needId":"` + x.ID + `"}`,
	}
	for route, body := range routes {
		path := strings.NewReplacer("{n}", x.ID, "{v}", v.ID).Replace(route)
		n.refused(access.Actor{}, path, 1, body, 401, "access.sign_in_required")
		n.refused(n.expert, path, 1, body, 403, "access.forbidden")
		for _, who := range []access.Actor{n.worker, n.council, n.author} {
			status, out := n.send(who, http.MethodPost, path, 0, body)
			if out.Code != "request.version_missing" && out.Code != "access.forbidden" {
				t.Errorf("%s without version as %s: %d %s", path, who.Role, status, out.Code)
			}
			status, out = n.send(who, http.MethodPost, path, 99, body)
			if !strings.Contains("record.stale access.forbidden voice.not_author record.not_found", out.Code) {
				t.Errorf("%s stale as %s: %d %s", path, who.Role, status, out.Code)
			}
			status, out = n.send(who, http.MethodPost, path, 1, `{"unknown":1}`)
			if status != 422 && status != 403 {
				t.Errorf("%s unknown field as %s: %d %s", path, who.Role, status, out.Code)
			}
			status, out = n.send(who, http.MethodPost, path, 1, `{`)
			if status != 400 && status != 403 {
				t.Errorf("%s malformed as %s: %d %s", path, who.Role, status, out.Code)
			}
		}
		missing := strings.NewReplacer("{n}", "nowhere", "{v}", "nowhere").Replace(route)
		if status, out := n.send(n.worker, http.MethodPost, missing, 1, body); status != 404 && status != 403 {
			t.Errorf("%s: %d %s", missing, status, out.Code)
		}
	}
	if d := n.get(access.Actor{}, "/needs/"+x.ID); d.Version != x.Version || d.Stage != "open" {
		t.Fatalf("refusals changed the need: %+v", d)
	}
	if d := n.get(n.author, "/voices/"+v.ID); d.Version != v.Version || d.Status != "submitted" {
		t.Fatalf("refusals changed the voice: %+v", d)
	}
}

func TestNeeds_ReplayAnswersFromTheFirst(t *testing.T) {
	t.Parallel()
	testkit.Both(t, func(t *testing.T, k *testkit.Kit) {
		n := newNeighbourhood(t, k)
		body, key := voiceBody(n.World.Community.ID, plainWords, plainWords, `"building":"3栋","unit":"501"`), k.Key()
		post := func(body string) (int, needBody) {
			res, text := k.Call(n.author, http.MethodPost, "/api/v1/voices", body, "Idempotency-Key", key)
			return res.StatusCode, read[needBody](t, text)
		}
		_, first := post(body)
		_, again := post(body)
		if first.Voice == nil || again.Voice == nil || first.Voice.ID != again.Voice.ID {
			t.Fatalf("%+v %+v", first, again)
		}
		if mine := n.get(n.author, "/voices/mine"); len(mine.Items) != 1 {
			t.Fatalf("%d voices", len(mine.Items))
		}
		if status, out := post(strings.Replace(body, "3栋", "4栋", 1)); status != 409 || out.Code != "idempotency.reused" {
			t.Fatalf("%d %s", status, out.Code)
		}
	})
}

func TestVoices_WhoMayPost(t *testing.T) {
	t.Parallel()
	n := newNeighbourhood(t, testkit.New(t))
	body := voiceBody(n.World.Community.ID, plainWords, plainWords, "")
	away := voiceBody(n.World.Neighbour.ID, plainWords, plainWords, "")
	n.refused(access.Actor{}, "/voices", 0, body, 401, "access.sign_in_required")
	n.refused(n.buyer, "/voices", 0, body, 403, "access.forbidden")
	n.refused(n.author, "/voices", 0, away, 403, "access.forbidden")
	n.refused(n.elsewhere, "/voices", 0, body, 403, "access.forbidden")
	ent := n.As(access.SupplierAgent, n.Party(party.KindENT, "某物业公司", n.World.City.ID))
	n.refused(ent, "/voices", 0, body, 403, "need.enterprise_proposes")
	sso := n.As(access.SupplierAgent, n.Party(party.KindSSO, "邻帮服务中心", n.World.City.ID))
	n.must(sso, "/voices", 0, body)
	n.must(sso, "/voices", 0, away)
	n.refused(n.author, "/voices", 0, voiceBody(n.World.Street.ID, plainWords, plainWords, ""), 403, "access.forbidden")
	n.refused(sso, "/voices", 0, voiceBody(n.World.Street.ID, plainWords, plainWords, ""), 422, "need.place_not_community")
	n.refused(sso, "/voices", 0, strings.Replace(body, "elderly.visit", "nothing", 1), 422, "taxonomy.unknown")
	n.refused(sso, "/voices", 0, voiceBody(n.World.Community.ID, plainWords, plainWords, `"building":"3栋"`), 422, "need.household_invalid")
	_, doc := upload(n.Kit, sso, "a.pdf", "application/pdf", "%PDF-1.7")
	n.refused(sso, "/voices", 0, voiceBody(n.World.Community.ID, plainWords, plainWords, `"photos":["`+doc.ID+`"]`), 422, "voice.photo_not_picture")
	_, foreign := upload(n.Kit, n.author, "a.jpg", "image/jpeg", photo(t))
	n.refused(sso, "/voices", 0, voiceBody(n.World.Community.ID, plainWords, plainWords, `"photos":["`+foreign.ID+`"]`), 404, "record.not_found")
	if status, out := n.send(n.author, http.MethodGet, "/voices", 0, ""); status != 403 {
		t.Errorf("a resident reads the inbox: %d %+v", status, out)
	}
	if inbox := n.get(n.worker, "/voices?status=submitted"); len(inbox.Items) != 1 || inbox.Items[0].FullWords != plainWords {
		t.Errorf("inbox %+v", inbox.Items)
	}
	if inbox := n.get(n.elsewhere, "/voices"); len(inbox.Items) != 1 {
		t.Errorf("the other community reads %+v", inbox.Items)
	}
}

func TestNeeds_Todos(t *testing.T) {
	t.Parallel()
	n := newNeighbourhood(t, testkit.New(t))
	x := n.need(n.voice(n.author, `"building":"3栋","unit":"501"`), n.voice(n.author, `"building":"4栋","unit":"501"`))
	n.voice(n.author, "")
	todos := func(who access.Actor) string {
		var out []string
		n.View(func(ctx context.Context, u *app.Unit) error {
			u.Actor = who
			list, err := n.Services.Needs.Todos(ctx, u, who)
			for _, l := range list {
				out = append(out, l.Kind+"."+l.Action)
			}
			return err
		})
		return strings.Join(out, " ")
	}
	if got := todos(n.worker); got != "voice.gather need.put_on_agenda" {
		t.Errorf("worker: %s", got)
	}
	if got := todos(n.elsewhere) + todos(n.author) + todos(n.council); got != "" {
		t.Errorf("others: %s", got)
	}
	x = n.adopt(x, need.RouteSelf)
	x = n.must(n.worker, "/needs/"+x.ID+"/start_delivery", x.Version, `{}`)
	n.must(n.worker, "/needs/"+x.ID+"/deliver", x.Version, `{}`)
	if got := todos(n.author); got != "need.confirm" {
		t.Errorf("author: %s", got)
	}
}
