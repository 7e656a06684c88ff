package httpapi_test

import (
	"net/http"
	"strings"
	"testing"

	"linli/backend/domain/access"
	"linli/backend/testkit"
)

func TestMoneyFigures_AreOpenToEverybodyAndRefuseUnknownPlacesAndYears(t *testing.T) {
	t.Parallel()
	k := testkit.New(t)
	res, body := k.Call(access.Actor{}, http.MethodGet, "/api/v1/figures/money?placeId="+string(k.World.Community.ID), "")
	for _, part := range []string{`"version":"1"`, `"placeName":"和美社区"`, `"projects":[]`, `"year":2026`} {
		if res.StatusCode != http.StatusOK || !strings.Contains(body, part) {
			t.Errorf("%d without %s: %s", res.StatusCode, part, body)
		}
	}
	for path, want := range map[string]struct {
		status int
		code   string
	}{
		"/api/v1/figures/money?year=1999":       {http.StatusUnprocessableEntity, "figures.year_unknown"},
		"/api/v1/figures/money?placeId=nowhere": {http.StatusNotFound, ""},
		"/api/v1/figures/money.csv?placeId=gap": {http.StatusNotFound, ""},
	} {
		res, body := k.Call(access.Actor{}, http.MethodGet, path, "")
		if res.StatusCode != want.status || !strings.Contains(body, want.code) {
			t.Errorf("%s: %d %s", path, res.StatusCode, body)
		}
	}
}

func TestMoneyFigures_ExportEndsWithTheSumOfItsLines(t *testing.T) {
	t.Parallel()
	k := testkit.New(t)
	res, body := k.Call(access.Actor{}, http.MethodGet, "/api/v1/figures/money.csv", "")
	if res.Header.Get("Content-Type") != "text/csv; charset=utf-8" || !strings.Contains(res.Header.Get("Content-Disposition"), "2026.csv") {
		t.Errorf("headers %v", res.Header)
	}
	if !strings.Contains(body, "paid_yuan") || !strings.Contains(body, "total,,,0.00,0.00,0.00,0.00,0.00") {
		t.Errorf("body %q", body)
	}
}
