package demo

import (
	"fmt"

	"linli/backend/domain/resource"
	"linli/backend/domain/taxonomy"
)

// room is a venue or volunteer hours that a community, or an organisation, lends.
type room struct {
	login, at string
	kind      resource.ItemKind
	facts     resource.ItemFacts
}

var rooms = []room{
	{"community", "和美社区", resource.Venue, resource.ItemFacts{
		Title: "和美邻里活动室", TitleEN: "Hemei neighbours' room", Description: "综合体一楼，有投影、音响和四十把椅子；周末优先给孩子。",
		Categories: []taxonomy.Code{"culture.arts", "children.after_school"}, Address: "和美社区综合体一楼", Persons: 40, AreaSqm: 85,
		Week: []resource.Slot{{Weekday: 2, From: "14:00", Until: "20:30"}, {Weekday: 6, From: "09:00", Until: "17:30"}}, Booking: "提前一天到前台登记",
	}},
	{"community", "和美社区", resource.Volunteer, resource.ItemFacts{
		Title: "四点半课堂志愿陪读", TitleEN: "Reading company after school", Description: "陪孩子写作业、读书，先参加一小时培训。",
		Categories: []taxonomy.Code{"children.after_school"}, Wanted: 6, Skills: []string{"耐心", "普通话"},
		Week: []resource.Slot{{Weekday: 1, From: "16:00", Until: "18:00"}, {Weekday: 3, From: "16:00", Until: "18:00"}},
	}},
	{"community.nijiaqiao", "倪家桥社区", resource.Venue, resource.ItemFacts{
		Title: "倪家桥社区剧场", TitleEN: "Nijiaqiao community theatre", Description: "一百二十座小剧场，有灯光和化妆间，公益活动免费。",
		Categories: []taxonomy.Code{"culture.arts", "culture.festival"}, Address: "倪家桥路", Persons: 120, AreaSqm: 260, HourFen: 80_00,
		Week: []resource.Slot{{Weekday: 5, From: "13:00", Until: "21:00"}, {Weekday: 6, From: "09:00", Until: "21:00"}, {Weekday: 7, From: "09:00", Until: "21:00"}},
	}},
	{"supplier.5", "宽巷子社区", resource.Volunteer, resource.ItemFacts{
		Title: "花园养护日", TitleEN: "Garden care day", Description: "每月给社区花园浇水、除草、修枝，工具自备手套即可。",
		Categories: []taxonomy.Code{"environment.green"}, Wanted: 10, Skills: []string{"园艺"},
		Week: []resource.Slot{{Weekday: 6, From: "09:00", Until: "11:30"}},
	}},
}

// tellRooms offers the venues and volunteer hours of the cast.
func tellRooms(t *teller) error {
	for _, r := range rooms {
		r.facts.PlaceID = t.place(r.at).ID
		i, err := t.Services.Resources.DraftItem(t.ctx, t.as(r.login), t.key(), r.kind, r.facts)
		if err != nil {
			return fmt.Errorf("%s: %w", r.facts.Title, err)
		}
		if _, err := t.Services.Resources.FireItem(t.ctx, t.as(r.login), t.key(), i.ID, i.Version, "offer", ""); err != nil {
			return fmt.Errorf("%s: %w", r.facts.Title, err)
		}
	}
	return nil
}
