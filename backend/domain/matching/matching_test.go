package matching

import (
	"testing"
	"time"

	"linli/backend/domain/fault"
)

var now = time.Date(2026, 3, 2, 2, 0, 0, 0, time.UTC)

func TestBuiltIn_IsAValidSet(t *testing.T) {
	t.Parallel()
	if _, err := ProposeWeights(BuiltIn()); err != nil {
		t.Fatal(err)
	}
}

func TestWeights_AreProposedByOneAndApprovedByAnother(t *testing.T) {
	t.Parallel()
	in := BuiltIn()
	in.ProposedBy = "a"
	w, err := ProposeWeights(in)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Decide("approve", "合理", "a", now); !fault.Is(err, "weights.same_person") || w.Status != WeightsProposed {
		t.Errorf("own proposal: %v", err)
	}
	if err := w.Decide("approve", " ", "b", now); !fault.Is(err, "weights.reason_required") {
		t.Errorf("without a reason: %v", err)
	}
	if err := w.Decide("approve", "合理", "b", now); err != nil || w.Status != WeightsApproved || *w.DecidedAt != now {
		t.Errorf("approve: %v %+v", err, w)
	}
	for _, action := range WeightsMachine.Verbs() {
		if err := w.Decide(action, "再想", "b", now); !fault.Is(err, "weights.transition_refused") {
			t.Errorf("%s after approval: %v", action, err)
		}
	}
}

func TestWeights_MustMakeTenThousand(t *testing.T) {
	t.Parallel()
	w := BuiltIn()
	w.Values.Fit++
	if _, err := ProposeWeights(w); !fault.Is(err, "weights.sum") {
		t.Errorf("10,001 points: %v", err)
	}
	w.Values.Fit, w.Values.TrackShrink, w.Rationale = -1, 0, ""
	_, err := ProposeWeights(w)
	if f, ok := fault.As(err); !ok || f.Code != "weights.invalid" || len(f.Fields) != 3 {
		t.Errorf("three fields are wrong: %v", err)
	}
}

func TestChoice_NeedsAReasonAndARankedSupplier(t *testing.T) {
	t.Parallel()
	m := Matching{Lines: []Line{{OrganizationID: "o1"}}}
	for code, c := range map[string]Choice{
		"matching.choice_unknown":  {OrganizationID: "o1", Kind: "award", Reason: "最好"},
		"matching.reason_required": {OrganizationID: "o1", Kind: ChoiceInvite, Reason: " "},
		"matching.not_ranked":      {OrganizationID: "o2", Kind: ChoiceInvite, Reason: "近"},
	} {
		if err := m.Choose(c); !fault.Is(err, code) || len(m.Choices) != 0 {
			t.Errorf("%s: %v", code, err)
		}
	}
	for _, kind := range []ChoiceKind{ChoiceShortlist, ChoiceInvite} {
		if err := m.Choose(Choice{OrganizationID: "o1", Kind: kind, Reason: "近"}); err != nil {
			t.Fatal(err)
		}
	}
	if c, ok := m.Latest("o1"); !ok || c.Kind != ChoiceInvite {
		t.Errorf("latest = %+v", c)
	}
	if _, ok := m.Latest("o2"); ok {
		t.Error("a choice nobody made")
	}
	for len(m.Choices) < maxChoices {
		m.Choices = append(m.Choices, Choice{OrganizationID: "o1"})
	}
	if err := m.Choose(Choice{OrganizationID: "o1", Kind: ChoiceInvite, Reason: "近"}); !fault.Is(err, "matching.too_many") {
		t.Errorf("101st choice: %v", err)
	}
}

func TestTracks_FollowTheTypeTable(t *testing.T) {
	t.Parallel()
	for kind, want := range map[string]int{"GOV": 0, "PSI1": 2, "MASS": 2, "SSO": 3, "ENT": 3, "RES": 0} {
		if got := Tracks(kind); len(got) != want {
			t.Errorf("%s may be chosen on %v", kind, got)
		}
	}
}
