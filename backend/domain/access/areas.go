package access

// areas gathers the grants of every area; one file each.
var areas = [][]Grant{
	peopleGrants,
	placeGrants,
	resourceGrants,
	needGrants,
	projectGrants,
	tenderGrants,
	contractGrants,
	ledgerGrants,
	fundGrants,
	oversightGrants,
}
