package similar

import (
	"strings"
	"unicode"
)

// plain makes texts comparable that were typed differently: full-width and upper-case forms,
// traditional characters, spaces, 三栋 and 3号楼 for 3栋. Numbers of phones and identity
// cards are masked first, because they make strangers' texts alike and must not be shown.
func plain(text string) []rune {
	rs := make([]rune, 0, len(text)/2)
	for _, r := range text {
		if len(rs) == MaxRunes {
			break
		}
		if r >= '！' && r <= '～' {
			r -= 0xFEE0
		}
		if s, ok := simplified[r]; ok {
			r = s
		}
		if unicode.IsSpace(r) && r != '\n' {
			continue
		}
		rs = append(rs, unicode.ToLower(r))
	}
	return buildings(digits(mask(rs)))
}

// maskedDigits is the least length of a number that may name a person: phones have seven
// digits and more; amounts and house numbers have fewer.
const maskedDigits = 7

// Mask replaces every number of seven digits or more (spaces and dashes inside count as part
// of it) by stars: phone and identity card numbers are not shown in a list of pairs.
func Mask(text string) string { return string(mask([]rune(text))) }

func mask(rs []rune) []rune {
	out := make([]rune, 0, len(rs))
	for i := 0; i < len(rs); {
		end, n := numberAt(rs, i)
		if n >= maskedDigits {
			out = append(out, '*', '*', '*')
			i = end
			continue
		}
		if end == i {
			end = i + 1
		}
		out = append(out, rs[i:end]...)
		i = end
	}
	return out
}

// numberAt reads digits from i on, over single dashes; a last X belongs to an identity card.
func numberAt(rs []rune, i int) (end, n int) {
	end = i
	for k := i; k < len(rs); k++ {
		switch r := rs[k]; {
		case r >= '0' && r <= '9' || r >= '０' && r <= '９':
			n++
			end = k + 1
		case (r == 'x' || r == 'X') && n == 17:
			return k + 1, n + 1
		case (r == '-' || r == ' ') && n > 0 && end == k:
		default:
			return end, n
		}
	}
	return end, n
}

// counters stand behind a number that names a place or part of one.
var counters = setOf("栋幢座号楼单层室期院段组队环")

var numerals = map[rune]int{'〇': 0, '零': 0, '一': 1, '二': 2, '两': 2, '三': 3, '四': 4, '五': 5, '六': 6, '七': 7, '八': 8, '九': 9}

// digits writes Chinese numerals before a counter as digits: 十三号楼 → 13号楼, 三栋 → 3栋.
func digits(rs []rune) []rune {
	out := make([]rune, 0, len(rs))
	for i := 0; i < len(rs); {
		end := i
		for end < len(rs) && isNumeral(rs[end]) {
			end++
		}
		if end > i && end < len(rs) && counters[rs[end]] {
			out = append(out, []rune(arabic(rs[i:end]))...)
			i = end
			continue
		}
		if end == i {
			end++
		}
		out = append(out, rs[i:end]...)
		i = end
	}
	return out
}

func isNumeral(r rune) bool {
	_, ok := numerals[r]
	return ok || r == '十' || r == '百'
}

// arabic reads a numeral below a thousand; without 十 or 百 the digits are read one by one
// (三〇一 is 301).
func arabic(rs []rune) string {
	var b strings.Builder
	total, digit, tens := 0, -1, false
	for _, r := range rs {
		switch r {
		case '十':
			total, digit, tens = total+10*max(1, digit), -1, true
			if digit == 0 {
				total += 10
			}
		case '百':
			total, digit, tens = total+100*max(1, digit), -1, true
		default:
			if digit >= 0 && !tens {
				b.WriteByte(byte('0' + digit)) //nolint:gosec // a digit
			}
			digit = numerals[r]
		}
	}
	if tens {
		total += max(0, digit)
		return itoa(total)
	}
	b.WriteByte(byte('0' + max(0, digit))) //nolint:gosec // a digit
	return b.String()
}

// buildings gives 号楼, 幢 and 座 behind a number their common name 栋, and 号院 its own.
func buildings(rs []rune) []rune {
	out := make([]rune, 0, len(rs))
	for i := 0; i < len(rs); i++ {
		after := i > 0 && rs[i-1] >= '0' && rs[i-1] <= '9'
		switch {
		case after && rs[i] == '号' && i+1 < len(rs) && rs[i+1] == '楼':
			out = append(out, '栋')
			i++
		case after && (rs[i] == '幢' || rs[i] == '座'):
			out = append(out, '栋')
		default:
			out = append(out, rs[i])
		}
	}
	return out
}

func setOf(chars string) map[rune]bool {
	out := map[rune]bool{}
	for _, r := range chars {
		out[r] = true
	}
	return out
}

