/**
 * A table as a file: CSV and XLSX of exactly what a page shows. Amounts leave as numbers in yuan,
 * not as text with commas, so that a spreadsheet can add them up.
 */
import { saveBlob, saveText } from "./save";

/** Text, a plain number, or an amount in fen. */
export type Cell = string | number | { fen: number } | null | undefined;

export interface Sheet {
  /** File name without its ending. */
  name: string;
  head: string[];
  rows: Cell[][];
}

const decimals = (fen: number) => {
  const digits = String(Math.abs(fen)).padStart(3, "0");
  return `${fen < 0 ? "-" : ""}${digits.slice(0, -2)}.${digits.slice(-2)}`;
};

/** A spreadsheet would run what begins like a formula; an apostrophe keeps it text. */
const harmless = (text: string) => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);

const plain = (cell: Cell): string => {
  if (cell === null || cell === undefined) return "";
  if (typeof cell === "object") return decimals(cell.fen);
  return typeof cell === "number" ? String(cell) : harmless(cell);
};

const quoted = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

export const toCsv = (sheet: Sheet): string =>
  [sheet.head, ...sheet.rows].map((row) => `${row.map((c) => quoted(plain(c))).join(",")}\r\n`).join("");

/** The smallest workbook that every spreadsheet opens: one sheet, bold head, two decimals for amounts. */
export function toXlsx(sheet: Sheet): Uint8Array<ArrayBuffer> {
  const rows = [
    sheet.head.map((h) => text(h, 1)),
    ...sheet.rows.map((row) => row.map((cell) => value(cell))),
  ].map((cells) => `<row>${cells.join("")}</row>`);
  return zip({
    "[Content_Types].xml": `${xml}<Types xmlns="${ns}content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${[
      ["workbook", "sheet.main"],
      ["worksheets/sheet1", "worksheet"],
      ["styles", "styles"],
    ]
      .map(([part, kind]) => `<Override PartName="/xl/${part}.xml" ContentType="${type}${kind}+xml"/>`)
      .join("")}</Types>`,
    "_rels/.rels": relations([["officeDocument", "xl/workbook.xml"]]),
    "xl/workbook.xml": `${xml}<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="Linli" sheetId="1" r:id="r1"/></sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": relations([
      ["worksheet", "worksheets/sheet1.xml"],
      ["styles", "styles.xml"],
    ]),
    "xl/styles.xml": `${xml}<styleSheet xmlns="${main}"><fonts count="2"><font/><font><b/></font></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf/><xf fontId="1" applyFont="1"/><xf numFmtId="4" applyNumberFormat="1"/></cellXfs></styleSheet>`,
    "xl/worksheets/sheet1.xml": `${xml}<worksheet xmlns="${main}"><sheetData>${rows.join("")}</sheetData></worksheet>`,
  });
}

const xml = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const ns = "http://schemas.openxmlformats.org/package/2006/";
const main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const type = "application/vnd.openxmlformats-officedocument.spreadsheetml.";

const relations = (list: [string, string][]) =>
  `${xml}<Relationships xmlns="${ns}relationships">${list
    .map(([kind, target], i) => `<Relationship Id="r${i + 1}" Type="${office}/${kind}" Target="${target}"/>`)
    .join("")}</Relationships>`;

// biome-ignore lint/suspicious/noControlCharactersInRegex: XML has no way to write them
const unwritable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g;
const escaped = (s: string) =>
  s.replace(unwritable, "").replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
const text = (s: string, style = 0) =>
  `<c t="inlineStr" s="${style}"><is><t xml:space="preserve">${escaped(s)}</t></is></c>`;

function value(cell: Cell): string {
  if (typeof cell === "object" && cell) return `<c s="2"><v>${decimals(cell.fen)}</v></c>`;
  if (typeof cell === "number") return `<c><v>${cell}</v></c>`;
  return text(cell ?? "");
}

/** Files stored side by side without compression: an archive small enough to need none. */
function zip(files: Record<string, string>): Uint8Array<ArrayBuffer> {
  const bodies: Uint8Array[] = [];
  const index: Uint8Array[] = [];
  let at = 0;
  for (const [path, content] of Object.entries(files)) {
    const name = new TextEncoder().encode(path);
    const data = new TextEncoder().encode(content);
    // Version, UTF-8 names, no method, 1 January 1980, check sum, both sizes, length of the name.
    const about = [20, 2, 0x0800, 2, 0, 2, 0, 2, 0x21, 2, crc(data), 4, data.length, 4, data.length, 4];
    bodies.push(bytes([0x04034b50, 4, 20, 2, ...about.slice(2), name.length, 2, 0, 2]), name, data);
    index.push(
      bytes([0x02014b50, 4, 20, 2, ...about, name.length, 2, 0, 2, 0, 2, 0, 2, 0, 2, 0, 4, at, 4]),
      name,
    );
    at += 30 + name.length + data.length;
  }
  const size = index.reduce((sum, part) => sum + part.length, 0);
  const n = Object.keys(files).length;
  const end = bytes([0x06054b50, 4, 0, 2, 0, 2, n, 2, n, 2, size, 4, at, 4, 0, 2]);
  return join([...bodies, ...index, end]);
}

/** Pairs of value and width in bytes, lowest byte first. */
function bytes(pairs: number[]): Uint8Array {
  const out: number[] = [];
  for (let i = 0; i < pairs.length; i += 2) {
    for (let k = 0, v = pairs[i] ?? 0; k < (pairs[i + 1] ?? 0); k++, v = Math.floor(v / 256))
      out.push(v % 256);
  }
  return Uint8Array.from(out);
}

function join(parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(parts.reduce((sum, p) => sum + p.length, 0));
  let at = 0;
  for (const p of parts) {
    out.set(p, at);
    at += p.length;
  }
  return out;
}

function crc(data: Uint8Array): number {
  let sum = 0xffffffff;
  for (const b of data) {
    sum ^= b;
    for (let k = 0; k < 8; k++) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  }
  return (sum ^ 0xffffffff) >>> 0;
}

export function saveSheet(sheet: Sheet, format: "csv" | "xlsx"): void {
  if (format === "csv") saveText(`${sheet.name}.csv`, "text/csv", toCsv(sheet));
  else saveBlob(`${sheet.name}.xlsx`, new Blob([toXlsx(sheet)], { type: `${type}sheet` }));
}
