package tender

import (
	"time"

	"linli/backend/domain/ident"
)

// The kinds of public notices (domain handbook §11).
const (
	NoticeIntention   = "intention"   // 意向
	NoticeTender      = "tender"      // 采购
	NoticeCorrection  = "correction"  // 更正
	NoticeResult      = "result"      // 结果
	NoticeTermination = "termination" // 终止
)

// Announcement is a public notice as it was published. Its text is kept: a later change of the
// tender is another notice.
type Announcement struct {
	ID          ident.NoticeID
	Kind        string
	TenderID    ident.TenderID
	ProjectID   ident.ProjectID
	PlaceID     ident.PlaceID
	BuyerID     ident.PartyID
	Code        string
	Title       string
	Facts       []Fact
	PublishedAt time.Time
}

// Fact is one line of a notice. Type says how Value is shown: "text", "fen", "time", "date",
// "points" or "word" (a code with words in both languages). Group gathers the lines of one lot.
type Fact struct {
	Group string
	Key   string
	Type  string
	Value string
}
