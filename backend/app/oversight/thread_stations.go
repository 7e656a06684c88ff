package oversight

import (
	"sort"
	"time"

	"linli/backend/domain/calendar"
	"linli/backend/domain/need"
	"linli/backend/domain/payment"
	"linli/backend/domain/project"
)

// stations derives the eight stations from what was gathered. A station that lies behind the
// furthest one that was reached and left no trace was not needed on this way.
func (t *Thread) stations() {
	n := t.need
	all := []Station{
		t.voiceStation(), t.deliberationStation(n), t.projectStation(), t.tenderStation(), t.awardStation(),
		t.deliveryStation(), t.acceptanceStation(), t.moneyStation(),
	}
	furthest := 0
	for i, s := range all {
		if s.From != nil {
			furthest = i
		}
	}
	over := n.Stage == need.StageClosed
	for i := range all {
		s := &all[i]
		switch {
		case s.State != "":
		case s.From == nil && (i < furthest || over):
			s.State = Passed
		case s.From == nil:
			s.State = Ahead
		case s.To != nil || over || i < furthest:
			s.State = Done
		default:
			s.State = Current
		}
	}
	waiting := !over
	for i := range all {
		waiting = waiting && all[i].State != Current
	}
	for i := range all {
		if waiting && all[i].State == Ahead { // nothing is going on: this is what comes next
			all[i].State, waiting = Current, false
		}
	}
	t.Stations = all
}

func (t *Thread) voiceStation() Station {
	s := Station{Key: StationVoices, From: &t.Need.OpenedAt}
	if t.Voices.First != nil && t.Voices.First.Before(t.Need.OpenedAt) {
		s.From = t.Voices.First
	}
	if t.Need.Stage != need.StageOpen && t.Need.Stage != need.StageReopened {
		s.State = Done
	}
	return s
}

func (t *Thread) deliberationStation(n *need.Need) Station {
	s := Station{Key: StationDeliberation}
	if t.Deliberation != nil {
		at := t.Deliberation.HeldOn.At(0, 0)
		s.From = &at
	}
	switch n.Stage {
	case need.StageOnAgenda, need.StageClassified, need.StageScreened:
		s.State = Current
		if s.From == nil {
			s.From = &n.StageAt
		}
	case need.StageDeliberated, need.StagePublicised:
		s.State = Current
	}
	if t.PublicUntil != nil && t.Deliberation != nil {
		at := t.PublicUntil.At(0, 0)
		s.Clocks = append(s.Clocks, t.clock("publicity", "", t.Deliberation.HeldOn, *t.PublicUntil, doneIf(s.State != Current, *t.PublicUntil), true))
		if s.State != Current {
			s.To = &at
		}
	}
	return s
}

func (t *Thread) projectStation() Station {
	s := Station{Key: StationProject}
	for _, p := range t.Projects {
		s.From = earlier(s.From, &p.ProposedAt)
		s.To = later(s.To, p.PlannedAt)
		if p.Status == project.Proposed || p.Status == project.Budgeted {
			s.To, s.State = nil, Current
		}
	}
	return s
}

func (t *Thread) tenderStation() Station {
	s := Station{Key: StationTender}
	for _, p := range t.Projects {
		for _, x := range p.Tenders {
			s.From = earlier(s.From, x.IntentionAt)
			s.From = earlier(s.From, x.IssuedAt)
			s.To = later(s.To, x.OpenedAt)
			if x.IntentionAt != nil && x.Urgent == "" && x.terms.IntentionDays > 0 {
				from := calendar.DateOf(*x.IntentionAt)
				s.Clocks = append(s.Clocks, t.clock("intention", x.Code, from, from.AddDate(0, 0, x.terms.IntentionDays), dateOf(x.IssuedAt), true))
			}
			if x.IssuedAt != nil && x.DeadlineAt != nil {
				from := calendar.DateOf(*x.IssuedAt)
				s.Clocks = append(s.Clocks, t.clock("response", x.Code, from, from.AddDate(0, 0, x.terms.ResponseDays), calendar.DateOf(*x.DeadlineAt), true))
			}
		}
	}
	return s
}

