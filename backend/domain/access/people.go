package access

var peopleGrants = []Grant{}
