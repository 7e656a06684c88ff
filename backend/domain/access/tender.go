package access

// Permissions of purchasing: tender, bid, opening, evaluation, remedies.
const (
	TenderDraft     Permission = "tender.draft"     // intention, documents
	TenderReview    Permission = "tender.review"    // another person checks the documents
	TenderPublish   Permission = "tender.publish"   // the buyer's approver
	TenderClarify   Permission = "tender.clarify"   // corrections, answers to inquiries
	TenderStop      Permission = "tender.stop"      // suspend, resume, fail, cancel
	TenderClock     Permission = "tender.clock"     // what only the clock decides: open, close
	TenderOpen      Permission = "tender.open"      // named opening officers
	TenderCheck     Permission = "tender.check"     // qualification, committee, rounds
	TenderConfirm   Permission = "tender.confirm"   // the buyer confirms and announces
	TenderRead      Permission = "tender.read"      // cases not yet public
	TenderContract  Permission = "tender.contract"  // moves the lot with its contract
	OfficerEnrol    Permission = "officer.enrol"    // make an opening key
	BidSubmit       Permission = "bid.submit"       // seal, replace, withdraw
	BidRead         Permission = "bid.read"         // one's own
	BidScore        Permission = "bid.score"        // committee members, what they were assigned
	ChallengeAsk    Permission = "challenge.ask"    // inquiry, challenge, complaint
	ChallengeAnswer Permission = "challenge.answer" // the buyer answers
	ChallengeDecide Permission = "challenge.decide" // the finance bureau decides a complaint
)

var tenderGrants = []Grant{
	{TenderDraft, []Role{BuyerMaker, Agency}, OwnParty},
	{TenderReview, []Role{BuyerMaker, BuyerApprover, Agency}, OwnParty},
	{TenderPublish, []Role{BuyerApprover}, OwnParty},
	{TenderClarify, []Role{BuyerMaker, BuyerApprover, Agency}, OwnParty},
	{TenderStop, []Role{BuyerApprover}, OwnParty},
	{TenderClock, []Role{BuyerMaker, BuyerApprover, Agency}, OwnParty},
	{TenderOpen, []Role{BuyerMaker, BuyerApprover, Agency}, OwnParty},
	{TenderCheck, []Role{BuyerMaker, Agency}, OwnParty},
	{TenderConfirm, []Role{BuyerApprover}, OwnParty},
	{TenderContract, []Role{BuyerMaker, BuyerApprover}, OwnParty},
	{TenderRead, []Role{BuyerMaker, BuyerApprover, Agency}, OwnParty},
	{TenderRead, []Role{FinanceOfficer, FinanceApprover}, InScope},
	{TenderRead, []Role{Auditor}, Anywhere},
	{OfficerEnrol, []Role{BuyerMaker, BuyerApprover, Agency}, OwnPerson},
	{BidSubmit, []Role{SupplierAgent, SupplierAdmin}, OwnParty},
	{BidRead, []Role{SupplierAgent, SupplierAdmin}, OwnParty},
	{BidScore, []Role{Expert, BuyerMaker}, OwnPerson},
	{ChallengeAsk, []Role{SupplierAgent, SupplierAdmin}, OwnParty},
	{ChallengeAnswer, []Role{BuyerMaker, BuyerApprover, Agency}, OwnParty},
	{ChallengeDecide, []Role{FinanceApprover}, InScope},
}
