package access

var fundGrants = []Grant{}
