package httpapi

import (
	"context"
	"net/http"
	"strings"

	"linli/backend/app/contracts"
	"linli/backend/domain/access"
	"linli/backend/domain/calendar"
	"linli/backend/domain/contract"
	"linli/backend/domain/ident"
	"linli/backend/domain/money"
)

const contractTag = "contracts"

// contractsAPI holds what the operations of contracts share.
type contractsAPI struct{ svc *contracts.Service }

type contractListIn struct {
	PageQuery
	Status    []string `query:"status" maxItems:"10"`
	ProjectID string   `query:"projectId" maxLength:"36"`
	Mine      bool     `query:"mine" doc:"Also what is not public, of the caller's body or scope."`
	Search    string   `query:"q" maxLength:"100"`
}

type contractRow struct {
	ContractHead
	Milestones int `json:"milestones"`
	Settled    int `json:"settled" doc:"Milestones paid in full."`
}

type contractListOut struct {
	Body struct {
		Items      []contractRow `json:"items"`
		NextCursor string        `json:"nextCursor,omitempty"`
	}
}

type contractOut struct {
	ETag string `header:"ETag"`
	Body contractView
}

type moneyIDIn struct {
	ID string `path:"id" maxLength:"36"`
}

type draftContractIn struct {
	WriteHeader
	Body struct {
		AwardID string `json:"awardId" minLength:"1" maxLength:"36"`
	}
}

type fillContractIn struct {
	WriteHeader
	VersionHeader
	ID   string `path:"id" maxLength:"36"`
	Body struct {
		TermFrom       string              `json:"termFrom" maxLength:"10" format:"date"`
		TermUntil      string              `json:"termUntil" maxLength:"10" format:"date"`
		AcceptanceDays int                 `json:"acceptanceDays,omitempty" minimum:"0" maximum:"365" doc:"0: what the rulebook says."`
		PaymentDays    int                 `json:"paymentDays,omitempty" minimum:"0" maximum:"365" doc:"0: what the rulebook says."`
		DailyInterest  string              `json:"dailyInterest,omitempty" maxLength:"20" doc:"Empty: what the rulebook says." example:"0.0005"`
		Payee          payeeBody           `json:"payee"`
		Milestones     []milestonePlanBody `json:"milestones" maxItems:"60"`
	}
}

type signContractIn struct {
	WriteHeader
	VersionHeader
	ID   string `path:"id" maxLength:"36"`
	Body struct {
		TextHash string `json:"textHash" minLength:"64" maxLength:"64" doc:"Of the text that was shown."`
	}
}

type moveContractIn struct {
	WriteHeader
	VersionHeader
	ID   string `path:"id" maxLength:"36"`
	Body struct {
		Reason       string `json:"reason,omitempty" maxLength:"500" doc:"Public; required where the lifecycle says so."`
		FilingNumber string `json:"filingNumber,omitempty" maxLength:"64" doc:"Of the filing; required to file."`
	}
}

type payeeIn struct {
	WriteHeader
	VersionHeader
	ID   string `path:"id" maxLength:"36"`
	Body payeeBody
}

type decidePayeeIn struct {
	WriteHeader
	VersionHeader
	ID   string `path:"id" maxLength:"36"`
	Body struct {
		Confirm bool   `json:"confirm"`
		Reason  string `json:"reason,omitempty" maxLength:"500"`
	}
}

// contractMoves are the plain actions with their permission, in the order of the table.
var contractMoves = []string{"publish", "file", "start", "complete", "close", "suspend", "resume", "terminate", "rescind"}