// simplified maps the traditional characters that residents' texts use most.
var simplified = pairsOf("錦锦繡绣莊庄灣湾蓮莲鳳凤閣阁樂乐師师們们個个塊块樓楼電电車车燈灯門门開开關关壞坏聲声響响鐘钟鬧闹擾扰雜杂亂乱髒脏應应該该還还請请謝谢誰谁說说話话讓让給给覺觉見见親亲兒儿孫孙媽妈" +
	"爺爷學学習习書书讀读課课業业輔辅導导場场館馆園园圖图區区環环衛卫醫医療疗藥药護护養养殘残癡痴盡尽長长時时間间問问題题處处裡里裏里後后邊边過过這这" +
	"遠远進进運运動动勞劳務务員员團团隊队費费錢钱買买賣卖貨货價价貼贴單单戶户證证辦办審审報报級级約约線线網网紅红綠绿紙纸維维繼继續续舊旧廢废廁厕廚厨" +
	"廣广廠厂廳厅廟庙壓压熱热煙烟燒烧災灾無无爛烂牆墙狀状獨独貓猫豬猪蟲虫雞鸡鴿鸽魚鱼麵面麗丽黃黄點点黨党齊齐齡龄龍龙鄉乡鄰邻農农達达適适選选遊游邁迈" +
	"鐵铁鎖锁銹锈鋪铺錯错鍋锅鍛锻陽阳陰阴隨随險险陳陈階阶際际陸陆雙双離离難难雲云頂顶順顺預预領领頭头頻频顧顾風风飛飞飯饭飲饮駕驾騎骑驗验驚惊體体髮发" +
	"發发傳传債债傷伤億亿優优兩两內内冊册凍冻創创則则剛刚劃划劑剂勸劝勢势勝胜協协卻却參参吳吴喪丧喬乔嗎吗嚇吓嚴严國国圍围圓圆執执塵尘塗涂壩坝壯壮壽寿" +
	"夢梦奪夺奮奋婦妇實实寧宁寫写寬宽寵宠對对屆届屬属岡冈島岛峽峡幣币帶带幫帮幹干幾几庫库廂厢彎弯彈弹強强徑径從从復复徵征恆恒悶闷惡恶愛爱態态慣惯憂忧" +
	"憶忆懷怀懶懒戲戏戰战擔担據据擠挤擇择擊击擋挡掃扫掛挂採采換换揚扬損损搖摇撥拨撲扑擺摆攤摊敗败敵敌數数斷断暫暂曉晓會会東东條条樹树橋桥機机橫横檔档" +
	"檢检櫃柜欄栏權权歡欢歲岁歷历歸归殺杀氣气決决沒没況况淚泪淨净減减測测湯汤溝沟滅灭滿满漢汉潔洁澆浇濕湿濟济為为烏乌營营爐炉爭争牽牵犧牺獎奖現现瑪玛" +
	"產产畢毕畫画異异當当瘋疯瘡疮盜盗監监盤盘眾众著着礙碍礦矿禮礼禍祸種种稱称穩稳窮穷竊窃競竞筆笔節节範范築筑簡简籃篮籤签糧粮糾纠紀纪純纯細细終终組组" +
	"結结絕绝統统經经綜综綁绑緊紧緣缘編编縣县縫缝總总繩绳織织繞绕罰罚罷罢羅罗聞闻聯联聰聪聽听職职肅肃脅胁脫脱腳脚腦脑臉脸臨临臺台與与興兴舉举艱艰藝艺" +
	"蘭兰虧亏號号蝕蚀術术補补裝装製制複复襪袜視视規规觀观觸触計计訂订訊讯討讨訓训記记訪访設设許许訴诉診诊評评詞词試试詢询詳详認认語语誤误調调談谈諒谅" +
	"論论諮咨謀谋講讲譜谱譯译議议變变豐丰負负財财貢贡責责貧贫貴贵資资賠赔質质賬账贈赠趕赶跡迹踐践蹤踪軌轨軟软較较載载輕轻輛辆輪轮輸输轉转辭辞迴回連连" +
	"週周遲迟遷迁遺遗郵邮鄭郑醜丑釀酿釋释針针鈴铃銀银銷销鋒锋鋼钢錄录鎮镇鏡镜鑰钥閉闭閒闲闆板闊阔闖闯隱隐雖虽靈灵靜静韓韩項项須须頓顿願愿類类顯显於于")

func pairsOf(s string) map[rune]rune {
	out := map[rune]rune{}
	rs := []rune(s)
	for i := 0; i+1 < len(rs); i += 2 {
		if rs[i] != rs[i+1] {
			out[rs[i]] = rs[i+1]
		}
	}
	return out
}
