import { useTranslation } from "@/lib/i18n";
import type { Tender } from "@/lib/procurement";
import { Checkbox, RadioGroup } from "@/ui/choices";
import { TextArea, TextField } from "@/ui/fields";
import { MoneyField } from "@/ui/MoneyField";

type Doc = Tender["document"];

interface Props {
  terms: Tender["terms"];
  value: Doc;
  onChange: (value: Doc) => void;
}

const flags = ["stable", "continuous", "funded", "steadyPrice"] as const;

/** What suppliers answer to, and the policies the law asks about. */
export function DocumentFields({ terms, value: d, onChange }: Props) {
  const { t } = useTranslation("tenders");
  const set = (patch: Partial<Doc>) => onChange({ ...d, ...patch });
  return (
    <div className="stack measure">
      {(["requirements", "contractTerms", "consultation"] as const).map((part) => (
        <TextArea
          key={part}
          label={t(`documents.${part}`)}
          help={t(`edit.${part}Help`)}
          rows={5}
          maxLength={20000}
          value={d[part]}
          onChange={(text) => set({ [part]: text })}
        />
      ))}
      <Whole
        label={t("facts.term")}
        help={t("edit.termHelp", { normal: terms.termMonths, longest: terms.termMonthsLong })}
        value={d.termMonths}
        onChange={(termMonths) => set({ termMonths })}
      />
      {d.termMonths > terms.termMonths && (
        <fieldset className="field">
          <legend>{t("edit.longTerm")}</legend>
          {flags.map((f) => (
            <Checkbox
              key={f}
              label={t(`edit.flag.${f}`)}
              checked={d.longTerm[f]}
              onChange={(on) => set({ longTerm: { ...d.longTerm, [f]: on } })}
            />
          ))}
        </fieldset>
      )}
      <RadioGroup
        label={t("edit.small")}
        value={d.reserved ? "reserved" : "open"}
        onChange={(v) => set({ reserved: v === "reserved", deductBp: v === "reserved" ? 0 : d.deductBp })}
        options={[
          { value: "reserved", label: t("edit.reserved"), help: t("edit.reservedHelp") },
          { value: "open", label: t("edit.open2"), help: t("edit.openHelp") },
        ]}
      />
      {!d.reserved && (
        <>
          <TextArea
            label={t("edit.exemption")}
            help={t("edit.exemptionHelp")}
            maxLength={1000}
            value={d.exemption}
            onChange={(exemption) => set({ exemption })}
          />
          <Whole
            label={t("edit.deduct")}
            help={t("edit.deductHelp", { min: terms.deductMinBp / 100, max: terms.deductMaxBp / 100 })}
            value={d.deductBp / 100}
            onChange={(percent) => set({ deductBp: percent * 100 })}
          />
        </>
      )}
      <MoneyField
        label={t("edit.bidBond")}
        help={t("edit.bidBondHelp", { max: terms.bidBondMaxBp / 100 })}
        optional
        value={d.bidBondFen || null}
        onChange={(fen) => set({ bidBondFen: fen ?? 0 })}
      />
      <Whole
        label={t("edit.performance")}
        help={t("edit.performanceHelp", { max: terms.performanceMaxBp / 100 })}
        value={d.performanceBp / 100}
        onChange={(percent) => set({ performanceBp: percent * 100 })}
      />
      <Checkbox
        label={t("edit.negative")}
        help={t("edit.negativeHelp")}
        checked={d.negativeList}
        onChange={(negativeList) => set({ negativeList })}
      />
    </div>
  );
}

/** A whole number of months or percent. */
function Whole({
  label,
  help,
  value,
  onChange,
}: {
  label: string;
  help: string;
  value: number;
  onChange: (n: number) => void;
}) {
  return (
    <TextField
      label={label}
      help={help}
      inputMode="numeric"
      className="short"
      value={value ? String(value) : ""}
      onChange={(text) => onChange(Number.parseInt(text, 10) || 0)}
    />
  );
}
