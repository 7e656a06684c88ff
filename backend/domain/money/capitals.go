package money

import "strings"

const digits = "零壹贰叁肆伍陆柒捌玖"

// Capitals writes an amount in the formal Chinese numerals that contracts and vouchers
// carry: 贰佰贰拾捌万捌仟贰佰叁拾壹元柒角贰分; whole yuan end in 整 (domain handbook §3).
func Capitals(f Fen) string {
	u := abs(int64(f))
	sign := ""
	if f < 0 {
		sign = "负"
	}
	yuan, cents := u/100, u%100
	jiao, fen := cents/10, cents%10
	var b strings.Builder
	if yuan > 0 {
		b.WriteString(integer(yuan) + "元")
	}
	switch {
	case cents == 0:
		if yuan == 0 {
			b.WriteString("零元")
		}
		b.WriteString("整")
	case fen == 0:
		b.WriteString(digit(jiao) + "角整")
	default:
		if jiao > 0 {
			b.WriteString(digit(jiao) + "角")
		} else if yuan > 0 {
			b.WriteString("零")
		}
		b.WriteString(digit(fen) + "分")
	}
	return sign + b.String()
}

func digit(d uint64) string { return digits[d*3 : d*3+3] }

// integer writes groups of four digits with 万, 亿, 兆 between; one 零 stands for any run
// of zeros inside the number.
func integer(n uint64) string {
	units := []string{"", "万", "亿", "兆", "京"}
	var out string
	pendingZero := false
	for i := 0; n > 0; i++ {
		group := n % 10000
		n /= 10000
		if group == 0 {
			pendingZero = out != ""
			continue
		}
		part := four(group) + units[i]
		if pendingZero {
			part += "零"
		}
		out = part + out
		pendingZero = group < 1000 && n > 0
	}
	return out
}

func four(n uint64) string {
	places := []string{"", "拾", "佰", "仟"}
	var out string
	zero := false
	for i := 0; n > 0; i++ {
		d := n % 10
		n /= 10
		if d == 0 {
			zero = out != ""
			continue
		}
		part := digit(d) + places[i]
		if zero {
			part += "零"
		}
		out = part + out
		zero = false
	}
	return out
}
