import { api, ask, ifMatch } from "@/lib/api";
import { useDraft } from "@/lib/draft";
import { money } from "@/lib/format";
import { useTranslation } from "@/lib/i18n";
import { useWrite } from "@/lib/query";
import { Button } from "@/ui/Button";
import { DraftSaved, ErrorSummary, errorsOf } from "@/ui/ErrorSummary";
import { DateField, TextField } from "@/ui/fields";
import { Card } from "@/ui/layout";
import { Notice, ProblemNotice } from "@/ui/states";
import { type ContractView, type Plan, refreshed } from "./model";
import { blankPlan, PlanFields, type PlanForm, toForm, toPlan } from "./PlanFields";

interface Form {
  termFrom: string;
  termUntil: string;
  holder: string;
  bank: string;
  number: string;
  acceptanceDays: string;
  paymentDays: string;
  plans: PlanForm[];
}

const start = (c: ContractView): Form => ({
  termFrom: c.termFrom ?? "",
  termUntil: c.termUntil ?? "",
  holder: c.payee?.holder ?? c.supplierName,
  bank: c.payee?.bank ?? "",
  number: c.payee?.number ?? "",
  acceptanceDays: c.acceptanceDays ? String(c.acceptanceDays) : "",
  paymentDays: c.paymentDays ? String(c.paymentDays) : "",
  plans: c.milestones.length ? c.milestones.map(toForm) : [blankPlan(c.originalFen)],
});

/** Terms and milestones of a draft; what is missing to the price is shown until nothing is. */
export function TermsForm({
  c,
  onClose,
  onReload,
}: {
  c: ContractView;
  onClose: () => void;
  onReload: () => void;
}) {
  const { t, lang } = useTranslation("contracts");
  const draft = useDraft<Form>(`contract.${c.id}.${c.version}`, start(c));
  const f = draft.value;
  const sum = f.plans.reduce((total, p) => total + (p.fen ?? 0), 0);
  const rest = c.originalFen - sum;
  const write = useWrite(
    (form: Form, key) =>
      ask(
        api.PUT("/api/v1/contracts/{id}/terms", {
          params: { path: { id: c.id }, header: { ...ifMatch(c.version), ...key } },
          body: {
            termFrom: form.termFrom,
            termUntil: form.termUntil,
            acceptanceDays: Number(form.acceptanceDays) || 0,
            paymentDays: Number(form.paymentDays) || 0,
            payee: {
              holder: form.holder.trim(),
              bank: form.bank.trim(),
              number: form.number.replaceAll(" ", ""),
            },
            milestones: form.plans.map((p): Plan => toPlan(p)),
          },
        }),
      ),
    {
      refresh: refreshed,
      onDone: () => {
        draft.clear();
        onClose();
      },
    },
  );
  const patch = (i: number, part: Partial<PlanForm>) =>
    draft.set({ plans: f.plans.map((p, k) => (k === i ? { ...p, ...part } : p)) });
  return (
    <Card title={t("terms.edit")} aside={<DraftSaved at={draft.savedAt} />}>
      <div className="stack">
        <ErrorSummary errors={errorsOf(write.error)} />
        <div className="row">
          <DateField
            label={t("terms.from1")}
            value={f.termFrom}
            onChange={(termFrom) => draft.set({ termFrom })}
          />
          <DateField
            label={t("terms.until")}
            value={f.termUntil}
            onChange={(termUntil) => draft.set({ termUntil })}
          />
        </div>
        <div className="row">
          <TextField
            optional
            label={t("terms.acceptanceDays")}
            help={t("terms.acceptanceHelp")}
            inputMode="numeric"
            className="short"
            value={f.acceptanceDays}
            onChange={(acceptanceDays) => draft.set({ acceptanceDays })}
          />
          <TextField
            optional
            label={t("terms.paymentDays")}
            help={t("terms.paymentHelp")}
            inputMode="numeric"
            className="short"
            value={f.paymentDays}
            onChange={(paymentDays) => draft.set({ paymentDays })}
          />
        </div>
        <h3 className="sub">{t("payee.title")}</h3>
        <div className="row">
          <TextField
            label={t("payee.holder")}
            value={f.holder}
            onChange={(holder) => draft.set({ holder })}
          />
          <TextField label={t("payee.bank")} value={f.bank} onChange={(bank) => draft.set({ bank })} />
          <TextField
            label={t("payee.number")}
            inputMode="numeric"
            value={f.number}
            onChange={(number) => draft.set({ number })}
          />
        </div>
        <h3 className="sub">{t("milestone.plan")}</h3>
        {f.plans.map((p, i) => (
          <PlanFields
            key={p.key}
            n={i + 1}
            p={p}
            onChange={(part) => patch(i, part)}
            onRemove={
              f.plans.length > 1
                ? () => draft.set({ plans: f.plans.filter((o) => o.key !== p.key) })
                : undefined
            }
          />
        ))}
        <div>
          <Button
            small
            icon="plus"
            onClick={() => draft.set({ plans: [...f.plans, blankPlan(Math.max(rest, 0))] })}
          >
            {t("milestone.add")}
          </Button>
        </div>
        {rest !== 0 && (
          <Notice tone="wait">
            {t(rest > 0 ? "milestone.rest" : "milestone.over", {
              sum: money(sum, lang),
              price: money(c.originalFen, lang),
              rest: money(Math.abs(rest), lang),
            })}
          </Notice>
        )}
        <ProblemNotice problem={write.error} onReload={onReload} />
        <div className="row">
          <Button kind="primary" busy={write.isPending} disabled={rest !== 0} onClick={() => write.mutate(f)}>
            {t("terms.save")}
          </Button>
          <Button onClick={onClose}>{t("form.cancel")}</Button>
        </div>
      </div>
    </Card>
  );
}
