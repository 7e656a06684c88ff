package demo

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"linli/backend/app"
	"linli/backend/app/accounts"
	"linli/backend/app/needs"
	placesapp "linli/backend/app/places"
	"linli/backend/domain/access"
	"linli/backend/domain/calendar"
	"linli/backend/domain/community"
	"linli/backend/domain/ident"
	"linli/backend/domain/money"
	"linli/backend/domain/need"
)

// wish is one need of the story: who says it in which words, how many households stand
// behind it, and how far it comes before the trail of a project takes over.
type wish struct {
	key, community   string
	category         string
	title, summary   string
	where            string
	words            []string // the first by the community's resident, the others by neighbours
	households       int
	affected         int
	estimate         money.Fen
	month            time.Month
	day              int
	until            string // the last stage told here
	reason           string // of an ending
	residents, staff string // logins: who posts, who works on it
	council          string
}

// home is what the story knows of a community: its accounts and how many households it has.
type home struct {
	residents, staff, council, neighbours string
	households                            int64
}

var homes = map[string]home{
	"和美社区":  {"resident", "community", "council", "和美社区居民", 1460},
	"宽巷子社区": {"resident.kuanxiangzi", "community.kuanxiangzi", "council.kuanxiangzi", "宽巷子社区居民", 836},
	"红旗村":   {"resident.hongqi", "community.hongqi", "council.hongqi", "红旗村村民", 385},
	"倪家桥社区": {"resident.nijiaqiao", "community.nijiaqiao", "council.nijiaqiao", "倪家桥社区居民", 640},
	"花照社区":  {"resident.huazhao", "community.huazhao", "council.huazhao", "花照社区居民", 720},
}

