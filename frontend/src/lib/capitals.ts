/** 大写金额, beside every figure on contracts and vouchers; apart, because few public pages need it. */
const numerals = "零壹贰叁肆伍陆柒捌玖";
const groups = ["", "万", "亿", "兆", "京"];
const places = ["", "拾", "佰", "仟"];

/** The formal numerals of contracts and vouchers, identical to money.Capitals on the server. */
export function capitals(fen: number): string {
  const sign = fen < 0 ? "负" : "";
  const digits = String(Math.abs(fen)).padStart(3, "0");
  const whole = digits.slice(0, -2).replace(/^0+/, "");
  const jiao = Number(digits.at(-2));
  const cent = Number(digits.at(-1));
  const head = whole ? `${integer(whole)}元` : "";
  if (!jiao && !cent) return `${sign}${head || "零元"}整`;
  if (!cent) return `${sign}${head}${numerals[jiao]}角整`;
  const middle = jiao ? `${numerals[jiao]}角` : head ? "零" : "";
  return `${sign}${head}${middle}${numerals[cent]}分`;
}

function integer(whole: string): string {
  let out = "";
  let zero = false;
  for (let i = 0, end = whole.length; end > 0; i++, end -= 4) {
    const group = Number(whole.slice(Math.max(0, end - 4), end));
    if (group === 0) {
      zero = out !== "";
      continue;
    }
    out = four(group) + groups[i] + (zero ? "零" : "") + out;
    zero = group < 1000 && end > 4;
  }
  return out;
}

function four(group: number): string {
  let out = "";
  let zero = false;
  for (let i = 0, n = group; n > 0; i++, n = Math.floor(n / 10)) {
    const d = n % 10;
    if (d === 0) {
      zero = out !== "";
      continue;
    }
    out = `${numerals[d]}${places[i]}${zero ? "零" : ""}${out}`;
    zero = false;
  }
  return out;
}
