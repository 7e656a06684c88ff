package similar

import (
	"slices"
	"strings"
	"unicode"
)

// facts are what a text says about where: names of places and numbers of buildings. Two texts
// that name different ones do not tell of the same matter, however alike their words are.
type facts struct {
	places    []place
	buildings []string // 3栋
	units     []string // 2单元
	houses    []string // 88号, 9号院
	phases    []string // 2期
}

// place is a name by its last two characters and what kind of place it is: 国槐路, 锦绣苑.
type place struct {
	class byte
	name  string
}

// Classes of places: two names of one class contradict each other, of two classes do not.
const (
	classStreet = 's'
	classEstate = 'e'
	classSite   = 'p' // schools, markets, parks
	classArea   = 'a' // villages, communities
	className   = 'n' // learned, without an ending
)

// endings of names, longest first.
var endings = []struct {
	runes []rune
	class byte
}{
	{[]rune("菜市场"), classSite}, {[]rune("体育馆"), classSite},
	{[]rune("小区"), classEstate}, {[]rune("新区"), classEstate}, {[]rune("花园"), classEstate}, {[]rune("家园"), classEstate},
	{[]rune("公寓"), classEstate}, {[]rune("新村"), classEstate}, {[]rune("花苑"), classEstate}, {[]rune("大院"), classEstate},
	{[]rune("社区"), classArea}, {[]rune("片区"), classArea}, {[]rune("街道"), classArea},
	{[]rune("小学"), classSite}, {[]rune("中学"), classSite}, {[]rune("学校"), classSite}, {[]rune("幼儿园"), classSite}, {[]rune("公园"), classSite},
	{[]rune("广场"), classSite}, {[]rune("医院"), classSite}, {[]rune("菜市"), classSite}, {[]rune("菜场"), classSite},
	{[]rune("大道"), classStreet}, {[]rune("胡同"), classStreet}, {[]rune("后街"), classStreet}, {[]rune("横街"), classStreet},
	{[]rune("苑"), classEstate}, {[]rune("园"), classEstate}, {[]rune("庭"), classEstate}, {[]rune("府"), classEstate}, {[]rune("湾"), classEstate}, {[]rune("城"), classEstate},
	{[]rune("路"), classStreet}, {[]rune("街"), classStreet}, {[]rune("巷"), classStreet},
	{[]rune("村"), classArea}, {[]rune("镇"), classArea},
	{[]rune("里"), classEstate}, {[]rune("坊"), classEstate}, {[]rune("桥"), classSite}, {[]rune("院"), classEstate},
}

// notInNames are characters that stand before a name, not in it; where one occurs, the name
// begins after it.
var notInNames = setOf("的在是有我你他她它们了把到去从这那个跟与住每次给想请来对就都很还要被往回走过进出上下条该本某旧各整们各修建设办让为比等给用")

// notBefore are characters that make a short ending an ordinary word: 家里, 天桥, 医院, 家庭.
var notBefore = setOf("政商家屋车楼区院村巷心手夜城公邻哪这那梯道河水田街校园包店室房库厅眼场柜箱桶沟群天小大人医法学剧影住老作牌座")

// notNames are words that end like a name and are none.
var notNames = func() map[string]bool {
	out := map[string]bool{}
	for _, s := range []string{"马路", "道路", "公路", "一条路", "十字路", "半路", "铁路", "老街", "大街", "小巷", "隔壁小区",
		"老旧小区", "里小区", "儿童乐园", "儿童公园", "托育园", "没有路", "电路", "线路", "思路", "农贸市场", "乐园", "农村"} {
		out[s] = true
	}
	return out
}()

