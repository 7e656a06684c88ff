package sqlstore

import (
	"context"
	"strconv"
	"strings"

	"github.com/uptrace/bun"
	bundialect "github.com/uptrace/bun/dialect"

	"linli/backend/domain/bigram"
)

// searchIndex is one full-text index, named after what it holds: searchNeed is table
// search_need. A repository puts the words of an object in when it saves it,
//
//	err := searchNeed.put(ctx, db, string(n.ID), n.Title, n.Text)
//
// and narrows a list with
//
//	q = searchNeed.filter(q, "need.id", question) // keeps the caller's order
//
// A question without anything to search for does not narrow. Words are found as they stand,
// in any order, all of them; see package bigram.
type searchIndex string

// The indexes; their tables are made by migrations 0210 and 0310.
const (
	searchPlace        searchIndex = "search_place"
	searchNeed         searchIndex = "search_need"
	searchOrganization searchIndex = "search_organization"
	searchProject      searchIndex = "search_project"
	searchService      searchIndex = "search_service"
	searchResource     searchIndex = "search_resource"
)

// searchEntry is the text of one object.
type searchEntry struct{ id, text string }

// searchBatch bounds one statement.
const searchBatch = 500

func onPostgresDB(db bun.IDB) bool { return db.Dialect().Name() == bundialect.PG }

// put indexes one object, replacing what it had.
func (x searchIndex) put(ctx context.Context, db bun.IDB, id string, texts ...string) error {
	return x.putAll(ctx, db, []searchEntry{{id, strings.Join(texts, "\n")}})
}

// putAll indexes many objects, in batches.
func (x searchIndex) putAll(ctx context.Context, db bun.IDB, entries []searchEntry) error {
	for len(entries) > 0 {
		n := min(len(entries), searchBatch)
		var err error
		if onPostgresDB(db) {
			err = x.putPostgres(ctx, db, entries[:n])
		} else {
			err = x.putSQLite(ctx, db, entries[:n])
		}
		if err != nil {
			return err
		}
		entries = entries[n:]
	}
	return nil
}

func (x searchIndex) putPostgres(ctx context.Context, db bun.IDB, entries []searchEntry) error {
	values := make([]string, len(entries))
	args := []any{bun.Ident(x)}
	for i, e := range entries {
		values[i] = "(?, ?::tsvector)"
		args = append(args, e.id, vector(bigram.Tokens(e.text)))
	}
	_, err := db.NewRaw("INSERT INTO ? (id, words) VALUES "+strings.Join(values, ", ")+
		" ON CONFLICT (id) DO UPDATE SET words = excluded.words", args...).Exec(ctx)
	return fail(err)
}

// vector writes tokens with their positions as a tsvector literal. Tokens hold letters and
// digits only, so nothing in them needs escaping.
func vector(tokens []string) string {
	const lastPosition = 16_383 // of a tsvector
	var b strings.Builder
	for i, t := range tokens {
		if i >= lastPosition {
			break
		}
		b.WriteString("'" + t + "':" + strconv.Itoa(i+1) + " ")
	}
	return b.String()
}

func (x searchIndex) putSQLite(ctx context.Context, db bun.IDB, entries []searchEntry) error {
	keys := bun.Ident(string(x) + "_key")
	ids := make([]string, len(entries))
	values := make([]string, len(entries))
	args := []any{keys}
	for i, e := range entries {
		ids[i], values[i] = e.id, "(?)"
		args = append(args, e.id)
	}
	if _, err := db.NewRaw("INSERT INTO ? (id) VALUES "+strings.Join(values, ", ")+" ON CONFLICT (id) DO NOTHING", args...).Exec(ctx); err != nil {
		return fail(err)
	}
	var rows []struct {
		Seq int64
		ID  string
	}
	if err := db.NewRaw("SELECT seq, id FROM ? WHERE id IN (?)", keys, bun.List(ids)).Scan(ctx, &rows); err != nil {
		return fail(err)
	}
	seq := make(map[string]int64, len(rows))
	for _, r := range rows {
		seq[r.ID] = r.Seq
	}
	args = []any{bun.Ident(x)}
	for i, e := range entries {
		values[i] = "(?, ?)"
		args = append(args, seq[e.id], strings.Join(bigram.Tokens(e.text), " "))
	}
	_, err := db.NewRaw("INSERT OR REPLACE INTO ? (rowid, words) VALUES "+strings.Join(values, ", "), args...).Exec(ctx)
	return fail(err)
}

// filter keeps the rows whose object matches; the order is the caller's.
func (x searchIndex) filter(q *bun.SelectQuery, idColumn, question string) *bun.SelectQuery {
	phrases := bigram.Parse(question)
	switch {
	case len(phrases) == 0:
		return q
	case onPostgresDB(q.DB()):
		// The array is made first: with a join PostgreSQL may walk the whole list in the order
		// asked for, looking for a rare word in each row.
		return q.Where("? = ANY (ARRAY (SELECT id FROM ? WHERE words @@ ?::tsquery))", bun.Ident(idColumn), bun.Ident(x), tsquery(phrases))
	default:
		return q.Where("? IN (SELECT k.id FROM ? AS f JOIN ? AS k ON k.seq = f.rowid WHERE f.words MATCH ?)",
			bun.Ident(idColumn), bun.Ident(x), bun.Ident(string(x)+"_key"), ftsQuery(phrases))
	}
}

func ftsQuery(phrases []bigram.Phrase) string {
	parts := make([]string, len(phrases))
	for i, p := range phrases {
		parts[i] = `"` + strings.Join(p.Tokens, " ") + `"`
		if p.Prefix {
			parts[i] += " *"
		}
	}
	return strings.Join(parts, " AND ")
}

func tsquery(phrases []bigram.Phrase) string {
	parts := make([]string, len(phrases))
	for i, p := range phrases {
		words := make([]string, len(p.Tokens))
		for j, t := range p.Tokens {
			words[j] = "'" + t + "'"
		}
		parts[i] = "(" + strings.Join(words, " <-> ") + ")"
		if p.Prefix {
			parts[i] = words[0] + ":*"
		}
	}
	return strings.Join(parts, " & ")
}
