package access

var resourceGrants = []Grant{}
