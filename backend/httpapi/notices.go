package httpapi

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"linli/backend/app/notices"
	"linli/backend/domain/access"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/notice"
)

type wordsView struct {
	ZH string `json:"zh"`
	EN string `json:"en"`
}

type noticeView struct {
	ID       string    `json:"id"`
	Seq      int64     `json:"seq" doc:"Number of the event."`
	Kind     string    `json:"kind" example:"need.adopted"`
	Relation string    `json:"relation" enum:"mine,duties,followed,area" doc:"Why I am told."`
	Text     wordsView `json:"text"`
	Link     string    `json:"link" doc:"Path in the web app."`
	At       time.Time `json:"at"`
	Read     bool      `json:"read"`
}

type inboxIn struct {
	Cursor string `query:"cursor" maxLength:"20"`
	Limit  int    `query:"limit" minimum:"1" maximum:"100" default:"20"`
	Unread bool   `query:"unread"`
}

type inboxOut struct {
	Body struct {
		Items      []noticeView `json:"items"`
		NextCursor string       `json:"nextCursor"`
		Unread     int          `json:"unread"`
	}
}

type readIn struct {
	Body struct {
		ID   string `json:"id,omitempty" maxLength:"36" doc:"One notice; empty: all up to upTo."`
		UpTo int64  `json:"upTo,omitempty" minimum:"0" doc:"Number of the newest event that was on screen."`
	}
}

type countOut struct {
	Body struct {
		Count int64 `json:"count"`
	}
}

