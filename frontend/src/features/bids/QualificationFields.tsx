import { useTranslation } from "@/lib/i18n";
import type { Lot } from "@/lib/procurement";
import { CheckboxGroup } from "@/ui/choices";
import { Select, TextArea, TextField } from "@/ui/fields";
import { type BidDraft, type DeclarationName, declarations } from "./papers";

const sizes = ["micro", "small", "medium", "large", "none"];

interface Props {
  lot: Lot;
  draft: BidDraft;
  errors: Record<string, string | undefined>;
  set: (patch: Partial<BidDraft>) => void;
}

/** The first envelope: who bids, and what it declares. */
export function QualificationFields({ lot, draft: d, errors, set }: Props) {
  const { t } = useTranslation("bids");
  return (
    <div className="stack measure">
      <TextField
        id="legalName"
        label={t("form.legalName")}
        maxLength={200}
        error={errors.legalName}
        value={d.legalName}
        onChange={(legalName) => set({ legalName })}
      />
      <TextField
        id="uscc"
        label={t("form.uscc")}
        maxLength={18}
        error={errors.uscc}
        value={d.uscc}
        onChange={(uscc) => set({ uscc: uscc.toUpperCase().replace(/[\s-]/g, "") })}
      />
      <TextField
        id="legalRep"
        label={t("form.legalRep")}
        maxLength={50}
        error={errors.legalRep}
        value={d.legalRep}
        onChange={(legalRep) => set({ legalRep })}
      />
      <Select
        id="sizeClass"
        label={t("form.size")}
        help={t("form.sizeHelp")}
        error={errors.sizeClass}
        value={d.sizeClass}
        onChange={(sizeClass) => set({ sizeClass })}
        options={sizes.map((s) => ({ value: s, label: t(`size.${s}`) }))}
      />
      {lot.qualifications.map((q) => (
        <TextArea
          key={q.id}
          label={q.text}
          help={t("form.meets")}
          optional
          rows={2}
          maxLength={2000}
          value={d.qualifications[q.id] ?? ""}
          onChange={(text) => set({ qualifications: { ...d.qualifications, [q.id]: text } })}
        />
      ))}
      <CheckboxGroup
        id="declared"
        label={t("form.declare")}
        error={errors.declared}
        value={d.declared}
        onChange={(declared) => set({ declared: declared as DeclarationName[] })}
        options={declarations.map((name) => ({ value: name, label: t(`declare.${name}`) }))}
      />
    </div>
  );
}
