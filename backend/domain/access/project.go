package access

var projectGrants = []Grant{}
