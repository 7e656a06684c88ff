package access

var tenderGrants = []Grant{}