func registerContracts(s *Server, svc *contracts.Service) {
	a := contractsAPI{svc}
	register(s, Op{
		Method: http.MethodGet, Path: "/contracts", ID: "listContracts", Permission: access.Public, Tag: contractTag,
		Summary: "Contracts, newest first; published ones for everybody",
	}, a.list)
	register(s, Op{
		Method: http.MethodGet, Path: "/contracts/{id}", ID: "getContract", Permission: access.Public, Tag: contractTag,
		Summary: "A contract with its milestones, acceptances and supplements", Faults: []string{"record.not_found"},
	}, a.get)
	register(s, Op{
		Method: http.MethodPost, Path: "/contracts", ID: "draftContract", Permission: access.ContractDraft, Tag: contractTag, Status: http.StatusCreated,
		Summary: "Make a contract from an announced award",
		Faults:  []string{"contract.award_not_announced", "contract.award_used", "contract.budget_short", "ledger.insufficient", "record.not_found"},
	}, a.draft)
	register(s, Op{
		Method: http.MethodPut, Path: "/contracts/{id}/terms", ID: "amendContract", Permission: access.ContractDraft, Tag: contractTag,
		Summary: "Write terms and milestones of a draft; they add up to the price",
		Faults:  []string{"contract.terms_invalid", "contract.milestone_sum", "contract.not_draft", "record.stale"},
	}, a.fill)
	register(s, Op{
		Method: http.MethodPost, Path: "/contracts/{id}/sign-as-supplier", ID: "signContractAsSupplier", Permission: access.ContractSignSupplier, Tag: contractTag,
		Summary: "The supplier signs first", Faults: signFaults,
	}, a.sign(svc.SignAsSupplier))
	register(s, Op{
		Method: http.MethodPost, Path: "/contracts/{id}/sign", ID: "signContract", Permission: access.ContractSign, Tag: contractTag,
		Summary: "The buyer signs and concludes the contract", Faults: append([]string{"contract.supplier_unsigned", "duty.incompatible"}, signFaults...),
	}, a.sign(svc.Sign))
	for _, action := range contractMoves {
		register(s, Op{
			Method: http.MethodPost, Path: "/contracts/{id}/" + action, ID: action + "Contract", Permission: contracts.PermissionOf(action), Tag: contractTag,
			Summary: "Contract: " + action,
			Faults: []string{
				"contract.transition_refused", "contract.reason_required", "contract.filing_number", "contract.not_begun", "contract.milestones_open",
				"contract.payments_open", "record.stale",
			},
		}, a.move(action))
	}
	register(s, Op{
		Method: http.MethodPost, Path: "/contracts/{id}/payee", ID: "askPayee", Permission: access.ContractPayee, Tag: contractTag,
		Summary: "Ask for payments to go to another account", Faults: []string{"contract.payee_pending", "contract.terms_invalid", "record.stale"},
	}, a.askPayee)
	register(s, Op{
		Method: http.MethodPost, Path: "/contracts/{id}/payee/decide", ID: "decidePayee", Permission: access.PayeeConfirm, Tag: contractTag,
		Summary: "Confirm or refuse a changed account, after the cooling period",
		Faults:  []string{"contract.payee_none", "contract.payee_cooling", "contract.payee_same_person", "contract.reason_required", "record.stale"},
	}, a.decidePayee)
	registerSupplements(s, a)
	registerMilestones(s, a)
}

var signFaults = []string{
	"contract.already_signed", "contract.text_changed", "contract.sign_late", "contract.not_filled", "challenge.pauses_signing",
	"contract.transition_refused", "record.stale",
}

func (a contractsAPI) list(ctx context.Context, in *contractListIn) (*contractListOut, error) {
	page, err := a.svc.List(ctx, actorOf(ctx), contracts.ListInput{
		Statuses: in.Status, ProjectID: ident.ProjectID(in.ProjectID), Mine: in.Mine, Search: in.Search, Cursor: ident.ContractID(in.Cursor), Limit: in.Limit,
	})
	if err != nil {
		return nil, err
	}
	out := &contractListOut{}
	out.Body.Items, out.Body.NextCursor = []contractRow{}, string(page.Next)
	for _, x := range page.Items {
		out.Body.Items = append(out.Body.Items, contractRow{ContractHead: toContractHead(x.Contract), Milestones: x.Milestones, Settled: x.Settled})
	}
	return out, nil
}

func (a contractsAPI) get(ctx context.Context, in *moneyIDIn) (*contractOut, error) {
	actor := actorOf(ctx)
	v, err := a.svc.Get(ctx, actor, ident.ContractID(in.ID))
	if err != nil {
		return nil, err
	}
	return &contractOut{ETag: etag(v.Contract.Version), Body: toContractView(v, actor)}, nil
}

func (a contractsAPI) draft(ctx context.Context, in *draftContractIn) (*changedOut, error) {
	return toDone(a.svc.Draft(ctx, actorOf(ctx), contracts.DraftInput{AwardID: ident.AwardID(in.Body.AwardID), Key: in.IdempotencyKey}))
}

