package access

var contractGrants = []Grant{}
