package need

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"unicode/utf8"

	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
)

// Household is the salted hash of community, building and unit that a resident states: it
// counts a home once and tells nobody where it is.
type Household string

// maxAddressPart bounds building and unit: "滨河苑二期12栋" is nine characters.
const maxAddressPart = 30

// HouseholdOf hashes a home. Different ways to write one door give one household ("3栋" and
// "３号楼", "2单元501" and "2-501"). Fault need.household_invalid.
func HouseholdOf(salt string, community ident.PlaceID, building, unit string) (Household, error) {
	bad := fault.Invalid("need.household_invalid", "building and unit are needed to count the household")
	b, u := door(building), door(unit)
	if b == "" || utf8.RuneCountInString(building) > maxAddressPart {
		return "", bad.At("building", "required", "the building, such as 3栋")
	}
	if u == "" || utf8.RuneCountInString(unit) > maxAddressPart {
		return "", bad.At("unit", "required", "the flat, such as 2单元501")
	}
	if salt == "" || community == "" {
		return "", fault.Internal("household without salt or community", nil)
	}
	mac := hmac.New(sha256.New, []byte(salt))
	mac.Write([]byte(string(community) + "\n" + b + "\n" + u))
	return Household(hex.EncodeToString(mac.Sum(nil))), nil
}

// measures are the words between the numbers of an address.
var measures = strings.NewReplacer("号楼", "-", "单元", "-", "栋", "-", "幢", "-", "座", "-", "楼", "-", "层", "-", "号", "-", "室", "-", "户", "-", "#", "-", "—", "-", " ", "-")

// door normalises one part of an address: plain figures, one separator, no leading zeros.
func door(part string) string {
	plain := measures.Replace(strings.ToLower(string(fold([]rune(strings.TrimSpace(part))))))
	var out []string
	for _, p := range strings.Split(plain, "-") {
		if p = strings.TrimLeft(p, "0"); p != "" {
			out = append(out, p)
		}
	}
	return strings.Join(out, "-")
}
