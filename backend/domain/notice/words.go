package notice

import "strings"

// Words are one phrase in both languages.
type Words struct{ ZH, EN string }

// Sentence tells an event in both languages. Special kinds have sentences of their own;
// others are put together from what the object is called, its code and title, and the
// verb. An event nobody foresaw still reads as a sentence.
func Sentence(kind string, data map[string]string) Words {
	if s, ok := special[kind]; ok {
		return Words{fill(s.ZH, data), fill(s.EN, data)}
	}
	object, verb, _ := strings.Cut(kind, ".")
	what, ok := objects[object]
	if !ok {
		what = Words{"事项", "Matter"}
	}
	did, ok := verbs[Base(verb)]
	if !ok {
		did = Words{"有新进展", "has news"}
	}
	code, title := data["code"], first(data, "title", "name", "fundName")
	zh, en := what.ZH, what.EN
	if code != "" {
		zh, en = zh+" "+code, en+" "+code
	}
	if title != "" {
		zh, en = zh+"「"+title+"」", en+" “"+title+"”"
	}
	if title == "" && code != "" {
		zh += " "
	}
	return Words{zh + did.ZH + reasonOf(data, "："), en + " " + did.EN + reasonOf(data, ": ")}
}

func reasonOf(data map[string]string, colon string) string {
	if r := data["reason"]; r != "" {
		return colon + r
	}
	return ""
}

func first(data map[string]string, keys ...string) string {
	for _, k := range keys {
		if data[k] != "" {
			return data[k]
		}
	}
	return ""
}

func fill(text string, data map[string]string) string {
	for k, v := range data {
		text = strings.ReplaceAll(text, "{{"+k+"}}", v)
	}
	return text
}

// irregular past forms, and those that the rules below would get wrong.
var irregular = map[string]string{
	"passed": "pass", "paid": "pay", "withdrawn": "withdraw", "taken": "take", "sent": "send", "put": "put", "gotten": "get",
	"published": "publish", "reopened": "reopen", "opened": "open", "gathered": "gather", "rendered": "render",
	"clarified": "clarify", "closed": "close", "resealed": "reseal", "objected": "object", "forwarded": "forward",
	"delivered": "deliver", "answered": "answer", "rescinded": "rescind", "awarded": "award", "budgeted": "budget",
	"held": "hold", "drawn": "draw", "made": "make", "granted": "grant", "granting": "grant",
}

// Base brings a verb of an event to the verb of the lifecycle: "published" and "publish"
// are one, "passed_on" is "pass_on".
func Base(verb string) string {
	head, rest, compound := strings.Cut(verb, "_")
	if b, ok := irregular[head]; ok {
		head = b
	} else {
		head = regular(head)
	}
	if compound {
		return head + "_" + rest
	}
	return head
}

func regular(past string) string {
	stem, ok := strings.CutSuffix(past, "ed")
	if !ok || len(stem) < 3 {
		return past
	}
	if strings.HasSuffix(stem, "i") {
		return stem[:len(stem)-1] + "y"
	}
	for _, candidate := range []string{stem, stem + "e"} {
		if _, known := verbs[candidate]; known {
			return candidate
		}
	}
	if n := len(stem); stem[n-1] == stem[n-2] {
		return stem[:n-1]
	}
	return stem
}

var special = map[string]Words{
	"session.token_reused": {"检测到登录凭证被重复使用（{{device}}），该登录已结束。如不是您本人操作，请修改密码。", "A sign-in key was used twice ({{device}}); that session was ended. If it was not you, change your password."},
	"password.changed":     {"您的密码已更改。如不是您本人操作，请立即找回密码并联系社区或管理员。", "Your password was changed. If it was not you, reset it at once and tell your community or administrator."},
	"membership.granted":   {"您在「{{party}}」有了新的身份。", "You have a new role in “{{party}}”."},
	"membership.ended":     {"您的一个身份已结束：{{reason}}", "One of your roles has ended: {{reason}}"},
}

