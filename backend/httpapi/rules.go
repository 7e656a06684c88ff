package httpapi

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"linli/backend/app/accounts"
	"linli/backend/domain/access"
	"linli/backend/domain/calendar"
	"linli/backend/domain/fault"
)

type ruleView struct {
	ID           string            `json:"id" example:"CONSULTATION_RESPONSE_DAYS"`
	Jurisdiction string            `json:"jurisdiction"`
	From         string            `json:"from" format:"date"`
	Until        string            `json:"until" doc:"Last day in force; empty while open."`
	Applies      map[string]string `json:"applies"`
	Params       map[string]string `json:"params" doc:"Exact text of each parameter."`
	Unit         string            `json:"unit" example:"working_days"`
	Title        string            `json:"title"`
	TitleEN      string            `json:"titleEn"`
	Source       string            `json:"source"`
	Local        bool              `json:"local" doc:"A typical setting that the installation must confirm."`
}

type rulesIn struct {
	Date string `query:"date" maxLength:"10" doc:"Day the rules are asked for; empty: today by the business clock." example:"2026-03-02"`
}

type rulesOut struct {
	Body struct {
		Date         string     `json:"date" format:"date"`
		Jurisdiction string     `json:"jurisdiction"`
		Version      string     `json:"version" doc:"Stored with every decision these rules were used for."`
		Items        []ruleView `json:"items"`
	}
}

type calendarIn struct {
	Year int `query:"year" minimum:"0" maximum:"9999" doc:"0: this year by the business clock."`
}

type calendarOut struct {
	Body struct {
		Year    int      `json:"year"`
		Source  string   `json:"source"`
		Off     []string `json:"off" doc:"Announced days off."`
		Working []string `json:"working" doc:"Weekend days that are worked instead."`
		Years   []int    `json:"years" doc:"Years that are loaded."`
	}
}

// registerRules adds the rulebook and the calendar in force, open to everyone.
func registerRules(s *Server) {
	register(s, Op{
		Method: http.MethodGet, Path: "/rules", ID: "listRules", Permission: access.Public, Tag: "platform",
		Summary: "The rules in force on a day, each with its source",
	}, func(ctx context.Context, in *rulesIn) (*rulesOut, error) {
		day := calendar.DateOf(receivedAt(ctx))
		if in.Date != "" {
			var err error
			if day, err = calendar.ParseDate(in.Date); err != nil {
				return nil, err
			}
		}
		rules := s.app.Rules.At(s.app.Settings.Jurisdiction, day)
		out := &rulesOut{}
		out.Body.Date, out.Body.Jurisdiction, out.Body.Version, out.Body.Items = day.String(), s.app.Settings.Jurisdiction, rules.Version, []ruleView{}
		for _, e := range rules.All() {
			v := ruleView{
				ID: e.ID, Jurisdiction: e.Jurisdiction, From: e.From.String(), Applies: map[string]string{}, Params: map[string]string{},
				Unit: e.Unit, Title: e.Title, TitleEN: e.TitleEN, Source: e.Source, Local: e.Local,
			}
			if !e.Until.IsZero() {
				v.Until = e.Until.String()
			}
			for k, x := range e.Applies {
				v.Applies[k] = x
			}
			for k, x := range e.Params {
				v.Params[k] = string(x)
			}
			out.Body.Items = append(out.Body.Items, v)
		}
		return out, nil
	})
	register(s, Op{
		Method: http.MethodGet, Path: "/calendar", ID: "readCalendar", Permission: access.Public, Tag: "platform",
		Summary: "The official calendar of a year: days off and worked weekends", Faults: []string{"calendar.year_missing"},
	}, func(ctx context.Context, in *calendarIn) (*calendarOut, error) { return s.yearOf(ctx, in.Year) })
}

func (s *Server) yearOf(ctx context.Context, year int) (*calendarOut, error) {
	if year == 0 {
		year = calendar.DateOf(receivedAt(ctx)).Year
	}
	out := &calendarOut{}
	out.Body.Off, out.Body.Working, out.Body.Years = []string{}, []string{}, []int{}
	for _, y := range s.app.Calendar.Years() {
		out.Body.Years = append(out.Body.Years, y.Year)
		if y.Year != year {
			continue
		}
		out.Body.Year, out.Body.Source = y.Year, y.Source
		for _, d := range y.Off {
			out.Body.Off = append(out.Body.Off, d.String())
		}
		for _, d := range y.Working {
			out.Body.Working = append(out.Body.Working, d.String())
		}
	}
	if out.Body.Year == 0 {
		return nil, fault.NotFound("calendar.year_missing", "year not loaded").With("year", strconv.Itoa(year))
	}
	return out, nil
}

type clockOut struct {
	Body struct {
		Now           time.Time `json:"now" doc:"The business clock."`
		Demonstration bool      `json:"demonstration"`
	}
}

type advanceIn struct {
	WriteHeader
	Body struct {
		Minutes int64 `json:"minutes" minimum:"1" maximum:"576000" doc:"How far to move the clock forward."`
	}
}

// registerClock adds the business clock and, in a demonstration, the way to move it.
func registerClock(s *Server, svc *accounts.Service) {
	register(s, Op{
		Method: http.MethodGet, Path: "/clock", ID: "readClock", Permission: access.Public, Tag: "platform", Summary: "The business clock",
	}, func(ctx context.Context, _ *struct{}) (*clockOut, error) { return s.clock(receivedAt(ctx)), nil })
	register(s, Op{
		Method: http.MethodPost, Path: "/clock/advance", ID: "advanceClock", Permission: access.ClockAdvance, Tag: "platform",
		Summary: "Move the business clock of a demonstration forward, for every process", Faults: []string{"clock.production_refuses", "clock.backwards", "clock.too_far"},
	}, func(ctx context.Context, in *advanceIn) (*clockOut, error) {
		now, err := svc.AdvanceClock(ctx, actorOf(ctx), accounts.Advance{By: time.Duration(in.Body.Minutes) * time.Minute, Key: in.IdempotencyKey})
		if err != nil {
			return nil, err
		}
		return s.clock(now), nil
	})
}

func (s *Server) clock(now time.Time) *clockOut {
	out := &clockOut{}
	out.Body.Now, out.Body.Demonstration = now.UTC(), s.config.Demonstration
	return out
}
