package e2e

import (
	"strings"
	"time"
)

func (j *journey) speakAndAdopt() {
	found := anyone(j.t, j.base).must("GET", "/place-search?q=致强", nil)
	j.place = text(found, "items.0.id")
	resident, staff := j.as("resident.zhiqiang"), j.as("community.zhiqiang")
	const words = "背街的路灯一直不亮，想请人夜里巡逻，联系我 13812345678。"
	shown := resident.must("POST", "/voices/preview", body{"placeId": j.place, "words": words})
	if strings.Contains(text(shown, "public"), "13812345678") {
		j.t.Fatal("a phone number would be public")
	}
	made := resident.must("POST", "/voices", body{
		"placeId": j.place, "category": "safety.crime", "words": words, "public": text(shown, "public"), "where": "青龙街背街",
		"affected": 200, "building": "3", "unit": "1-2", "urgency": "normal",
	})
	staff.must("POST", "/places/"+j.place+"/count", body{"kind": "households", "asOf": "2026-09-20", "value": 6, "source": "登记底册"})
	n := staff.must("POST", "/needs", body{
		"voices":   []any{body{"id": text(made, "voice.id"), "version": number(made, "voice.version")}},
		"category": "safety.crime", "title": "背街夜间巡逻", "summary": "路灯不亮，居民希望有人夜间巡逻。", "beneficiaries": 200, "estimateFen": 6_000_000, "urgency": "normal",
	})
	j.need = text(n, "id")
	path := "/needs/" + j.need
	j.as("resident").refused("access.forbidden", "POST", path+"/put_on_agenda", body{}, "If-Match", `"1"`)
	j.act("community.zhiqiang", path, "put_on_agenda", nil)
	j.act("community.zhiqiang", path, "classify", body{"route": "gov", "reason": "属于平安社区建设的公共服务"})
	list := anyone(j.t, j.base).must("GET", "/needs/exclusions?route=gov", nil)
	var answers []any
	for _, x := range items(list) {
		answers = append(answers, body{"code": text(x, "code"), "applies": false})
	}
	j.act("community.zhiqiang", path, "screen", body{"answers": answers})
	j.act("council.zhiqiang", path, "deliberate", body{"heldOn": "2026-09-21", "members": 21, "present": 17, "yes": 16, "no": 0, "abstain": 1, "recused": 0, "minutes": "同意"})
	j.act("community.zhiqiang", path, "publicise", body{"days": 5})
	j.goTo(time.September, 29, 9, 0)
	j.act("community.zhiqiang", path, "adopt", nil)
}
