import { describe, expect, it } from "vitest";
import { capitals } from "./capitals";
import { date, dateTime, isoDate, parseYuan, percent, span, yuan, yuanShort } from "./format";

describe("yuan", () => {
  it.each([
    [0, "0.00"],
    [5, "0.05"],
    [-123456789, "-1,234,567.89"],
    [9007199254740991, "90,071,992,547,409.91"],
  ])("shows %i fen as %s", (fen, text) => expect(yuan(fen)).toBe(text));

  it("shortens large figures and leaves small ones exact", () => {
    expect(yuanShort(123_456_700, "zh")).toBe("123.5 万元");
    expect(yuanShort(999_900, "zh")).toBe("9,999.00 元");
    expect(yuanShort(15_000_000_000_00, "zh")).toBe("150 亿元");
    expect(yuanShort(123_456_700, "en")).toBe("¥1.2M");
  });
});

describe("parseYuan", () => {
  it.each([
    ["1,234.56", 123456],
    ["1234.5", 123450],
    [" 1234 ", 123400],
    ["-0.01", -1],
    ["90071992547409.91", 9007199254740991],
  ])("reads %s", (text, fen) => expect(parseYuan(text)).toBe(fen));

  it.each(["", "1.234", "1.", ".5", "12a", "1 234", "１２", "90071992547409.92"])("refuses %s", (text) =>
    expect(parseYuan(text)).toBeNull());
});

describe("capitals", () => {
  // The same cases as money.Capitals on the server.
  it.each([
    [0, "零元整"],
    [5, "伍分"],
    [50, "伍角整"],
    [100, "壹元整"],
    [105, "壹元零伍分"],
    [1600, "壹拾陆元整"],
    [8_640_000, "捌万陆仟肆佰元整"],
    [228_823_172, "贰佰贰拾捌万捌仟贰佰叁拾壹元柒角贰分"],
    [100_000_100, "壹佰万零壹元整"],
    [1_000_100_000_00, "壹拾亿零壹拾万元整"],
    [100_000_000_00, "壹亿元整"],
    [-100, "负壹元整"],
  ])("writes %i", (fen, text) => expect(capitals(fen)).toBe(text));
});

describe("dates are Shanghai's", () => {
  it("shows an instant after midnight in China as the next day", () => {
    expect(dateTime("2026-05-11T16:30:00Z", "zh")).toBe("2026 年 5 月 12 日 00:30");
    expect(dateTime("2026-05-11T16:30:00Z", "en")).toBe("12 May 2026 00:30");
    expect(isoDate(new Date("2026-05-11T16:30:00Z"))).toBe("2026-05-12");
  });

  it("takes a date without a time as that day", () => {
    expect(date("2026-05-12", "zh", new Date("2026-01-01T00:00:00Z"))).toBe("5 月 12 日");
  });
});

describe("span", () => {
  it("names the two largest units", () => {
    expect(span((2 * 24 + 4) * 3_600_000 + 59_000, "zh")).toBe("2 天 4 小时");
    expect(span(86_400_000, "en")).toBe("1 day");
    expect(span(30_000, "en")).toBe("1 minute");
  });
});

it("reads basis points as percent", () => expect(percent(9550)).toBe("95.5 %"));
