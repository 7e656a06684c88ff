package community

import "strings"

// Endings that name the committee of a community rather than the community. Lists spell them
// in many ways, and some with slips; the longest comes first.
var (
	villageEndings   = []string{"村民委员会", "村委会"}
	committeeEndings = []string{"居民委员会", "居委筹委会", "筹委居委会", "居委会筹", "居委会会", "居委会", "筹委会", "居委", "委员会", "委会"}
	officeEndings    = []string{"街道办事处", "街道办", "办事处"}
)

// DisplayName turns a listed name into what people call the place: 宽巷子社区居委会 →
// 宽巷子社区, 红旗村民委员会 → 红旗村, 玉林街道办事处 → 玉林街道.
func DisplayName(level Level, listed string) string {
	name := strings.TrimSpace(listed)
	switch level {
	case LevelCommunity:
		return communityName(name)
	case LevelStreet:
		for _, e := range officeEndings {
			if rest, cut := strings.CutSuffix(name, e); cut && rest != "" {
				return strings.TrimSuffix(rest, "街道") + "街道"
			}
		}
	}
	return name
}

func communityName(name string) string {
	for _, e := range villageEndings {
		if rest, cut := strings.CutSuffix(name, e); cut && rest != "" {
			return ended(rest, "村")
		}
	}
	for _, e := range committeeEndings {
		if rest, cut := strings.CutSuffix(name, e); cut && rest != "" {
			return ended(rest, "社区")
		}
	}
	return name
}

func ended(name, kind string) string {
	if strings.HasSuffix(name, "村") || strings.HasSuffix(name, "社区") {
		return name
	}
	return name + kind
}

// BaseName is what stays when a place changes its rank: 郫县 and 郫都区 differ, but 新津县 and
// 新津区, 新市镇 and 新市街道, 龙王村 and 龙王社区 have one base each.
func BaseName(level Level, display string) string {
	endings := map[Level][]string{
		LevelCity: {"市"}, LevelDistrict: {"区", "县", "市"},
		LevelStreet: {"镇街道", "街街道", "街道", "镇", "乡"}, LevelCommunity: {"社区", "村"},
	}[level]
	for _, e := range endings {
		if rest, cut := strings.CutSuffix(display, e); cut && len([]rune(rest)) >= 1 {
			return rest
		}
	}
	return display
}

// alike tells whether one base name can be read inside the other in order, with at least two
// characters in common: 花照 and 花照壁, 西南交大 and 西南交通大学, 抚琴西北街 and 西北街.
func alike(a, b string) bool {
	x, y := []rune(a), []rune(b)
	if len(x) > len(y) {
		x, y = y, x
	}
	if len(x) < 2 {
		return false
	}
	i := 0
	for _, r := range y {
		if i < len(x) && x[i] == r {
			i++
		}
	}
	return i == len(x)
}

// common counts the characters two names share, to order suggestions.
func common(a, b string) int {
	n := 0
	for _, r := range a {
		if strings.ContainsRune(b, r) {
			n++
		}
	}
	return n
}