// wishes rings true with what such communities ask for. Amounts are those such services cost.
var wishes = []wish{
	{
		key: "afterschool", community: "和美社区", category: "children.after_school", month: time.January, day: 8, until: need.StageAdopted,
		title: "放学后的孩子有人陪", summary: "双职工家庭多，孩子下午四点放学到家长下班之间没人照看，希望社区有地方写作业、读书。",
		where: "和美社区综合体二楼", households: 146, affected: 210, estimate: 120_000_00,
		words: []string{
			"我们双职工，孩子四点放学没人管，能不能在社区有个地方写作业、读读书？",
			"孩子放学自己在小区里玩到七点，老人看不住，想要有老师带着。",
			"想请社区办个四点半课堂，收点成本费也愿意。",
		},
	},
	{
		key: "visits", community: "和美社区", category: "elderly.visit", month: time.January, day: 13, until: need.StageAdopted,
		title: "独居老人想要有人每周上门看看", summary: "辖区独居和空巢老人多，希望每周有人上门探访，看看身体、说说话、帮着办点事。",
		where: "和美社区 3、5、8 栋", households: 160, affected: 96, estimate: 288_000_00,
		words: []string{
			"我妈一个人住 5 栋，我在外地，想每周有人上门看看她。",
			"楼上的孤寡老人摔倒了两天才被发现，应该有人定期敲敲门。",
		},
	},
	{
		key: "cables", community: "宽巷子社区", category: "environment.cables", month: time.May, day: 6, until: need.StageAdopted,
		title: "电线像蜘蛛网，老院子怕着火", summary: "老院落飞线缠绕，居民担心起火，需要排查、宣传并组织院落消防自治。",
		where: "泡桐树街一带老院落", households: 92, affected: 310, estimate: 180_000_00,
		words: []string{
			"院子头上的电线像蜘蛛网，下雨天还冒火花，晚上都不敢睡踏实。",
			"消防通道堆满杂物，希望有人组织大家清理，再教教怎么用灭火器。",
		},
	},
	{
		key: "garden", community: "宽巷子社区", category: "environment.green", month: time.June, day: 9, until: need.StageScreened,
		title: "把墙角荒地变成小花园", summary: "院落墙角空地长期堆物，居民愿意认养。",
		where: "支矶石街 12 号院", households: 88, affected: 120, estimate: 36_000_00,
		words: []string{"墙角那块地一直堆垃圾，我们几户愿意自己种花养护，缺点土和苗。"},
	},
	{
		key: "study", community: "倪家桥社区", category: "children.reading", month: time.August, day: 20, until: need.StageOpen,
		title: "晚上八点后没有能坐下学习的地方", summary: "年轻租户和备考居民希望社区有夜间自习室。",
		where: "倪家桥路 6 号", households: 38, affected: 150, estimate: 80_000_00,
		words: []string{"合租房太吵，下班后想有个安静的地方看书，社区能不能把活动室晚上开到十一点？", "备考的人挺多，愿意轮流做管理员。"},
	},
	{
		key: "theatre", community: "倪家桥社区", category: "culture.arts", month: time.July, day: 14, until: need.StageDeliberated,
		title: "办一个社区剧场", summary: "退休居民自编自演，缺排练场地和指导老师。",
		where: "玉林北街活动中心", households: 70, affected: 60, estimate: 60_000_00,
		words: []string{"我们合唱队排了一出话剧，没有地方排练，想请老师指导一下。"},
	},
	{
		key: "phones", community: "花照社区", category: "elderly.digital", month: time.July, day: 6, until: need.StagePublicised,
		title: "教老人用手机挂号", summary: "老人不会用手机挂号缴费，希望有人手把手教。",
		where: "花照壁西顺街服务站", households: 78, affected: 300, estimate: 45_000_00,
		words: []string{"医院都要手机挂号，我不会弄，儿女又不在身边。", "希望每周有志愿者在服务站教大家用手机。"},
	},
	{
		key: "hearing", community: "花照社区", category: "disability.hearing", month: time.September, day: 3, until: need.StageOpen,
		title: "通知要让听不见的人也看得懂", summary: "社区通知多靠喇叭和电话，听障居民收不到。",
		where: "花照社区各院落", households: 12, affected: 40, estimate: 30_000_00,
		words: []string{"社区停水都是喇叭喊，我爱人听不见，能不能发文字和手语视频？"},
	},
	{
		key: "sports", community: "红旗村", category: "culture.sport", month: time.April, day: 9, until: need.StageAdopted,
		title: "村里要有个打球的地方", summary: "年轻人和返乡务工者没有运动场地，希望利用闲置晒坝。",
		where: "村委会旁晒坝", households: 52, affected: 260, estimate: 95_000_00,
		words: []string{"晒坝空着也是空着，画个篮球场，晚上大家就不光打麻将了。"},
	},
	{
		key: "history", community: "红旗村", category: "culture.heritage", month: time.August, day: 4, until: need.StageOpen,
		title: "把村史记下来", summary: "老苗圃的故事没人记，想请人整理成册、办个小展。",
		where: "村史馆旧址", households: 21, affected: 500, estimate: 50_000_00,
		words: []string{"老一辈种苗木的故事快没人讲得清了，想请人来采访记下来。"},
	},
	{
		key: "parking", community: "和美社区", category: "parking.order", month: time.July, day: 27, until: "pass_on",
		title: "路口总有车乱停，孩子过街危险", summary: "东站路口上下学时段乱停车，影响孩子过街。",
		where: "东站西广场路口", households: 64, affected: 400, reason: "道路停车秩序由区交警和城管负责，已转办，3 天内回复。",
		words: []string{"放学的时候路口停满了车，孩子过马路看不见，太危险了。"},
	},
	{
		key: "lift", community: "和美社区", category: "courtyard.lift", month: time.August, day: 12, until: need.StageOpen,
		title: "六楼的老人想装电梯", summary: "老楼无电梯，高龄居民下楼困难。",
		where: "和美东路 9 号 2 单元", households: 18, affected: 48, estimate: 0,
		words: []string{"我住六楼，腿脚不好，半个月没下过楼了，想装部电梯。"},
	},
	{
		key: "festival", community: "和美社区", category: "culture.festival", month: time.September, day: 7, until: need.StageScreened,
		title: "邻里节想让外来的邻居也认识认识", summary: "居民多从外地来，互不相识，希望重阳前后办一场邻里节，由居民自己出节目、摆摊换物。",
		where: "和美社区综合体广场", households: 148, affected: 600, estimate: 30_000_00,
		words: []string{"搬来三年了，对门姓什么都不知道，想请社区办一次邻里节。", "我们几家愿意出吃的、出节目，缺个场地和音响。"},
	},
	{
		key: "ramp", community: "和美社区", category: "parking.nonmotor", month: time.September, day: 19, until: untilSaid, residents: "resident.2",
		where: "和美社区综合体东门", affected: 80,
		words: []string{"综合体东门的坡道老是停满电瓶车，轮椅和婴儿车上不去，能不能划个地方停车？"},
	},
	{
		key: "meals", community: "和美社区", category: "elderly.meals", month: time.September, day: 20, until: untilSaid, residents: "resident.3",
		where: "和美社区 5 栋", affected: 30,
		words: []string{"我爸一个人住，周末社区食堂不开门，他就凑合吃剩饭，周末能不能也送一顿？"},
	},
}

