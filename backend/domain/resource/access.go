package resource

// AccessFact is one fact about how a place can be reached and used. Facts are judged against
// a person's needs by the reader, not summed up as "accessible".
type AccessFact struct {
	Code  AccessCode
	Value int // centimetres for widths and steps, counts for the rest, 1 for plain facts
}

// AccessCode names a fact.
type AccessCode string

// The facts, after Helsinki's six profiles: wheelchair, walking, sight, hearing, pram, car.
const (
	StepFree      AccessCode = "step_free"      // entrance without a step
	StepCM        AccessCode = "step_cm"        // highest step on the way, centimetres
	DoorCM        AccessCode = "door_cm"        // narrowest door, centimetres
	Lift          AccessCode = "lift"           // lift to every floor in use
	Toilet        AccessCode = "toilet"         // barrier-free toilet
	HearingLoop   AccessCode = "hearing_loop"   // induction loop
	TactilePath   AccessCode = "tactile_path"   // 盲道 to the door
	Parking       AccessCode = "parking"        // marked parking spaces, how many
	Nursing       AccessCode = "nursing"        // nursing room
	SignLanguage  AccessCode = "sign_language"  // somebody signs
	WheelchairFor AccessCode = "wheelchair_for" // wheelchairs to borrow, how many
)

// AccessCodes lists the facts in the order pages show them.
var AccessCodes = []AccessCode{StepFree, StepCM, DoorCM, Lift, Toilet, Parking, HearingLoop, TactilePath, SignLanguage, Nursing, WheelchairFor}

func checkAccess(f *form, path string, all []AccessFact) {
	seen := map[AccessCode]bool{}
	for i, a := range all {
		known := false
		for _, c := range AccessCodes {
			known = known || c == a.Code
		}
		f.that(known, path+at("", i, "code"), "unknown", "a known fact")
		f.that(!seen[a.Code], path+at("", i, "code"), "unique", "each fact once")
		f.that(a.Value >= 0 && a.Value <= 10_000, path+at("", i, "value"), "range", "0 to 10,000")
		seen[a.Code] = true
	}
}
