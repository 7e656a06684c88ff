package sqlstore

import (
	"context"

	"github.com/uptrace/bun"

	"linli/backend/domain/need"
)

type needCountRow struct {
	bun.BaseModel                 `bun:"table:need_count"`
	NeedID                        string `bun:",pk"`
	Households, Voices, Followers int64
}

func (s needs) Load(ctx context.Context, all []need.Need) error {
	rows := make([]needRow, len(all))
	counts := make([]needCountRow, len(all))
	words := make([]searchEntry, len(all))
	for i := range all {
		all[i].Version = 1
		r, err := toNeedRow(&all[i])
		if err != nil {
			return err
		}
		rows[i], counts[i] = *r, needCountRow{NeedID: r.ID}
		words[i] = searchEntry{r.ID, r.Code + "\n" + r.Title + "\n" + r.Summary}
	}
	if err := insertAll(ctx, s.db, rows, placeBatch); err != nil {
		return err
	}
	if err := insertAll(ctx, s.db, counts, placeBatch); err != nil {
		return err
	}
	return searchNeed.putAll(ctx, s.db, words)
}
