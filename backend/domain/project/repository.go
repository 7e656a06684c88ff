package project

import (
	"context"

	"linli/backend/domain/ident"
	"linli/backend/domain/money"
)

// Repository stores projects and budget lines. Loading faults record.not_found; Insert
// record.duplicate; Save record.stale.
type Repository interface {
	Project(ctx context.Context, id ident.ProjectID) (*Project, error)
	ProjectByCode(ctx context.Context, code string) (*Project, error)
	InsertProject(ctx context.Context, p *Project) error
	SaveProject(ctx context.Context, p *Project) error
	Projects(ctx context.Context, q Query) ([]Project, error)
	// ProjectsOfNeed lists the live projects that answer a need, oldest first.
	ProjectsOfNeed(ctx context.Context, n ident.NeedID) ([]Project, error)
	// Bundleable lists adopted needs inside a place that no live project but one has taken up,
	// those that waited longest first.
	Bundleable(ctx context.Context, placePath string, but ident.ProjectID, limit int) ([]Bundleable, error)

	Line(ctx context.Context, id ident.BudgetLineID) (*Line, error)
	InsertLine(ctx context.Context, l *Line) error
	SaveLine(ctx context.Context, l *Line) error
	Lines(ctx context.Context, q LineQuery) ([]Line, error)
	// Buyers lists the active bodies inside a place that may hold budget lines, by id.
	Buyers(ctx context.Context, placePath string, limit int) ([]Buyer, error)
	// LockLine makes this transaction the only one that may take from the line until it ends.
	LockLine(ctx context.Context, id ident.BudgetLineID) error
	// Held sums what live projects hold of each line; lines nobody holds are absent.
	Held(ctx context.Context, lines []ident.BudgetLineID) (map[ident.BudgetLineID]money.Fen, error)
	// YearsPurchases lists the purchases of a buyer's planned and later live projects that take
	// from lines of a fiscal year, without one project.
	YearsPurchases(ctx context.Context, buyer ident.PartyID, fiscalYear int, without ident.ProjectID) ([]Purchase, error)
}

// Query selects projects, newest first. Empty fields select everything; Categories is the
// list that matches; PlacePath is the path of a place, whose inside is meant.
type Query struct {
	PartyID    ident.PartyID
	PlacePath  string
	Status     []string
	Categories []string
	NeedID     ident.NeedID
	Text       string // part of the title or the code
	After      string // code of the last one seen
	Limit      int
}

// LineQuery selects budget lines by year (newest first), buyer and the buyer's place.
type LineQuery struct {
	PartyID    ident.PartyID
	PlacePath  string
	FiscalYear int
	After      ident.BudgetLineID
	Limit      int
}

// Buyer is a body that may hold budget lines.
type Buyer struct {
	ID        ident.PartyID
	Name      string
	PlaceName string
}

// Bundleable is an adopted need that waits for a project.
type Bundleable struct {
	ID            ident.NeedID
	Code          string
	Title         string
	Category      string
	PlaceName     string
	EstimateFen   money.Fen // 0 when nobody estimated
	Beneficiaries int
	Households    int
}