// readCursor reads a sequence number; fault request.malformed.
func readCursor(text string) (int64, error) {
	if text == "" {
		return 0, nil
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < 1 {
		return 0, fault.Malformed("request.malformed", "cursor is not ours")
	}
	return n, nil
}

func writeCursor(n int64) string {
	if n == 0 {
		return ""
	}
	return strconv.FormatInt(n, 10)
}

func registerNotices(s *Server, svc *notices.Service) {
	register(s, Op{
		Method: http.MethodGet, Path: "/inbox", ID: "listNotices", Permission: access.SignedIn, Tag: "notices",
		Summary: "What I was told, newest first",
	}, func(ctx context.Context, in *inboxIn) (*inboxOut, error) { return inbox(ctx, svc, in) })
	register(s, Op{
		Method: http.MethodPost, Path: "/inbox/read", ID: "markNoticesRead", Permission: access.SignedIn, Tag: "notices",
		Summary: "Mark one notice, or all that were on screen, as read",
	}, func(ctx context.Context, in *readIn) (*countOut, error) {
		n, err := svc.MarkRead(ctx, actorOf(ctx), ident.NoticeID(in.Body.ID), in.Body.UpTo)
		if err != nil {
			return nil, err
		}
		out := &countOut{}
		out.Body.Count = n
		return out, nil
	})
	register(s, Op{
		Method: http.MethodGet, Path: "/inbox/unread", ID: "countUnreadNotices", Permission: access.SignedIn, Tag: "notices", Summary: "How many notices I have not read",
	}, func(ctx context.Context, _ *struct{}) (*countOut, error) {
		n, err := svc.Unread(ctx, actorOf(ctx))
		if err != nil {
			return nil, err
		}
		out := &countOut{}
		out.Body.Count = int64(n)
		return out, nil
	})
	registerNoticeSettings(s, svc)
	registerFollows(s, svc)
	registerAdminActs(s, svc)
}

func inbox(ctx context.Context, svc *notices.Service, in *inboxIn) (*inboxOut, error) {
	before, err := readCursor(in.Cursor)
	if err != nil {
		return nil, err
	}
	page, err := svc.Inbox(ctx, actorOf(ctx), in.Unread, before, in.Limit)
	if err != nil {
		return nil, err
	}
	unread, err := svc.Unread(ctx, actorOf(ctx))
	if err != nil {
		return nil, err
	}
	out := &inboxOut{}
	out.Body.Items, out.Body.NextCursor, out.Body.Unread = []noticeView{}, writeCursor(page.Next), unread
	for _, n := range page.Items {
		out.Body.Items = append(out.Body.Items, noticeView{
			ID: string(n.ID), Seq: n.EventSeq, Kind: n.EventKind, Relation: string(n.Relation), Text: wordsView(notice.Sentence(n.EventKind, n.Data)),
			Link: n.Link, At: n.CreatedAt, Read: n.ReadAt != nil,
		})
	}
	return out, nil
}

type preferenceView struct {
	Relation string `json:"relation" enum:"mine,duties,followed,area"`
	Channel  string `json:"channel" enum:"in_app,mail,digest"`
	Enabled  bool   `json:"enabled"`
}

type preferencesOut struct {
	Body struct {
		Items    []preferenceView `json:"items"`
		HasEmail bool             `json:"hasEmail" doc:"Whether mail can reach me."`
	}
}

type preferenceIn struct{ Body preferenceView }

func registerNoticeSettings(s *Server, svc *notices.Service) {
	register(s, Op{
		Method: http.MethodGet, Path: "/inbox/settings", ID: "readNoticeSettings", Permission: access.SignedIn, Tag: "notices", Summary: "How I am told of what",
	}, func(ctx context.Context, _ *struct{}) (*preferencesOut, error) {
		p, err := svc.Preferences(ctx, actorOf(ctx))
		if err != nil {
			return nil, err
		}
		out := &preferencesOut{}
		out.Body.Items, out.Body.HasEmail = []preferenceView{}, p.HasEmail
		for _, r := range notice.Relations {
			for _, c := range notice.Channels {
				out.Body.Items = append(out.Body.Items, preferenceView{string(r), string(c), p.Matrix[r][c]})
			}
		}
		return out, nil
	})
	register(s, Op{
		Method: http.MethodPut, Path: "/inbox/settings", ID: "setNoticeSetting", Permission: access.SignedIn, Tag: "notices",
		Summary: "Change how I am told of one thing", Faults: []string{"notice.preference_unknown"},
	}, func(ctx context.Context, in *preferenceIn) (*struct{}, error) {
		b := in.Body
		return nil, svc.SetPreference(ctx, actorOf(ctx), notice.Choice{Relation: notice.Relation(b.Relation), Channel: notice.Channel(b.Channel), Enabled: b.Enabled})
	})
}

type followIn struct {
	Kind string `path:"kind" enum:"need,project,tender,contract,fund,place"`
	ID   string `path:"id" maxLength:"36"`
}

type followView struct {
	Kind  string    `json:"kind"`
	ID    string    `json:"id"`
	Code  string    `json:"code"`
	Title string    `json:"title"`
	Since time.Time `json:"since"`
}

type followsOut struct {
	Body struct {
		Items []followView `json:"items"`
	}
}

func registerFollows(s *Server, svc *notices.Service) {
	register(s, Op{
		Method: http.MethodPut, Path: "/follows/{kind}/{id}", ID: "follow", Permission: access.SignedIn, Tag: "notices",
		Summary: "Hear of what happens to this", Faults: []string{"follow.unknown"},
	}, func(ctx context.Context, in *followIn) (*struct{}, error) {
		return nil, svc.Follow(ctx, actorOf(ctx), notice.Target{Kind: in.Kind, ID: in.ID})
	})
	register(s, Op{
		Method: http.MethodDelete, Path: "/follows/{kind}/{id}", ID: "unfollow", Permission: access.SignedIn, Tag: "notices", Summary: "Hear no more of this",
	}, func(ctx context.Context, in *followIn) (*struct{}, error) {
		return nil, svc.Unfollow(ctx, actorOf(ctx), notice.Target{Kind: in.Kind, ID: in.ID})
	})
	register(s, Op{
		Method: http.MethodGet, Path: "/follows", ID: "listFollows", Permission: access.SignedIn, Tag: "notices", Summary: "What I follow, newest first",
	}, func(ctx context.Context, _ *struct{}) (*followsOut, error) {
		list, err := svc.Follows(ctx, actorOf(ctx))
		if err != nil {
			return nil, err
		}
		out := &followsOut{}
		out.Body.Items = []followView{}
		for _, f := range list {
			out.Body.Items = append(out.Body.Items, followView{f.ObjectKind, f.ObjectID, f.Code, f.Title, f.Since})
		}
		return out, nil
	})
}

type actView struct {
	Seq     int64     `json:"seq" doc:"Number of the audit record."`
	At      time.Time `json:"at"`
	ActorID string    `json:"actorId"`
	Role    string    `json:"role"`
	Action  string    `json:"action" example:"membership.grant"`
	Kind    string    `json:"kind"`
	ID      string    `json:"id"`
	Reason  string    `json:"reason"`
}

type actsIn struct {
	Cursor string `query:"cursor" maxLength:"20"`
	Limit  int    `query:"limit" minimum:"1" maximum:"100" default:"20"`
}

type actsOut struct {
	Body struct {
		Items      []actView `json:"items"`
		NextCursor string    `json:"nextCursor"`
	}
}

func registerAdminActs(s *Server, svc *notices.Service) {
	register(s, Op{
		Method: http.MethodGet, Path: "/admin-acts", ID: "listAdminActs", Permission: access.AdminActsRead, Tag: "people",
		Summary: "What administrators did: all for the audit administrator, their own for the others",
	}, func(ctx context.Context, in *actsIn) (*actsOut, error) {
		before, err := readCursor(in.Cursor)
		if err != nil {
			return nil, err
		}
		page, err := svc.AdminActs(ctx, actorOf(ctx), before, in.Limit)
		if err != nil {
			return nil, err
		}
		out := &actsOut{}
		out.Body.Items, out.Body.NextCursor = []actView{}, writeCursor(page.Next)
		for _, a := range page.Items {
			out.Body.Items = append(out.Body.Items, actView{
				Seq: a.Seq, At: a.At, ActorID: string(a.ActorID), Role: a.Role, Action: a.Action, Kind: a.Kind, ID: a.ID, Reason: a.Reason,
			})
		}
		return out, nil
	})
}