// untilSaid is where a voice ends that nobody has answered yet.
const untilSaid = "said"

// scheduleWishes puts every wish into the schedule.
func scheduleWishes(s *schedule) {
	for _, w := range wishes {
		h := homes[w.community]
		w.staff, w.council = h.staff, h.council
		if w.residents == "" {
			w.residents = h.residents
		}
		s.wish(w)
	}
}

func (s *schedule) wish(w wish) {
	day := func(n int) (time.Month, int) {
		d := time.Date(2026, w.month, w.day+n, 0, 0, 0, 0, calendar.Loc)
		return d.Month(), d.Day()
	}
	add := func(n, hour int, name string, do func(*teller) error) {
		month, d := day(n)
		s.on(month, d, hour, len(s.moments)%50, w.title+": "+name, do)
	}
	add(0, 19, "voices", func(t *teller) error { return t.speak(w) })
	if w.until == untilSaid {
		return
	}
	add(2, 10, "gather", func(t *teller) error { return t.gather(w) })
	add(3, 20, "support", func(t *teller) error { return t.support(w) })
	for _, st := range stagesOf(w) {
		add(st.after, 15, st.name, func(t *teller) error { return st.do(t, w) })
	}
}

type stageStep struct {
	name  string
	after int // days after the first voice
	do    func(*teller, wish) error
}

var road = []stageStep{
	{need.StageOnAgenda, 6, (*teller).putOnAgenda},
	{need.StageClassified, 7, (*teller).classify},
	{need.StageScreened, 8, (*teller).screen},
	{need.StageDeliberated, 13, (*teller).deliberate},
	{need.StagePublicised, 14, (*teller).publicise},
	{need.StageAdopted, 23, (*teller).adopt},
}

func stagesOf(w wish) []stageStep {
	if w.until == "pass_on" {
		return []stageStep{{"pass on", 5, (*teller).passOn}}
	}
	for i, st := range road {
		if st.name == w.until {
			return road[:i+1]
		}
	}
	return nil
}

