import { useTranslation } from "@/lib/i18n";
import { Button, IconButton } from "@/ui/Button";
import { Checkbox } from "@/ui/choices";
import { DateField, Select, TextField } from "@/ui/fields";
import { MoneyField } from "@/ui/MoneyField";
import type { Item, MilestoneView, Plan } from "./model";
import "./contracts.css";

export interface ItemForm {
  key: number;
  kind: "deliverable" | "indicator";
  name: string;
  target: string;
  unit: string;
  direction: "at_least" | "at_most";
  proportional: boolean;
  weight: string; // percent
}

export interface PlanForm {
  key: number;
  title: string;
  dueOn: string;
  fen: number | null;
  items: ItemForm[];
}

let keys = 0;
const nextKey = () => ++keys + Date.now();

const blankItem = (weight: string): ItemForm => ({
  key: nextKey(),
  kind: "deliverable",
  name: "",
  target: "",
  unit: "",
  direction: "at_least",
  proportional: false,
  weight,
});

export const blankPlan = (fen: number): PlanForm => ({
  key: nextKey(),
  title: "",
  dueOn: "",
  fen,
  items: [blankItem("100")],
});

export const toForm = (m: MilestoneView): PlanForm => ({
  key: nextKey(),
  title: m.title,
  dueOn: m.dueOn,
  fen: m.amountFen,
  items: m.items.map((it) => ({
    key: nextKey(),
    kind: it.kind,
    name: it.name,
    target: it.target ?? "",
    unit: it.unit ?? "",
    direction: it.direction === "at_most" ? "at_most" : "at_least",
    proportional: it.proportional ?? false,
    weight: String(it.weightBp / 100),
  })),
});

const basisPoints = (percent: string) => Math.round(Number(percent) * 100) || 0;

const toItem = (i: ItemForm): Item =>
  i.kind === "deliverable"
    ? { kind: "deliverable", name: i.name.trim(), weightBp: basisPoints(i.weight) }
    : {
        kind: "indicator",
        name: i.name.trim(),
        target: i.target.trim(),
        unit: i.unit.trim(),
        direction: i.direction,
        proportional: i.direction === "at_least" && i.proportional,
        weightBp: basisPoints(i.weight),
      };

export const toPlan = (p: PlanForm): Plan => ({
  title: p.title.trim(),
  dueOn: p.dueOn,
  amountFen: p.fen ?? 0,
  items: p.items.map(toItem),
});

interface Props {
  n: number;
  p: PlanForm;
  onChange: (part: Partial<PlanForm>) => void;
  onRemove?: () => void;
}

/** One milestone: what, when, how much, and what it promises with weights that come to 100 %. */
export function PlanFields({ n, p, onChange, onRemove }: Props) {
  const { t } = useTranslation("contracts");
  const total = p.items.reduce((sum, i) => sum + basisPoints(i.weight), 0);
  const patch = (key: number, part: Partial<ItemForm>) =>
    onChange({ items: p.items.map((i) => (i.key === key ? { ...i, ...part } : i)) });
  return (
    <fieldset className="milestoneform stack">
      <legend>{t("milestone.nth", { n })}</legend>
      <div className="row">
        <TextField
          label={t("milestone.title")}
          value={p.title}
          onChange={(title) => onChange({ title })}
          maxLength={200}
        />
        <DateField label={t("milestone.dueOn")} value={p.dueOn} onChange={(dueOn) => onChange({ dueOn })} />
        <MoneyField label={t("milestone.amount")} value={p.fen} onChange={(fen) => onChange({ fen })} />
      </div>
      {p.items.map((i) => (
        <ItemFields
          key={i.key}
          i={i}
          onChange={(part) => patch(i.key, part)}
          onRemove={
            p.items.length > 1 ? () => onChange({ items: p.items.filter((o) => o.key !== i.key) }) : undefined
          }
        />
      ))}
      <div className="row tight">
        <Button
          small
          icon="plus"
          onClick={() =>
            onChange({ items: [...p.items, blankItem(String(Math.max(0, (10_000 - total) / 100)))] })
          }
        >
          {t("item.add")}
        </Button>
        {total !== 10_000 && (
          <span className="small deadline late">{t("item.weights", { total: total / 100 })}</span>
        )}
        {onRemove && (
          <span className="push">
            <Button small kind="quiet" onClick={onRemove}>
              {t("milestone.remove")}
            </Button>
          </span>
        )}
      </div>
    </fieldset>
  );
}

function ItemFields({
  i,
  onChange,
  onRemove,
}: {
  i: ItemForm;
  onChange: (part: Partial<ItemForm>) => void;
  onRemove?: () => void;
}) {
  const { t } = useTranslation("contracts");
  return (
    <div className="stack tight">
      <div className="itemform">
        <TextField
          label={t("item.name")}
          value={i.name}
          onChange={(name) => onChange({ name })}
          maxLength={200}
        />
        <Select
          label={t("item.kind")}
          value={i.kind}
          onChange={(kind) => onChange({ kind: kind as ItemForm["kind"] })}
          options={[
            { value: "deliverable", label: t("item.deliverable") },
            { value: "indicator", label: t("item.indicator") },
          ]}
        />
        <TextField
          label={t("item.weightPercent")}
          inputMode="decimal"
          value={i.weight}
          onChange={(weight) => onChange({ weight })}
        />
        {onRemove ? <IconButton icon="cross" label={t("item.remove")} onClick={onRemove} /> : <span />}
      </div>
      {i.kind === "indicator" && (
        <div className="itemform">
          <Select
            label={t("item.direction")}
            value={i.direction}
            onChange={(d) => onChange({ direction: d as ItemForm["direction"] })}
            options={[
              { value: "at_least", label: t("item.atLeast") },
              { value: "at_most", label: t("item.atMost") },
            ]}
          />
          <TextField
            label={t("item.target")}
            inputMode="decimal"
            value={i.target}
            onChange={(target) => onChange({ target })}
          />
          <TextField
            optional
            label={t("item.unit")}
            value={i.unit}
            onChange={(unit) => onChange({ unit })}
            maxLength={20}
          />
          <span />
          {i.direction === "at_least" && (
            <Checkbox
              label={t("item.payShare")}
              checked={i.proportional}
              onChange={(proportional) => onChange({ proportional })}
            />
          )}
        </div>
      )}
    </div>
  );
}
