package access

var needGrants = []Grant{}
