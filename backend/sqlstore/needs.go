package sqlstore

import (
	"github.com/uptrace/bun"

	"linli/backend/domain/need"
)

func newNeeds(db bun.IDB) need.Repository { return nil }