var objects = map[string]Words{
	"voice": {"诉求", "Voice"}, "need": {"需求", "Need"}, "project": {"项目", "Project"}, "budget_line": {"预算", "Budget line"},
	"tender": {"采购项目", "Tender"}, "lot": {"采购包", "Lot"}, "bid": {"响应文件", "Bid"}, "committee": {"评审委员会", "Committee"},
	"scoresheet": {"评分表", "Scoresheet"}, "evaluation": {"评审", "Evaluation"}, "award": {"成交结果", "Award"}, "contract": {"合同", "Contract"}, "supplement": {"补充合同", "Supplement"},
	"milestone": {"里程碑", "Milestone"}, "acceptance": {"履约验收", "Acceptance"}, "payment": {"支付", "Payment"}, "invoice": {"发票", "Invoice"},
	"journal": {"记账凭证", "Journal"}, "fund": {"社区基金", "Community fund"}, "pledge": {"认捐承诺", "Pledge"}, "donation": {"捐赠", "Donation"},
	"card_donation": {"在线捐赠", "Card donation"}, "grant": {"资助", "Grant"}, "challenge": {"质疑投诉", "Challenge"}, "organization": {"机构", "Organisation"},
	"matching": {"供需匹配", "Matching"}, "opening": {"开启", "Opening"},
	"service": {"服务", "Service"}, "resource": {"资源", "Resource"}, "party": {"机构", "Organisation"}, "person": {"个人账号", "Account"},
	"membership": {"身份", "Role"}, "invitation": {"邀请", "Invitation"}, "place": {"社区", "Community"}, "rehoming": {"归属调整", "Re-homing"},
}

