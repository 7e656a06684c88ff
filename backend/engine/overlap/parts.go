package overlap

import "strings"

// parts of one service that are rightly paid by different departments: rooms, posts and
// equipment of one meal point are no duplicate of the meals. A text without such words pays the
// service itself.
var parts = [][]string{
	{"装修", "场地改造", "修缮", "用房", "改造工程", "建设工程"},
	{"岗位补贴", "人员工资", "聘用人员", "人员经费", "薪酬"},
	{"设备采购", "器材购置", "设备购置", "器材采购", "设施采购"},
}

func partOf(text string) (bits uint) {
	for i, list := range parts {
		for _, w := range list {
			if strings.Contains(text, w) {
				bits |= 1 << i
				break
			}
		}
	}
	if bits == 0 {
		return 1 << len(parts)
	}
	return bits
}
