package access

var oversightGrants = []Grant{}