var verbs = map[string]Words{
	"submit": {"已提交", "was submitted"}, "resubmit": {"已重新提交", "was submitted again"}, "gather": {"已归入需求", "was gathered into a need"},
	"return": {"被退回，请补充", "was returned for more detail"}, "pass_on": {"已转办", "was passed on"}, "take_back": {"已收回", "was taken back"},
	"detach": {"已从需求中移出", "was taken out of its need"}, "withdraw": {"已撤回", "was withdrawn"}, "support": {"又有邻居附议", "has one more supporter"},
	"put_on_agenda": {"进入议事", "is on the agenda"}, "take_off_agenda": {"退出议事", "is off the agenda"}, "classify": {"已分类", "was classified"},
	"screen": {"已过负面清单", "passed the negative list"}, "deliberate": {"已议决", "was deliberated"}, "publicise": {"开始公示", "is open for comment"},
	"adopt": {"已采纳", "was adopted"}, "link": {"已立项", "became part of a project"}, "deliver": {"服务已完成，请确认", "was delivered; please confirm"},
	"confirm": {"已确认", "was confirmed"}, "reopen": {"已重启", "was reopened"}, "close": {"已办结", "was closed"}, "merge": {"已与相近需求合并", "was merged with a similar one"},
	"object": {"收到异议", "met an objection"}, "decide": {"已作出决定", "was decided"}, "answer": {"已答复", "was answered"}, "create": {"已建立", "was created"},
	"propose": {"已提出", "was proposed"}, "budget": {"预算已落实", "has its budget"}, "plan": {"实施计划已备案", "has a filed plan"}, "source": {"开始采购", "is being procured"},
	"start": {"已开始", "has started"}, "suspend": {"已暂停", "was suspended"}, "resume": {"已恢复", "was resumed"}, "terminate": {"已终止", "was terminated"},
	"archive": {"已归档", "was archived"}, "evaluate": {"已评价", "was evaluated"}, "draft": {"开始编制", "is being drafted"}, "review": {"已审查", "was reviewed"},
	"publish": {"已公告", "was published"}, "open": {"已开启", "was opened"}, "clarify": {"有更正公告", "was corrected"}, "seal": {"已加密提交", "was sealed and handed in"},
	"replace": {"已替换", "was replaced"}, "refuse_late": {"因超过截止时间未被接收", "came after the deadline and was refused"}, "unseal": {"已开启", "was opened"},
	"nominate": {"已推荐候选", "has its candidates"}, "announce": {"结果已公告", "has its result announced"}, "award": {"已确定成交", "was awarded"}, "fail": {"已废标", "failed"},
	"cancel": {"已终止", "was cancelled"}, "sign": {"已签订", "was signed"}, "sign_supplier": {"供应商已签字", "was signed by the supplier"}, "file": {"已备案", "was filed"},
	"complete": {"已完成", "was completed"}, "rescind": {"已撤销", "was rescinded"}, "inspect": {"正在验收", "is being inspected"}, "accept": {"已通过", "was accepted"},
	"accept_partly": {"部分通过", "was accepted in part"}, "reject": {"未通过", "was rejected"}, "rework": {"需整改", "needs rework"}, "settle": {"已结清", "was settled"},
	"request": {"已申请", "was requested"}, "verify_invoice": {"发票已核验", "has a checked invoice"}, "approve": {"已审批", "was approved"}, "send_back": {"已退回修改", "was sent back"},
	"instruct": {"已发出支付指令", "was instructed"}, "pay": {"已支付", "was paid"}, "confirm_paid": {"已支付", "was paid"}, "reconcile": {"已对账", "was reconciled"},
	"bounce": {"被银行退回", "was returned by the bank"}, "dispute": {"有争议", "is disputed"}, "resolve": {"争议已解决", "is no longer disputed"}, "retry": {"已重新办理", "is tried again"},
	"revoke": {"已撤回", "was revoked"}, "receive": {"已收到", "was received"}, "offer": {"已提出", "was offered"}, "fulfil": {"已兑现", "was fulfilled"},
	"expire": {"已过期", "has expired"}, "refund": {"已退款", "was refunded"}, "grant": {"已拨付", "was granted"}, "report": {"已提交报告", "has a report"},
	"issue_receipt": {"已开具票据", "has a receipt"}, "activate": {"已启用", "is active"}, "freeze": {"已冻结", "was frozen"}, "unfreeze": {"已解冻", "is no longer frozen"},
	"dissolve": {"已清算", "was dissolved"}, "decline": {"已谢绝", "was declined"}, "deem": {"视为通过", "is deemed accepted"}, "change": {"有更新", "was changed"},
	"intend": {"已公开采购意向", "has its intention announced"}, "drafting_started": {"开始编制文件", "is being drafted"}, "sourcing_started": {"开始采购", "is being procured"},
	"check_qualification": {"已完成资格审查", "has its qualification checked"}, "check_conformity": {"已完成符合性审查", "has its conformity checked"},
	"open_prices": {"已开启报价", "has its prices opened"}, "invite_final": {"已邀请最后报价", "asks for final offers"}, "hold": {"已举行", "was held"},
	"record": {"已登记", "was recorded"}, "invite": {"已发出邀请", "sent invitations"}, "draw_up": {"已生成推荐", "was drawn up"}, "save": {"已保存", "was saved"},
	"establish": {"已设立", "was established"}, "contract": {"已签约", "is under contract"}, "amend": {"已修改", "was amended"}, "sign_by_supplier": {"供应商已签字", "was signed by the supplier"},
	"delivery_started": {"开始服务", "is being delivered"}, "start_delivery": {"开始服务", "is being delivered"}, "evidence_attached": {"已提交佐证材料", "has new evidence"},
	"inspection_started": {"开始验收", "is being inspected"}, "acceptance_published": {"验收结果已公布", "has its acceptance published"},
	"rework_started": {"开始整改", "is being reworked"}, "invoice_verified": {"发票已核验", "has a checked invoice"},
	"import": {"已导入", "were imported"}, "choose": {"已选定", "was chosen"}, "challenge": {"转为质疑", "became a challenge"}, "complain": {"转为投诉", "became a complaint"},
}
