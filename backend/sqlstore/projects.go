package sqlstore

import (
	"github.com/uptrace/bun"

	"linli/backend/domain/project"
)

func newProjects(db bun.IDB) project.Repository { return nil }
