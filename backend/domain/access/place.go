package access

// What may be done about places. Lists are applied by the platform's administrator; what
// became of a community is settled by those who know it: its workers and the street above.
const (
	PlaceImport Permission = "place.import"
	PlaceRehome Permission = "place.rehome"
	PlaceCount  Permission = "place.count" // households and population of a community
)

var placeGrants = []Grant{
	{PlaceImport, []Role{PlatformAdmin}, Anywhere},
	{PlaceRehome, []Role{PlatformAdmin}, Anywhere},
	{PlaceRehome, []Role{CommunityWorker, BuyerMaker}, InScope},
	{PlaceCount, []Role{CommunityWorker}, InScope},
}
