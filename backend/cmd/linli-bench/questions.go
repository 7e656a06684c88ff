package main

import (
	"linli/backend/app/projects"
	"linli/backend/app/resources"
	"linli/backend/domain/access"
	"linli/backend/domain/community"
	"linli/backend/domain/need"
	"linli/backend/domain/project"
	"linli/backend/domain/resource"
	"linli/backend/domain/taxonomy"
)

// question is asked many times; run answers how many lines it found.
type question struct {
	name string
	run  func() (int, error)
}

// pageSize is what a page of the web app asks for.
const pageSize = 20

// The words that are looked for: one that many needs hold, and two that few hold together.
const (
	commonWord = "电梯"
	twoWords   = "漏雨 东门"
)

func (b *bench) community() community.Place { return b.communities[b.random.IntN(len(b.communities))] }

func (b *bench) category() taxonomy.Code {
	roots := taxonomy.Roots()
	return roots[b.random.IntN(len(roots))].Code
}

// lists are the questions of people who read.
func (b *bench) lists() []question {
	needs := func(q need.Query) (int, error) {
		q.Limit, q.Sort = pageSize, need.SortNewest
		p, err := b.s.Services.Needs.List(b.ctx, access.Actor{}, q)
		return len(p.Lines), err
	}
	directory := func(f resources.Filter) (int, error) {
		f.Limit = pageSize
		p, err := b.s.Services.Resources.Directory(b.ctx, f)
		return len(p.Items), err
	}
	projectList := func(q project.Query) (int, error) {
		q.Limit = pageSize
		p, err := b.s.Services.Projects.List(b.ctx, access.Actor{}, projects.Filter{Query: q})
		return len(p), err
	}
	return []question{
		{"places: search by name", func() (int, error) {
			p, err := b.s.Services.Places.Find(b.ctx, community.Query{Words: string([]rune(b.community().Name)[:2]), Limit: pageSize}, "")
			return len(p), err
		}},
		{"needs: newest 20", func() (int, error) { return needs(need.Query{}) }},
		{"needs: newest 20 of a category", func() (int, error) { return needs(need.Query{Categories: []string{string(b.category())}}) }},
		{"needs: newest 20 of a district", func() (int, error) { return needs(need.Query{PlacePath: upTo(b.community().Path, 2)}) }},
		{"needs: search, common word " + commonWord, func() (int, error) { return needs(need.Query{Words: commonWord}) }},
		{"needs: search, two words " + twoWords, func() (int, error) { return needs(need.Query{Words: twoWords}) }},
		{"needs: search, a community's name", func() (int, error) { return needs(need.Query{Words: b.community().Name}) }},
		{"needs: counts by stage, outcome and category", func() (int, error) {
			t, err := b.s.Services.Needs.Count(b.ctx, access.Actor{}, need.Query{PlacePath: upTo(b.community().Path, 2)})
			return len(t.Categories), err
		}},
		{"needs: the same counts for the whole city", func() (int, error) {
			t, err := b.s.Services.Needs.Count(b.ctx, access.Actor{}, need.Query{})
			return len(t.Categories), err
		}},
		{"directory: newest 20", func() (int, error) { return directory(resources.Filter{}) }},
		{"directory: category, serving a community", func() (int, error) {
			return directory(resources.Filter{Query: resource.Query{Categories: taxonomy.Expand(b.category())}, ServesPlace: b.community().ID})
		}},
		{"directory: search 养老", func() (int, error) { return directory(resources.Filter{Query: resource.Query{Words: "养老"}}) }},
		{"services: category, free, serving a community", func() (int, error) {
			p, err := b.s.Services.Resources.Services(b.ctx, access.Actor{}, resources.Filter{ServesPlace: b.community().ID,
				Query: resource.Query{Categories: taxonomy.Expand(b.category()), FreeIn: "*", Limit: pageSize}})
			return len(p.Items), err
		}},
		{"projects: newest 20", func() (int, error) { return projectList(project.Query{}) }},
		{"projects: search " + commonWord, func() (int, error) { return projectList(project.Query{Text: commonWord}) }},
	}
}

// references answer the same questions the plain way, in SQL alone: every need's text is
// looked through, and nobody asks what places and bodies are called.
func (b *bench) references() []question {
	read, _ := b.s.DB.Handles()
	scan := func(words ...string) (int, error) {
		where := ""
		for i, w := range words {
			if i > 0 {
				where += " AND "
			}
			where += "(title LIKE '%" + w + "%' OR summary LIKE '%" + w + "%')"
		}
		rows, err := read.QueryContext(b.ctx, "SELECT id FROM need WHERE "+where+" ORDER BY opened_at DESC, id DESC LIMIT 20") // #nosec G202 -- words of this file and of the register
		if err != nil {
			return 0, err
		}
		defer func() { _ = rows.Close() }()
		n := 0
		for rows.Next() {
			n++
		}
		return n, rows.Err()
	}
	return []question{
		{"reference: LIKE scan, common word " + commonWord, func() (int, error) { return scan(commonWord) }},
		{"reference: LIKE scan, two words " + twoWords, func() (int, error) { return scan("漏雨", "东门") }},
		{"reference: LIKE scan, a community's name", func() (int, error) { return scan(b.community().Name) }},
	}
}