func (t *Thread) awardStation() Station {
	s := Station{Key: StationAward}
	for _, p := range t.Projects {
		for _, x := range p.Tenders {
			for _, l := range x.Lots {
				if x.OpenedAt != nil && opened[l.Status] {
					s.From = earlier(s.From, x.OpenedAt)
				}
				if l.Award == nil {
					continue
				}
				s.To = later(s.To, &l.Award.AnnouncedAt)
				if l.EvaluatedAt != nil && !l.AnnounceBy.IsZero() {
					s.Clocks = append(s.Clocks, t.clock("announce", x.Code, calendar.DateOf(*l.EvaluatedAt), l.AnnounceBy, calendar.DateOf(l.Award.AnnouncedAt), false))
				}
			}
		}
	}
	return s
}

func (t *Thread) deliveryStation() Station {
	s := Station{Key: StationDelivery}
	finished := true
	for _, p := range t.Projects {
		for _, c := range p.Contracts {
			s.From = earlier(s.From, c.SignedAt)
			s.To = later(s.To, c.CompletedAt)
			finished = finished && c.CompletedAt != nil
			if c.SignedAt != nil && !c.SignBy.IsZero() {
				s.Clocks = append(s.Clocks, t.clock("sign", c.Code, c.AwardNoticeOn, c.SignBy, calendar.DateOf(*c.SignedAt), false))
			}
		}
	}
	if !finished {
		s.To = nil
	}
	return s
}

func (t *Thread) acceptanceStation() Station {
	s := Station{Key: StationAcceptance}
	open := false
	for _, p := range t.Projects {
		for _, c := range p.Contracts {
			for _, m := range c.Milestones {
				s.From = earlier(s.From, m.SubmittedAt)
				decided := calendar.Date{}
				if m.Acceptance != nil {
					s.To = later(s.To, &m.Acceptance.DecidedAt)
					decided = calendar.DateOf(m.Acceptance.DecidedAt)
				}
				open = open || m.Acceptance == nil || m.Acceptance.PayableFen == 0
				if !m.InspectBy.IsZero() {
					s.Clocks = append(s.Clocks, t.clock("inspect", m.Title, m.DeliveredOn, m.InspectBy, decided, false))
				}
			}
		}
	}
	if open {
		s.To = nil
	}
	return s
}

func (t *Thread) moneyStation() Station {
	s := Station{Key: StationMoney}
	for _, p := range t.Projects {
		for _, c := range p.Contracts {
			for _, x := range c.Payments {
				s.From = earlier(s.From, &x.RequestedAt)
				if x.Status == payment.Paid || x.Status == payment.Reconciled {
					at := x.PaidOn.At(0, 0)
					s.To = later(s.To, &at)
				}
				from := calendar.DateOf(x.RequestedAt)
				s.Clocks = append(s.Clocks, t.clock("payment", x.Code, from, x.DueOn, x.PaidOn, false))
			}
		}
	}
	if t.Money.ContractFen > 0 && t.Money.PaidFen < t.Money.ContractFen && t.Need.Stage != need.StageClosed {
		s.To = nil
	}
	return s
}

// clock compares a period with its rule. A running clock is kept as long as it can be.
func (t *Thread) clock(key, subject string, from, due, done calendar.Date, atLeast bool) Clock {
	c := Clock{Key: key, Subject: subject, From: from, Due: due, Done: done, AtLeast: atLeast}
	today := calendar.DateOf(t.AsOf)
	switch {
	case atLeast:
		c.OK = done.IsZero() || !done.Before(due)
	case done.IsZero():
		c.OK = !today.After(due)
	default:
		c.OK = !done.After(due)
	}
	return c
}

func dateOf(at *time.Time) calendar.Date {
	if at == nil {
		return calendar.Date{}
	}
	return calendar.DateOf(*at)
}

func doneIf(done bool, on calendar.Date) calendar.Date {
	if !done {
		return calendar.Date{}
	}
	return on
}

func earlier(a, b *time.Time) *time.Time {
	if a == nil || (b != nil && b.Before(*a)) {
		return b
	}
	return a
}

func later(a, b *time.Time) *time.Time {
	if a == nil || (b != nil && b.After(*a)) {
		return b
	}
	return a
}

func sortedKeys(m map[int64]string) []int64 {
	out := make([]int64, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	sort.Slice(out, func(i, j int) bool { return out[i] < out[j] })
	return out
}