// factsOf reads the facts of a plain text and marks the runes that belong to them.
func factsOf(rs []rune, learned names) (facts, []bool) {
	var f facts
	mark := make([]bool, len(rs))
	for i := range rs {
		if end, name := endingAt(rs, i); name.name != "" {
			f.places = append(f.places, name)
			for k := i - 2; k < end; k++ {
				mark[k] = true
			}
		}
	}
	for i := 0; i < len(rs); i++ {
		if end, name := learned.find(rs, i); name != "" {
			f.places = append(f.places, place{className, name})
			for ; i < end; i++ {
				mark[i] = true
			}
			i--
		}
	}
	for i := 0; i < len(rs); {
		end, n := numberAt(rs, i)
		if n == 0 {
			i++
			continue
		}
		if to := f.number(rs, i, end); to > end {
			for k := i; k < to; k++ {
				mark[k] = true
			}
			end = to
		}
		i = max(end, i+1)
	}
	f.normalise()
	return f, mark
}

// endingAt tells whether the ending of a name begins at i, with two characters of the name
// before it.
func endingAt(rs []rune, i int) (int, place) {
	if i < 2 {
		return 0, place{}
	}
	for _, e := range endings {
		end := i + len(e.runes)
		if end > len(rs) || !slices.Equal(rs[i:end], e.runes) {
			continue
		}
		for _, r := range rs[i-2 : i] {
			if notInNames[r] || !unicode.Is(unicode.Han, r) {
				return 0, place{}
			}
		}
		if last := e.runes[0]; len(e.runes) == 1 && strings.ContainsRune("里坊桥院庭府城园村街", last) && notBefore[rs[i-1]] {
			return 0, place{}
		}
		name := string(rs[i-2 : end])
		if notNames[name] || notNames[string(rs[i-1:end])] {
			return 0, place{}
		}
		return end, place{e.class, name}
	}
	return 0, place{}
}

// number stores what a number counts and gives the end of its unit; i when it counts nothing
// that names a place.
func (f *facts) number(rs []rune, i, end int) int {
	value := trimZeros(string(rs[i:end]))
	rest := rs[end:]
	switch {
	case starts(rest, "栋"):
		f.buildings = append(f.buildings, value)
		return end + 1
	case starts(rest, "单元"):
		f.units = append(f.units, value)
		return end + 2
	case starts(rest, "期"):
		f.phases = append(f.phases, value)
		return end + 1
	case starts(rest, "号院"):
		f.houses = append(f.houses, value)
		return end + 2
	case starts(rest, "号") && !starts(rest, "号线"):
		f.houses = append(f.houses, value)
		return end + 1
	}
	return i
}

func starts(rs []rune, s string) bool {
	want := []rune(s)
	return len(rs) >= len(want) && slices.Equal(rs[:len(want)], want)
}

func trimZeros(s string) string {
	for len(s) > 1 && s[0] == '0' {
		s = s[1:]
	}
	return s
}

func (f *facts) normalise() {
	for _, list := range []*[]string{&f.buildings, &f.units, &f.houses, &f.phases} {
		slices.Sort(*list)
		*list = slices.Compact(*list)
	}
	slices.SortFunc(f.places, func(a, b place) int {
		if a.class != b.class {
			return int(a.class) - int(b.class)
		}
		if a.name < b.name {
			return -1
		}
		if a.name > b.name {
			return 1
		}
		return 0
	})
	f.places = slices.Compact(f.places)
}

// relation of what two texts say about one thing.
type relation int

const (
	unknown relation = iota // at least one says nothing
	agree
	differ
	unlike // both say something that cannot be compared
)

func relate(a, b []string) relation {
	if len(a) == 0 || len(b) == 0 {
		return unknown
	}
	for _, x := range a {
		if slices.Contains(b, x) {
			return agree
		}
	}
	return differ
}

// relatePlaces agrees on one common name; it differs where both name places of one class and
// none is common, and is unlike where both name places of different classes only.
func relatePlaces(a, b []place) (relation, string) {
	clash := unknown
	for _, x := range a {
		for _, y := range b {
			switch {
			case x == y:
				return agree, x.name
			case x.class == y.class && x.class != className:
				clash = differ
			case clash == unknown:
				clash = unlike
			}
		}
	}
	return clash, ""
}
