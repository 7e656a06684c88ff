package httpapi

import (
	"context"
	"net/http"
	"time"

	"linli/backend/domain/access"
)

type siteOut struct {
	Body struct {
		Demonstration bool      `json:"demonstration" doc:"People and organisations are invented."`
		Jurisdiction  string    `json:"jurisdiction" example:"CN-510100"`
		Version       string    `json:"version"`
		TileURL       string    `json:"tileUrl,omitempty" doc:"Template of map tiles; absent when the map has no background." example:"https://tiles.example/{z}/{x}/{y}.png"`
		Now           time.Time `json:"now" doc:"The business clock. A demonstration may have moved it; compare with the Date header."`
	}
}

// registerSite adds what the web app must know of the installation before anything else.
func registerSite(s *Server) {
	register(s, Op{
		Method: http.MethodGet, Path: "/site", ID: "getSite", Permission: access.Public,
		Tag: "platform", Summary: "What this installation says about itself: demonstration or not, and its business clock",
	}, func(ctx context.Context, _ *struct{}) (*siteOut, error) {
		out := &siteOut{}
		out.Body.Demonstration = s.config.Demonstration
		out.Body.Jurisdiction = s.app.Settings.Jurisdiction
		out.Body.Version = s.config.Version
		out.Body.TileURL = s.config.TileURL
		out.Body.Now = receivedAt(ctx).UTC()
		return out, nil
	})
}