func (a contractsAPI) fill(ctx context.Context, in *fillContractIn) (*changedOut, error) {
	change, err := contractChange(in.WriteHeader, in.VersionHeader)
	if err != nil {
		return nil, err
	}
	b := in.Body
	t := contract.Terms{
		AcceptanceDays: b.AcceptanceDays, PaymentDays: b.PaymentDays, DailyInterest: b.DailyInterest,
		Payee: contract.Payee{Holder: strings.TrimSpace(b.Payee.Holder), Bank: strings.TrimSpace(b.Payee.Bank), Number: b.Payee.Number},
	}
	text := []string{b.Payee.Holder, b.Payee.Bank, b.Payee.Number}
	if t.TermFrom, err = calendar.ParseDate(b.TermFrom); err != nil {
		return nil, err
	}
	if t.TermUntil, err = calendar.ParseDate(b.TermUntil); err != nil {
		return nil, err
	}
	for _, m := range b.Milestones {
		p, err := m.plan()
		if err != nil {
			return nil, err
		}
		text = append(text, textOfPlan(p)...)
		t.Milestones = append(t.Milestones, p)
	}
	if err := clean(text...); err != nil {
		return nil, err
	}
	return toDone(a.svc.Fill(ctx, actorOf(ctx), contracts.FillInput{ContractID: ident.ContractID(in.ID), Change: change, Terms: t}))
}

// textOfPlan lists the words of a plan, for the check of control characters.
func textOfPlan(p contract.Plan) []string {
	out := []string{p.Title}
	for _, it := range p.Items {
		out = append(out, it.Name, it.Unit)
	}
	return out
}

func contractChange(w WriteHeader, v VersionHeader) (contracts.Change, error) {
	version, err := v.Version()
	return contracts.Change{Version: version, Key: w.IdempotencyKey}, err
}

func (a contractsAPI) sign(fn func(context.Context, access.Actor, contracts.SignInput) (contracts.Done, error)) func(context.Context, *signContractIn) (*changedOut, error) {
	return func(ctx context.Context, in *signContractIn) (*changedOut, error) {
		change, err := contractChange(in.WriteHeader, in.VersionHeader)
		if err != nil {
			return nil, err
		}
		return toDone(fn(ctx, actorOf(ctx), contracts.SignInput{ContractID: ident.ContractID(in.ID), Change: change, TextHash: in.Body.TextHash}))
	}
}

func (a contractsAPI) move(action string) func(context.Context, *moveContractIn) (*changedOut, error) {
	return func(ctx context.Context, in *moveContractIn) (*changedOut, error) {
		change, err := contractChange(in.WriteHeader, in.VersionHeader)
		if err != nil {
			return nil, err
		}
		if err := clean(in.Body.Reason, in.Body.FilingNumber); err != nil {
			return nil, err
		}
		return toDone(a.svc.Move(ctx, actorOf(ctx), contracts.MoveInput{
			ContractID: ident.ContractID(in.ID), Change: change, Action: action, Reason: in.Body.Reason, FilingNumber: in.Body.FilingNumber,
		}))
	}
}

func (a contractsAPI) askPayee(ctx context.Context, in *payeeIn) (*changedOut, error) {
	change, err := contractChange(in.WriteHeader, in.VersionHeader)
	if err != nil {
		return nil, err
	}
	if err := clean(in.Body.Holder, in.Body.Bank, in.Body.Number); err != nil {
		return nil, err
	}
	return toDone(a.svc.AskPayee(ctx, actorOf(ctx), contracts.PayeeInput{
		ContractID: ident.ContractID(in.ID), Change: change,
		Payee: contract.Payee{Holder: strings.TrimSpace(in.Body.Holder), Bank: strings.TrimSpace(in.Body.Bank), Number: in.Body.Number},
	}))
}

func (a contractsAPI) decidePayee(ctx context.Context, in *decidePayeeIn) (*changedOut, error) {
	change, err := contractChange(in.WriteHeader, in.VersionHeader)
	if err != nil {
		return nil, err
	}
	if err := clean(in.Body.Reason); err != nil {
		return nil, err
	}
	return toDone(a.svc.DecidePayee(ctx, actorOf(ctx), contracts.PayeeDecision{
		ContractID: ident.ContractID(in.ID), Change: change, Confirm: in.Body.Confirm, Reason: in.Body.Reason,
	}))
}

