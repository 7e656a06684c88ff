package access

var placeGrants = []Grant{}
