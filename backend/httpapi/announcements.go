package httpapi

import (
	"context"
	"net/http"
	"strings"

	"linli/backend/app/procurement"
	"linli/backend/domain/access"
	"linli/backend/domain/ident"
	"linli/backend/domain/tender"
)

type announcementsIn struct {
	PageQuery
	Kind      string `query:"kind" enum:"intention,tender,correction,result,termination" doc:"意向, 采购, 更正, 结果, 终止."`
	TenderID  string `query:"tenderId" maxLength:"36"`
	ProjectID string `query:"projectId" maxLength:"36"`
	Q         string `query:"q" maxLength:"100" doc:"Part of the title or the code."`
}

type announcementsOut struct {
	Body struct {
		Items      []NoticeLine `json:"items"`
		NextCursor string       `json:"nextCursor"`
	}
}

// FactView is one line of a notice; type says how its value is shown.
type FactView struct {
	Group string `json:"group,omitempty"`
	Key   string `json:"key"`
	Type  string `json:"type" enum:"text,fen,time,date,points,months,word"`
	Value string `json:"value"`
}

// AnnouncementView is a public notice as it was published.
type AnnouncementView struct {
	NoticeLine
	BuyerName string     `json:"buyerName"`
	PlaceName string     `json:"placeName"`
	Facts     []FactView `json:"facts"`
}

type announcementOut struct {
	Body AnnouncementView
}

func registerAnnouncements(s *Server, svc *procurement.Service) {
	register(s, Op{
		Method: http.MethodGet, Path: "/announcements", ID: "listAnnouncements", Permission: access.Public, Tag: "announcements",
		Summary: "Public notices of purchases, newest first",
	}, func(ctx context.Context, in *announcementsIn) (*announcementsOut, error) {
		if err := clean(in.Q, in.Cursor); err != nil {
			return nil, err
		}
		all, err := svc.Announcements(ctx, actorOf(ctx), tender.NoticeFilter{
			Kind: in.Kind, TenderID: ident.TenderID(in.TenderID), ProjectID: ident.ProjectID(in.ProjectID), Query: strings.TrimSpace(in.Q), Before: in.Cursor, Limit: in.Limit + 1,
		})
		if err != nil {
			return nil, err
		}
		out := &announcementsOut{}
		out.Body.Items = []NoticeLine{}
		for i, a := range all {
			if i == in.Limit {
				out.Body.NextCursor = string(all[i-1].ID)
				break
			}
			out.Body.Items = append(out.Body.Items, toNoticeLine(a))
		}
		return out, nil
	})
	register(s, Op{
		Method: http.MethodGet, Path: "/announcements/{id}", ID: "readAnnouncement", Permission: access.Public, Tag: "announcements",
		Summary: "One public notice as it was published",
	}, func(ctx context.Context, in *TenderPath) (*announcementOut, error) {
		n, err := svc.Announcement(ctx, actorOf(ctx), ident.NoticeID(in.ID))
		if err != nil {
			return nil, err
		}
		out := &announcementOut{Body: AnnouncementView{NoticeLine: toNoticeLine(n.Announcement), BuyerName: n.BuyerName, PlaceName: n.PlaceName, Facts: []FactView{}}}
		for _, f := range n.Announcement.Facts {
			out.Body.Facts = append(out.Body.Facts, FactView(f))
		}
		return out, nil
	})
}
