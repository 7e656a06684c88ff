package access

var ledgerGrants = []Grant{}
