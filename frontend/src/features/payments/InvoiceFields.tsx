import { money } from "@/lib/format";
import { useTranslation } from "@/lib/i18n";
import { upload } from "@/lib/upload";
import { FileUpload, type UploadedFile } from "@/ui/FileUpload";
import { DateField, Select, TextField } from "@/ui/fields";
import { MoneyField } from "@/ui/MoneyField";
import type { InvoiceBody } from "./model";

export interface InvoiceForm {
  number: string;
  issuedOn: string;
  buyerName: string;
  buyerUscc: string;
  sellerName: string;
  sellerUscc: string;
  item: string;
  rate: string; // basis points
  totalFen: number | null;
  file: UploadedFile[];
}

/** The usual rates; a relief in force may differ. */
export const rates = ["600", "300", "100", "0"];

/** Splits a total into amount and tax: total ÷ (1 + rate), rounded to the fen; they add up again. */
export function split(totalFen: number, rateBp: number): { amountFen: number; taxFen: number } {
  const amountFen = Math.round((totalFen * 10_000) / (10_000 + rateBp));
  return { amountFen, taxFen: totalFen - amountFen };
}

export function toInvoice(f: InvoiceForm): InvoiceBody {
  const taxRateBp = Number(f.rate);
  return {
    number: f.number.replaceAll(" ", ""),
    issuedOn: f.issuedOn,
    buyerName: f.buyerName.trim(),
    buyerUscc: f.buyerUscc.trim().toUpperCase(),
    sellerName: f.sellerName.trim(),
    sellerUscc: f.sellerUscc.trim().toUpperCase(),
    item: f.item.trim(),
    taxRateBp,
    ...split(f.totalFen ?? 0, taxRateBp),
    totalFen: f.totalFen ?? 0,
    fileId: f.file[0]?.id,
  };
}

export const complete = (f: InvoiceForm) =>
  /^\d{20}$/.test(f.number.replaceAll(" ", "")) &&
  f.issuedOn !== "" &&
  f.item.trim() !== "" &&
  (f.totalFen ?? 0) > 0;

/** The invoice as it is printed; names and numbers start from the contract and can be mended. */
export function InvoiceFields({
  f,
  onChange,
}: {
  f: InvoiceForm;
  onChange: (part: Partial<InvoiceForm>) => void;
}) {
  const { t, lang } = useTranslation("payments");
  const digits = f.number.replaceAll(" ", "");
  const broken = digits !== "" && !/^\d{20}$/.test(digits);
  const parts = f.totalFen ? split(f.totalFen, Number(f.rate)) : undefined;
  return (
    <div className="stack">
      <TextField
        id="invoice.number"
        label={t("invoice.number")}
        help={t("invoice.numberHelp")}
        error={broken ? t("invoice.numberError", { n: digits.length }) : undefined}
        inputMode="numeric"
        value={f.number}
        onChange={(number) => onChange({ number })}
        maxLength={28}
      />
      <div className="row">
        <DateField
          id="invoice.issuedOn"
          label={t("invoice.issuedOn")}
          value={f.issuedOn}
          onChange={(issuedOn) => onChange({ issuedOn })}
        />
        <TextField
          id="invoice.item"
          label={t("invoice.item")}
          value={f.item}
          onChange={(item) => onChange({ item })}
          maxLength={200}
        />
      </div>
      <div className="row">
        <MoneyField
          id="invoice.totalFen"
          label={t("invoice.total")}
          value={f.totalFen}
          onChange={(totalFen) => onChange({ totalFen })}
        />
        <Select
          label={t("invoice.rate")}
          value={f.rate}
          onChange={(rate) => onChange({ rate })}
          options={rates.map((r) => ({ value: r, label: t(`invoice.rate${r}`) }))}
        />
      </div>
      {parts && (
        <p className="small muted">
          {t("invoice.parts", { amount: money(parts.amountFen, lang), tax: money(parts.taxFen, lang) })}
        </p>
      )}
      <div className="row">
        <TextField
          label={t("invoice.buyerName")}
          value={f.buyerName}
          onChange={(buyerName) => onChange({ buyerName })}
          maxLength={200}
        />
        <TextField
          label={t("invoice.uscc")}
          value={f.buyerUscc}
          onChange={(buyerUscc) => onChange({ buyerUscc })}
          maxLength={18}
        />
      </div>
      <div className="row">
        <TextField
          label={t("invoice.sellerName")}
          value={f.sellerName}
          onChange={(sellerName) => onChange({ sellerName })}
          maxLength={200}
        />
        <TextField
          label={t("invoice.uscc")}
          value={f.sellerUscc}
          onChange={(sellerUscc) => onChange({ sellerUscc })}
          maxLength={18}
        />
      </div>
      <FileUpload
        optional
        label={t("invoice.file")}
        files={f.file}
        onChange={(file) => onChange({ file })}
        upload={upload}
        accept="application/pdf,.xml,image/jpeg,image/png"
        maxFiles={1}
      />
    </div>
  );
}
