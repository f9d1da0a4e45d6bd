package main

import "strings"

// What the network driver reads out of a refusal: it looks for pieces of text in all of it, in this order, and does not ask
// for status and code.

const (
	notItsAddress = "the card does not have the address"
	noCard        = "there can be no such card"
	subnetFull    = "the subnet is full"
	tooFast       = "too fast"
	gone          = "it is gone"
	notOfServer   = "the server does not have the address"
	cardFull      = "the card is full"
	serverFull    = "the card of the server is full"
	taken         = "the address is taken"
	routeThere    = "there is such a route"
	quotaUsed     = "a quota is used up"
	tableFull     = "the route table is full"
)

var meanings = []struct{ piece, meaning string }{
	{"PrivateIPNotExistException", notItsAddress},
	{"EniIdException", noCard},
	{"SubnetHasNoMoreIpException", subnetFull},
	{"RateLimit", tooFast},
	{"NoSuchObject", gone},
	{"is invalid", notOfServer},
	{"VmMemoryCanNotAttachMoreIpException", cardFull},
	{"ExceedLimitException", serverFull},
	{"BadRequest", serverFull},
	{"PrivateIpInUseException", taken},
	{"RouteRuleRepeated", routeThere},
	{"LimitExceeded", quotaUsed},
	{"RouteRuleExceedQuota", tableFull},
}

func meaning(err error) string {
	if err == nil {
		return "nothing was refused"
	}
	text := strings.ToLower(err.Error())
	for _, each := range meanings {
		if strings.Contains(text, strings.ToLower(each.piece)) {
			return each.meaning
		}
	}
	return "unknown: " + err.Error()
}
