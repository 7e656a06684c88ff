package city

import "linli/backend/domain/taxonomy"

// wish is what people ask for in a category, and what is offered for it.
type wish struct {
	category taxonomy.Code
	service  string
	titles   []string
}

var wishes = []wish{
	{"parking.residents", "居民停车共享与管理", []string{"晚上回家找不到车位", "小区停车位太少，车停到了路上", "希望开放单位停车场给居民夜间用"}},
	{"parking.nonmotor", "电动自行车充电棚建设", []string{"电瓶车没有地方充电", "楼道里停电瓶车很危险", "单车棚坏了没人修"}},
	{"elderly.visit", "独居老人上门探访", []string{"独居老人没人看望", "楼上的婆婆摔倒了没人知道", "老伴走了，想有人说说话"}},
	{"elderly.meals", "社区老年食堂与送餐", []string{"老人中午吃饭不方便", "希望社区有老年食堂", "腿脚不好，想有人送餐"}},
	{"elderly.digital", "智能手机教学", []string{"不会用手机挂号", "想学视频通话", "健康码和缴费都不会弄"}},
	{"elderly.activity", "老年大学与合唱班", []string{"想办一个合唱班", "太极拳没有老师教", "老年人活动太少"}},
	{"children.after_school", "四点半课后托管", []string{"孩子放学没人接", "希望有课后托管班", "作业没人辅导"}},
	{"children.holiday", "寒暑假托管与夏令营", []string{"暑假孩子没人带", "希望社区办夏令营", "寒假托管太贵"}},
	{"children.reading", "社区书房与夜间自习室", []string{"没有安静的自习室", "图书室开放时间太短", "想要一个亲子阅读角"}},
	{"courtyard.lift", "老旧楼栋加装电梯协调", []string{"六楼老人下不了楼，想加装电梯", "加装电梯意见不统一", "电梯装了一半停工了"}},
	{"courtyard.pipes", "院落管网清掏与改造", []string{"下水道经常堵", "一下雨院子就返水", "水管老化，水压太低"}},
	{"courtyard.roof", "屋面防水与外墙维修", []string{"顶楼漏雨三年了", "外墙瓷砖掉下来砸到车", "雨棚坏了"}},
	{"environment.waste", "垃圾分类指导与清运", []string{"垃圾桶离家太远", "垃圾分类点太脏", "大件垃圾没人收"}},
	{"environment.green", "小微花园与微更新", []string{"花台荒了，想一起种花", "楼下空地可以做小花园", "树太密，屋里没有阳光"}},
	{"environment.cables", "线缆整治", []string{"电线像蜘蛛网一样", "网线垂下来挂到人", "废弃线缆没人拆"}},
	{"environment.noise", "噪声调解", []string{"广场舞声音太大", "烧烤摊油烟扰民", "楼下棋牌室半夜还在吵"}},
	{"safety.lighting", "院落照明改造", []string{"路灯坏了，晚上太黑", "巷子里没有灯", "地下车库照明不够"}},
	{"safety.fire", "消防隐患排查与培训", []string{"消防通道被占了", "楼道堆满了杂物", "灭火器过期了"}},
	{"safety.crime", "义务巡逻与治安联防", []string{"电瓶车电池被偷", "希望晚上有人巡逻", "单元门禁坏了"}},
	{"safety.mediation", "邻里矛盾调解", []string{"楼上漏水两家吵架", "停车位纠纷调解不了", "养鸡的事邻居吵起来"}},
	{"culture.festival", "邻里节与坝坝宴", []string{"想办一次邻里节", "新邻居互相不认识", "中秋想一起吃顿饭"}},
	{"culture.sport", "社区健身场地运营", []string{"篮球场晚上不开灯", "健身器材坏了", "孩子没地方踢球"}},
	{"health.screening", "社区义诊与体检", []string{"希望有医生来义诊", "老人量血压不方便", "想做一次骨密度检查"}},
	{"health.mental", "社区心理健康服务", []string{"孩子情绪不好想找人聊聊", "产后情绪低落", "退休后睡不着"}},
	{"disability.access", "无障碍改造", []string{"单元门口没有坡道", "轮椅进不了社区中心", "盲道被占了"}},
	{"employment.jobs", "家门口就业对接", []string{"想在家附近找份工作", "下岗后找不到工作", "宝妈想找零工"}},
	{"volunteering.neighbours", "邻里互助队", []string{"想帮忙却不知道找谁", "希望有人帮老人买菜", "想把旧衣服送给需要的人"}},
	{"governance.newcomers", "新居民融入服务", []string{"刚搬来，不知道去哪里办事", "租户也想参加活动", "外地孩子上学不知道怎么办"}},
}

var spots = []string{"三栋二单元", "东门", "西门外", "七号院", "中庭", "临街一侧", "菜市场旁", "学校对面", "老院子", "地铁口", "河边", "九栋后面"}
var details = []string{"已经反映过两次", "老人和孩子最不方便", "希望今年能解决", "大家愿意出一部分力", "下雨天更严重", "附近三个院落都一样", "晚上八点以后最明显", "可以先试一个院子"}
var surnames = []string{"王", "李", "张", "刘", "陈", "杨", "黄", "周", "吴", "徐", "何", "罗", "唐", "曾"}
var givenNames = []string{"建国", "秀英", "小川", "蓉", "志强", "雪梅", "明远", "桂芳", "思齐", "晓东", "国华", "丽娟"}
