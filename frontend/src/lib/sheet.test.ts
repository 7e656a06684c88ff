import { crc32 } from "node:zlib";
import { expect, test } from "vitest";
import { toCsv, toXlsx } from "./sheet";

const sheet = {
  name: "payments",
  head: ["编号", "金额（元）"],
  rows: [
    ["FK-1", { fen: 123456 }],
    ['a "b", c', { fen: -5 }],
    ["=1+1", null],
  ],
};

test("amounts leave as numbers, quotes are doubled, and nothing can be run", () => {
  expect(toCsv(sheet)).toBe('编号,金额（元）\r\nFK-1,1234.56\r\n"a ""b"", c",-0.05\r\n\'=1+1,\r\n');
});

/** Reads a stored archive by its local headers, as any unpacker does. */
function unzip(file: Uint8Array): Record<string, string> {
  const view = new DataView(file.buffer);
  const out: Record<string, string> = {};
  let at = 0;
  while (view.getUint32(at, true) === 0x04034b50) {
    const name = new TextDecoder().decode(file.subarray(at + 30, at + 30 + view.getUint16(at + 26, true)));
    const from = at + 30 + view.getUint16(at + 26, true);
    const data = file.subarray(from, from + view.getUint32(at + 18, true));
    expect(view.getUint32(at + 14, true)).toBe(crc32(data));
    out[name] = new TextDecoder().decode(data);
    at = from + data.length;
  }
  // The index begins where the files end, and the closing record says so.
  expect(view.getUint32(at, true)).toBe(0x02014b50);
  expect(view.getUint32(file.length - 6, true)).toBe(at);
  expect(view.getUint16(file.length - 12, true)).toBe(Object.keys(out).length);
  return out;
}

test("the workbook is an archive that others can read", () => {
  const files = unzip(toXlsx(sheet));
  const page = files["xl/worksheets/sheet1.xml"] ?? "";
  expect(page).toContain("<v>1234.56</v>");
  expect(page).toContain("编号");
  // Text stays text: nothing in a workbook is a formula unless it is written as one.
  expect(page).toContain(">=1+1<");
  expect(page).not.toContain("<f>");
});
