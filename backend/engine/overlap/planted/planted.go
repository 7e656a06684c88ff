// Package planted invents funded projects with known duplicates across departments, and with
// pairs that look like duplicates and are none, to measure package overlap.
package planted

import (
	"math"
	"math/rand/v2"
	"strconv"
	"strings"

	"linli/backend/engine/overlap"
)

// Set is what was invented. Duplicates are pairs of positions, the first before the second.
type Set struct {
	Projects   []overlap.Project
	Duplicates map[[2]int]bool
	Hard       int // pairs planted that look alike and are none
}

// maker draws everything from one seed.
type maker struct {
	*rand.Rand
	set    Set
	places [][2]float64
}

var departments = strings.Fields("民政局 卫健局 教育局 残联 妇联 团委 司法局 文旅局 住建局 城管局 人社局 退役军人局 街道办 社治委 红十字会")

// New invents n projects of which about share (0.02) are duplicates of another one, and as many
// look like duplicates of another and are none.
func New(n int, share float64, seed uint64) Set {
	m := maker{Rand: rand.New(rand.NewPCG(seed, 5)), set: Set{Duplicates: map[[2]int]bool{}}} // #nosec G404 -- measuring
	for range max(1, n/23) {
		out, turn := 16_000*math.Abs(m.NormFloat64()), 2*math.Pi*m.Float64()
		m.places = append(m.places, [2]float64{out * math.Cos(turn), out * math.Sin(turn)})
	}
	wanted := int(share * float64(n))
	var drawn []facts
	for len(drawn) < n-2*wanted {
		f := m.draw()
		drawn = append(drawn, f)
		m.set.Projects = append(m.set.Projects, m.write(f))
	}
	used := map[int]bool{} // each at most once: two copies of one would be duplicates of each other
	for k := range wanted {
		original := m.IntN(len(drawn))
		for used[original] {
			original = m.IntN(len(drawn))
		}
		used[original] = true
		m.set.Projects = append(m.set.Projects, m.write(m.twice(drawn[original])))
		m.set.Duplicates[[2]int{original, len(m.set.Projects) - 1}] = true
		m.set.Projects = append(m.set.Projects, m.write(m.alike(drawn[m.IntN(len(drawn))], k)))
		m.set.Hard++
	}
	return m.set
}

// facts of a project before it is put into words.
type facts struct {
	purpose, place      int
	part                int // 0 the service itself
	department, carrier string
	site                string
	people              int
	from, to            int
	amount              int64
}

func (m *maker) draw() facts {
	f := facts{purpose: m.IntN(len(purposes)), place: m.IntN(len(m.places)), department: departments[m.IntN(len(departments))],
		carrier: "机构" + strconv.Itoa(m.IntN(1300)), people: 12 + int(70*math.Exp(0.7*m.NormFloat64())), from: m.IntN(900)}
	f.to = f.from + 60 + m.IntN(305)
	f.amount = int64(6_000_000 * math.Exp(0.8*m.NormFloat64()))
	f.site = m.site()
	return f
}

func (m *maker) site() string {
	first, second := []rune("锦青芳望莲幸紫银瑞彩惠和金玉翠春东南北百文光华新水福同德长安"), []rune("绣羊草江花福荆杏光虹民平沙林湖晓升苑星合庆宁乐和泰丰顺康")
	kind := strings.Fields("苑 小区 花园 路 街 巷 小学 公园")
	return string([]rune{first[m.IntN(len(first))], second[m.IntN(len(second))]}) + kind[m.IntN(len(kind))]
}

// twice is the same purpose paid by another department: other words, shifted dates, ± 10 %
// money, in three of ten cases written for a neighbouring community; the number of people is
// counted anew.
func (m *maker) twice(f facts) facts {
	d := f
	d.department = m.other(f.department)
	if m.Float64() < 0.6 {
		d.carrier = "机构" + strconv.Itoa(m.IntN(1300))
	}
	if m.Float64() < 0.3 {
		d.place = m.neighbour(f.place)
	}
	d.people = max(1, int(float64(f.people)*(0.93+0.14*m.Float64())))
	d.amount = int64(float64(f.amount) * (0.9 + 0.2*m.Float64()))
	length := f.to - f.from
	d.from += int(float64(length) * 0.5 * (m.Float64() - 0.5))
	d.to = d.from + int(float64(length)*(0.85+0.3*m.Float64()))
	return d
}

// alike looks like a duplicate and is none, in five ways.
func (m *maker) alike(f facts, way int) facts {
	d := m.twice(f)
	switch way % 5 {
	case 0: // one department continues its programme
		d.department = f.department
	case 1: // another purpose of the category in the neighbouring community
		d.place, d.purpose = m.neighbour(f.place), m.sibling(f.purpose)
	case 2: // one ends, the other begins
		d.from, d.to = f.to+1, f.to+1+f.to-f.from
	case 3: // rooms, posts or equipment of the same service
		d.part = 1 + m.IntN(len(partWords)-1)
	case 4: // the same purpose at another site for other people
		d.site, d.people = m.site(), int(float64(f.people)*(1.5+m.Float64()))
	}
	return d
}

func (m *maker) other(department string) string {
	for {
		if d := departments[m.IntN(len(departments))]; d != department {
			return d
		}
	}
}

// neighbour is the nearest of the other places.
func (m *maker) neighbour(place int) int {
	best, way := place, math.Inf(1)
	for i, p := range m.places {
		if d := math.Hypot(p[0]-m.places[place][0], p[1]-m.places[place][1]); i != place && d < way {
			best, way = i, d
		}
	}
	return best
}

func (m *maker) sibling(purpose int) int {
	for {
		if p := m.IntN(len(purposes)); p != purpose && purposes[p].category == purposes[purpose].category {
			return p
		}
	}
}

var partWords = [][]string{{""}, {"场地装修改造", "服务用房修缮工程"}, {"专职人员岗位补贴", "聘用人员工资"}, {"设备采购", "器材购置"}}

// write puts facts into the words of one official: another phrase, another order, the site
// left out in every fifth text, the number of people in every fifth.
func (m *maker) write(f facts) overlap.Project {
	p := purposes[f.purpose]
	text := p.phrases[m.IntN(len(p.phrases))]
	if f.part > 0 {
		text += partWords[f.part][m.IntN(len(partWords[f.part]))]
	}
	if m.Float64() < 0.8 {
		site := []string{f.site + text, text + "（" + f.site + "）", text + "，地点在" + f.site}
		text = site[m.IntN(len(site))]
	}
	out := overlap.Project{Department: f.department, Organisation: f.carrier, Category: p.category, X: m.places[f.place][0], Y: m.places[f.place][1],
		FromDay: f.from, ToDay: f.to, AmountFen: f.amount}
	if m.Float64() < 0.8 {
		out.People = f.people
		say := []string{"，惠及约" + strconv.Itoa(f.people) + "人", "，服务对象" + strconv.Itoa(f.people) + "名", "，覆盖" + strconv.Itoa(f.people) + "人次起"}
		text += say[m.IntN(len(say))]
	}
	tail := []string{"", "，按季度拨付", "，由社会组织实施", "，年度民生项目", "，经费专款专用"}
	out.Words = text + tail[m.IntN(len(tail))]
	return out
}
