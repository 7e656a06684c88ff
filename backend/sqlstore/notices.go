package sqlstore

import (
	"github.com/uptrace/bun"

	"linli/backend/domain/notice"
)

func newNotices(db bun.IDB) notice.Repository { return nil }