type supplementIn struct {
	WriteHeader
	VersionHeader
	ID   string `path:"id" maxLength:"36"`
	Body struct {
		Kind        string             `json:"kind" enum:"more_of_the_same,longer_term"`
		Reason      string             `json:"reason" maxLength:"500"`
		AmountFen   int64              `json:"amountFen,omitempty" minimum:"0" maximum:"9007199254740991"`
		Milestone   *milestonePlanBody `json:"milestone,omitempty" doc:"The milestone that carries the amount."`
		TermUntil   string             `json:"termUntil,omitempty" maxLength:"10"`
		EffectiveOn string             `json:"effectiveOn" maxLength:"10" format:"date"`
	}
}

type supplementActIn struct {
	WriteHeader
	VersionHeader
	ID   string `path:"id" maxLength:"36"`
	Body struct {
		Reason string `json:"reason,omitempty" maxLength:"500"`
	}
}

func registerSupplements(s *Server, a contractsAPI) {
	register(s, Op{
		Method: http.MethodPost, Path: "/contracts/{id}/supplements", ID: "proposeSupplement", Permission: access.SupplementPropose, Tag: contractTag,
		Status: http.StatusCreated, Summary: "Propose a supplement; all together at most a tenth of the original amount",
		Faults: []string{"supplement.over_limit", "supplement.invalid", "supplement.contract_state", "record.stale"},
	}, a.propose)
	for _, x := range [][3]string{
		{"sign-as-supplier", "sign_supplier", "signSupplementAsSupplier"}, {"sign", "sign", "signSupplement"},
		{"withdraw", "withdraw", "withdrawSupplement"}, {"apply", "apply", "applySupplement"},
	} {
		path, action, id := x[0], x[1], x[2]
		register(s, Op{
			Method: http.MethodPost, Path: "/supplements/{id}/" + path, ID: id, Permission: contracts.SupplementPermission(action), Tag: contractTag,
			Summary: "Supplement: " + action,
			Faults: []string{
				"supplement.transition_refused", "supplement.supplier_unsigned", "supplement.already_signed", "supplement.same_signer", "supplement.not_yet",
				"supplement.reason_required", "contract.budget_short", "duty.incompatible", "record.stale",
			},
		}, a.actOnSupplement(action))
	}
}

func (a contractsAPI) propose(ctx context.Context, in *supplementIn) (*changedOut, error) {
	change, err := contractChange(in.WriteHeader, in.VersionHeader)
	if err != nil {
		return nil, err
	}
	b := in.Body
	if err := clean(b.Reason); err != nil {
		return nil, err
	}
	x := contracts.SupplementInput{ContractID: ident.ContractID(in.ID), Change: change, Kind: b.Kind, Reason: b.Reason, AmountFen: money.Fen(b.AmountFen)}
	if x.TermUntil, err = calendar.ParseDate(b.TermUntil); err != nil {
		return nil, err
	}
	if x.EffectiveOn, err = calendar.ParseDate(b.EffectiveOn); err != nil {
		return nil, err
	}
	if b.Milestone != nil {
		p, err := b.Milestone.plan()
		if err != nil {
			return nil, err
		}
		if err := clean(textOfPlan(p)...); err != nil {
			return nil, err
		}
		x.Milestone = &p
	}
	return toDone(a.svc.ProposeSupplement(ctx, actorOf(ctx), x))
}

func (a contractsAPI) actOnSupplement(action string) func(context.Context, *supplementActIn) (*changedOut, error) {
	return func(ctx context.Context, in *supplementActIn) (*changedOut, error) {
		change, err := contractChange(in.WriteHeader, in.VersionHeader)
		if err != nil {
			return nil, err
		}
		if err := clean(in.Body.Reason); err != nil {
			return nil, err
		}
		return toDone(a.svc.ActOnSupplement(ctx, actorOf(ctx), contracts.SupplementAct{
			SupplementID: ident.SupplementID(in.ID), Change: change, Action: action, Reason: in.Body.Reason,
		}))
	}
}
