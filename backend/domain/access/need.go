package access

// What may be done with voices and needs (domain handbook §7: propose need; Track C acting).
const (
	NeedPost       Permission = "need.post"       // 提出诉求
	NeedAssist     Permission = "need.assist"     // 代为填写
	NeedSupport    Permission = "need.support"    // 我也需要
	NeedFollow     Permission = "need.follow"     // 关注
	NeedInbox      Permission = "need.inbox"      // 查看本社区诉求
	NeedGather     Permission = "need.gather"     // 归集、退回、转办
	NeedAgenda     Permission = "need.agenda"     // 列入议事
	NeedClassify   Permission = "need.classify"   // 分类
	NeedScreen     Permission = "need.screen"     // 负面清单核对
	NeedDeliberate Permission = "need.deliberate" // 议事会表决
	NeedPublicise  Permission = "need.publicise"  // 公示与采纳
	NeedDecide     Permission = "need.decide"     // 答复: 不可行、无资源、不予采纳
	NeedConfirm    Permission = "need.confirm"    // 提出人与附议人确认
	NeedReopen     Permission = "need.reopen"     // 重启
	NeedClose      Permission = "need.close"      // 办结
	NeedAdvance    Permission = "need.advance"    // 随项目推进 (projects and contracts)
	FileUpload     Permission = "file.upload"
	FileReadAny    Permission = "file.read_any"
)

var needGrants = []Grant{
	{NeedPost, []Role{Resident, Council, CommunityWorker}, InScope},
	{NeedPost, []Role{SupplierAgent, SupplierAdmin, FundManager}, Anywhere}, // enterprises are refused by need.MayPropose
	{NeedAssist, []Role{CommunityWorker}, InScope},
	{NeedSupport, []Role{Resident, Council}, InScope},
	{NeedFollow, Roles, Anywhere},
	{NeedInbox, []Role{CommunityWorker, Council}, InScope},
	{NeedGather, []Role{CommunityWorker}, InScope},
	{NeedAgenda, []Role{CommunityWorker, Council}, InScope},
	{NeedClassify, []Role{CommunityWorker}, InScope},
	{NeedScreen, []Role{CommunityWorker}, InScope},
	{NeedDeliberate, []Role{Council}, InScope},
	{NeedPublicise, []Role{CommunityWorker}, InScope},
	{NeedDecide, []Role{CommunityWorker}, InScope},
	{NeedConfirm, []Role{Resident, Council}, InScope},
	{NeedReopen, []Role{Resident, Council, CommunityWorker}, InScope},
	{NeedClose, []Role{CommunityWorker}, InScope},
	{NeedAdvance, []Role{BuyerMaker, BuyerApprover, CommunityWorker}, InScope},
	{FileUpload, Roles, Anywhere},
	{FileReadAny, []Role{Auditor}, Anywhere},
}
