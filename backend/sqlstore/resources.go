package sqlstore

import (
	"github.com/uptrace/bun"

	"linli/backend/domain/resource"
)

func newResources(db bun.IDB) resource.Repository { return nil }