// tellHouseholds counts households and makes the neighbours who will support: residents
// without accounts, invented.
func tellHouseholds(t *teller) error {
	for _, name := range []string{"和美社区", "宽巷子社区", "红旗村", "倪家桥社区", "花照社区"} {
		h := homes[name]
		_, err := t.Services.Places.Count(t.ctx, t.as(h.staff), t.key(), placesapp.Count{
			PlaceID: t.place(name).ID, Kind: community.Households, AsOf: "2025-12-31", Value: h.households, Source: "社区户籍底册（示范）",
		})
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		if err := t.neighbours(name, h); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

// mostNeighbours is the largest support a need of the story gets.
const mostNeighbours = 160

func (t *teller) neighbours(name string, h home) error {
	most := 0
	for _, w := range wishes {
		if w.community == name {
			most = max(most, w.households)
		}
	}
	return t.App.Store.Update(t.ctx, func(ctx context.Context, u *app.Unit) error {
		for i := range min(most, mostNeighbours) {
			p, err := accounts.Enrol(ctx, u, accounts.Enrolment{Name: "居民" + strconv.Itoa(i+1), Language: "zh", Salt: name + strconv.Itoa(i)})
			if err != nil {
				return err
			}
			m, err := accounts.Join(ctx, u, p.ID, t.party(h.neighbours).ID, access.Resident, "")
			if err != nil {
				return err
			}
			actor, err := u.Core.LiveActor(ctx, access.Actor{PersonID: p.ID, MembershipID: m.ID})
			if err != nil {
				return err
			}
			t.actors[neighbour(name, i)] = actor
		}
		return nil
	})
}

func neighbour(community string, i int) string { return community + " " + strconv.Itoa(i) }

func (t *teller) speak(w wish) error {
	for i, words := range w.words {
		who := t.as(w.residents)
		if i > 0 {
			who = t.as(neighbour(w.community, i))
		}
		place := t.place(w.community).ID
		shown, err := t.Services.Needs.PreviewWords(t.ctx, who, place, words)
		if err != nil {
			return err
		}
		r, err := t.Services.Needs.Post(t.ctx, needs.Write{Actor: who, Key: t.key()}, needs.Posting{
			PlaceID: place, Category: w.category, Words: words, Public: shown.Public, Where: w.where, Affected: w.affected,
			Urgency: need.UrgencyNormal, Building: strconv.Itoa(i + 1), Unit: "1-1",
		})
		if err != nil {
			return err
		}
		t.voices[w.key] = append(t.voices[w.key], needs.Gathered{VoiceID: r.Voice.ID, Version: r.Voice.Version})
	}
	return nil
}

func (t *teller) gather(w wish) error {
	n, err := t.Services.Needs.OpenNeed(t.ctx, needs.Write{Actor: t.as(w.staff), Key: t.key()}, needs.Opening{
		Voices: t.voices[w.key], Category: w.category, Title: w.title, Summary: w.summary, Beneficiaries: w.affected,
		EstimateFen: w.estimate, Urgency: need.UrgencyNormal,
	})
	t.needs[w.key] = n.ID
	return err
}

func (t *teller) support(w wish) error {
	for i := len(w.words); i < w.households; i++ {
		_, err := t.Services.Needs.Support(t.ctx, needs.Write{Actor: t.as(neighbour(w.community, i)), Key: t.key()}, needs.Supporting{
			NeedID: t.needs[w.key], Building: strconv.Itoa(i/12 + 1), Unit: strconv.Itoa(i%12 + 2),
		})
		if err != nil {
			return fmt.Errorf("household %d: %w", i, err)
		}
	}
	return nil
}

// step names a need with the version it has now.
func (t *teller) step(w wish, reason string) (needs.Step, error) {
	st := needs.Step{ID: t.needs[w.key], Reason: reason}
	err := t.App.Store.View(t.ctx, func(ctx context.Context, u *app.Unit) error {
		n, err := u.Needs.Need(ctx, st.ID)
		if err == nil {
			st.Version = n.Version
		}
		return err
	})
	return st, err
}

func (t *teller) by(login string) needs.Write { return needs.Write{Actor: t.as(login), Key: t.key()} }

func (t *teller) putOnAgenda(w wish) error {
	st, err := t.step(w, "")
	if err != nil {
		return err
	}
	_, err = t.Services.Needs.PutOnAgenda(t.ctx, t.by(w.staff), st)
	return err
}

func (t *teller) classify(w wish) error {
	st, err := t.step(w, "属于基本公共服务，由政府购买服务解决。")
	if err != nil {
		return err
	}
	_, err = t.Services.Needs.Classify(t.ctx, t.by(w.staff), st, need.RouteGov)
	return err
}

func (t *teller) screen(w wish) error {
	st, err := t.step(w, "")
	if err != nil {
		return err
	}
	var answers need.Screening
	for _, x := range need.Exclusions(need.RouteGov) {
		answers.Answers = append(answers.Answers, need.Answer{Code: x.Code})
	}
	_, err = t.Services.Needs.Screen(t.ctx, t.by(w.staff), st, answers)
	return err
}

// deliberate is a council of 21 with 17 present, as the handbook's example.
func (t *teller) deliberate(w wish) error {
	st, err := t.step(w, "")
	if err != nil {
		return err
	}
	_, err = t.Services.Needs.Deliberate(t.ctx, t.by(w.council), st, need.Deliberation{
		HeldOn: calendar.DateOf(t.App.Clock.Now()), Members: 21, Present: 17, Yes: 16, Abstain: 1,
		Minutes: "与会代表讨论后认为确有需要，一致同意提交街道统筹。",
	})
	return err
}

func (t *teller) publicise(w wish) error {
	st, err := t.step(w, "")
	if err != nil {
		return err
	}
	_, err = t.Services.Needs.Publicise(t.ctx, t.by(w.staff), st, 7)
	return err
}

func (t *teller) adopt(w wish) error {
	st, err := t.step(w, "")
	if err != nil {
		return err
	}
	_, err = t.Services.Needs.Adopt(t.ctx, t.by(w.staff), st)
	return err
}

func (t *teller) passOn(w wish) error {
	st, err := t.step(w, w.reason)
	if err != nil {
		return err
	}
	_, err = t.Services.Needs.End(t.ctx, t.by(w.staff), st, need.ActPassOn)
	return err
}

var _ ident.Generator = (*IDs)(nil)
