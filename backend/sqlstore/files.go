package sqlstore

import (
	"github.com/uptrace/bun"

	"linli/backend/domain/file"
)

func newFiles(db bun.IDB) file.Repository { return nil }
