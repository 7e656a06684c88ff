import { useTranslation } from "@/lib/i18n";
import { Button } from "@/ui/Button";
import { Checkbox } from "@/ui/choices";
import { TextField } from "@/ui/fields";
import { type CriterionForm, type GradeForm, newCriterion } from "./editing";

/** The scoring table: every criterion with quantified grades. */
export function CriteriaFields({
  items,
  onChange,
}: {
  items: CriterionForm[];
  onChange: (items: CriterionForm[]) => void;
}) {
  const { t } = useTranslation("tenders");
  return (
    <section className="editlist">
      <h3>{t("lot.scoring")}</h3>
      <p className="small muted">{t("edit.criteriaHelp")}</p>
      {items.map((c, i) => (
        <CriterionEditor
          key={c.id}
          no={i + 1}
          value={c}
          onChange={(next) => onChange(items.map((x) => (x.id === c.id ? next : x)))}
          onRemove={() => onChange(items.filter((x) => x.id !== c.id))}
        />
      ))}
      <div>
        <Button small onClick={() => onChange([...items, newCriterion()])}>
          {t("edit.addCriterion")}
        </Button>
      </div>
    </section>
  );
}

interface EditorProps {
  no: number;
  value: CriterionForm;
  onChange: (value: CriterionForm) => void;
  onRemove: () => void;
}

function CriterionEditor({ no, value: c, onChange, onRemove }: EditorProps) {
  const { t } = useTranslation("tenders");
  const set = (patch: Partial<CriterionForm>) => onChange({ ...c, ...patch });
  const setGrade = (at: number, patch: Partial<GradeForm>) =>
    set({ grades: c.grades.map((g, i) => (i === at ? { ...g, ...patch } : g)) });
  return (
    <fieldset className="editrow">
      <legend className="visually-hidden">{t("edit.criterion", { no })}</legend>
      <TextField
        label={t("edit.criterion", { no })}
        maxLength={100}
        value={c.title}
        onChange={(title) => set({ title })}
      />
      <TextField
        label={t("edit.guidance")}
        optional
        maxLength={500}
        value={c.guidance}
        onChange={(guidance) => set({ guidance })}
      />
      <TextField
        label={t("edit.max")}
        inputMode="decimal"
        className="short"
        value={c.max}
        onChange={(max) => set({ max })}
      />
      <Checkbox
        label={t("edit.objective")}
        help={t("edit.objectiveHelp")}
        checked={c.objective}
        onChange={(objective) => set({ objective })}
      />
      {c.grades.map((g, i) => (
        <div key={i} className="gradeedit">
          <TextField
            label={t("edit.grade", { no: i + 1 })}
            maxLength={200}
            value={g.text}
            onChange={(text) => setGrade(i, { text })}
          />
          <TextField
            label={t("edit.from")}
            inputMode="decimal"
            value={g.min}
            onChange={(min) => setGrade(i, c.objective ? { min, max: min } : { min })}
          />
          <TextField
            label={t("edit.to")}
            inputMode="decimal"
            disabled={c.objective}
            value={c.objective ? g.min : g.max}
            onChange={(max) => setGrade(i, { max })}
          />
          <Button
            small
            kind="quiet"
            disabled={c.grades.length <= 2}
            onClick={() => set({ grades: c.grades.filter((_, j) => j !== i) })}
          >
            {t("edit.remove")}
          </Button>
        </div>
      ))}
      <div className="row between">
        <Button
          small
          disabled={c.grades.length >= 6}
          onClick={() => set({ grades: [...c.grades, { text: "", min: "", max: "" }] })}
        >
          {t("edit.addGrade")}
        </Button>
        <Button small kind="quiet" onClick={onRemove}>
          {t("edit.removeCriterion")}
        </Button>
      </div>
    </fieldset>
  );
}
