import { useTranslation } from "@/lib/i18n";
import { type Condition, points, type Tender } from "@/lib/procurement";
import { Button } from "@/ui/Button";
import { TextArea, TextField } from "@/ui/fields";
import { MoneyField } from "@/ui/MoneyField";
import { Notice } from "@/ui/states";
import { Money } from "@/ui/values";
import { CriteriaFields } from "./CriteriaFields";
import { type LotForm, newId, sumOf } from "./editing";

interface Props {
  terms: Tender["terms"];
  value: LotForm;
  onChange: (value: LotForm) => void;
}

/** One lot: what is wanted, the ceiling, who may bid, and the scoring table. */
export function LotFields({ terms, value: lot, onChange }: Props) {
  const { t } = useTranslation("tenders");
  const set = (patch: Partial<LotForm>) => onChange({ ...lot, ...patch });
  const sum = sumOf(lot);
  return (
    <div className="stack">
      <div className="stack measure">
        <TextArea
          label={t("lot.scope")}
          help={t("edit.scopeHelp")}
          rows={4}
          maxLength={20000}
          value={lot.scope}
          onChange={(scope) => set({ scope })}
        />
        <MoneyField
          label={t("lot.ceiling")}
          help={
            <>
              {t("edit.ceilingHelp")} <Money fen={lot.budgetFen} />
            </>
          }
          value={lot.ceilingFen}
          onChange={(ceilingFen) => set({ ceilingFen })}
        />
      </div>
      <ConditionFields
        label={t("lot.qualifications")}
        help={t("edit.qualificationsHelp")}
        items={lot.qualifications}
        onChange={(qualifications) => set({ qualifications })}
      />
      <ConditionFields
        label={t("lot.requirements")}
        help={t("edit.requirementsHelp")}
        items={lot.requirements}
        onChange={(requirements) => set({ requirements })}
      />
      <div className="measure">
        <TextField
          label={t("edit.priceWeight")}
          help={t("edit.priceWeightHelp", { min: terms.priceWeightMin, max: terms.priceWeightMax })}
          inputMode="decimal"
          className="short"
          value={lot.priceWeight}
          onChange={(priceWeight) => set({ priceWeight })}
        />
      </div>
      <CriteriaFields items={lot.criteria} onChange={(criteria) => set({ criteria })} />
      <Notice tone={sum === 10_000 ? "ok" : "wait"}>
        {t(sum === 10_000 ? "edit.sumRight" : "edit.sum", { sum: points(sum) })}
      </Notice>
    </div>
  );
}

interface ConditionProps {
  label: string;
  help: string;
  items: Condition[];
  onChange: (items: Condition[]) => void;
}

function ConditionFields({ label, help, items, onChange }: ConditionProps) {
  const { t } = useTranslation("tenders");
  return (
    <section className="editlist">
      <h3>{label}</h3>
      <p className="small muted">{help}</p>
      {items.map((c, i) => (
        <div key={c.id} className="editrow">
          <TextArea
            label={t("edit.condition", { no: i + 1 })}
            rows={2}
            maxLength={1000}
            value={c.text}
            onChange={(text) => onChange(items.map((x) => (x.id === c.id ? { ...x, text } : x)))}
          />
          <div className="row end">
            <Button small kind="quiet" onClick={() => onChange(items.filter((x) => x.id !== c.id))}>
              {t("edit.remove")}
            </Button>
          </div>
        </div>
      ))}
      <div>
        <Button small onClick={() => onChange([...items, { id: newId(), text: "" }])}>
          {t("edit.addCondition")}
        </Button>
      </div>
    </section>
  );
}
