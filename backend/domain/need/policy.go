package need

import (
	"linli/backend/domain/access"
	"linli/backend/domain/fault"
)

// proposers are the party kinds (domain handbook §2) that may propose through their agents.
var proposers = map[string]bool{"SA": true, "SSO": true, "FDN": true, "RC": true, "VC": true, "PSI2": true}

// MayPropose tells whether a body of this kind may propose needs: residents' bodies, social
// organisations and the fund's foundation may, in any community; enterprises may not
// (domain handbook §7, Track C). Fault need.enterprise_proposes.
func MayPropose(a access.Actor, kind string) error {
	agent := a.Role == access.SupplierAgent || a.Role == access.SupplierAdmin
	if !agent || proposers[kind] {
		return nil
	}
	return fault.Forbidden("need.enterprise_proposes", "a "+kind+" may not propose needs")
}

// Author tells whether the actor is whose words these are.
func (v *Voice) Author(a access.Actor) bool { return v.AuthorID != "" && v.AuthorID == a.PersonID }

// MayTouch guards what only the author may do with a voice; the worker who typed it for a
// nameless resident stands in for the author. Fault voice.not_author.
func (v *Voice) MayTouch(a access.Actor) error {
	if v.Author(a) || (v.AuthorID == "" && v.PostedBy == a.PersonID) {
		return nil
	}
	return fault.Forbidden("voice.not_author", "only the author may do this")
}

// MayRead tells who reads the unmasked words: the author, who typed them, and the workers
// and council members of the community.
func (v *Voice) MayRead(a access.Actor, placePath string) bool {
	if v.Author(a) || (v.PostedBy != "" && v.PostedBy == a.PersonID) {
		return true
	}
	return access.Allow(a, access.NeedInbox, access.Object{PlacePath: placePath}) == nil
}

// Seen tells whether the public may see that this voice exists: only after a community
// worker gathered it, because free text is looked at before it is public. What was public
// once stays reachable.
func (v *Voice) Seen() bool {
	return v.NeedID != "" && (v.Status == VoiceGathered || v.Status == VoiceWithdrawn)
}

// MayConfirm guards confirming and a resident's reopening: only who asked may say whether
// the need is met. Fault need.not_asker.
func MayConfirm(asked bool) error {
	if asked {
		return nil
	}
	return fault.Forbidden("need.not_asker", "only who raised or supported the need may say this")
}
