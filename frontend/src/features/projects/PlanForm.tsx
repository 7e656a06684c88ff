import { api, ask, ifMatch } from "@/lib/api";
import { useDraft } from "@/lib/draft";
import { useTranslation } from "@/lib/i18n";
import { useWrite } from "@/lib/query";
import { Button } from "@/ui/Button";
import { Checkbox, CheckboxGroup, RadioGroup } from "@/ui/choices";
import { DraftSaved } from "@/ui/ErrorSummary";
import { DateField, Select, TextArea, TextField } from "@/ui/fields";
import { Card } from "@/ui/layout";
import { MoneyField } from "@/ui/MoneyField";
import { Notice, ProblemNotice } from "@/ui/states";
import { type PlanBody, type ProjectView, refreshed } from "./model";

interface Values {
  method: string;
  approval: string;
  startsOn: string;
  endsOn: string;
  term: string[];
  hits: string[];
  screened: boolean;
  heads: string;
  monthlyFen: number | null;
  managed: boolean;
  sme: string;
  microShare: string;
  reserveShare: string;
  exemptionNumber: string;
  exemptionReason: string;
  minAssessment: string;
}

const termFlags = ["contentStable", "continuous", "fundingStable", "smallPriceChange"] as const;

const start = (p: ProjectView): Values => ({
  method: p.methods.includes("consultation") ? "consultation" : (p.methods[0] ?? ""),
  approval: "",
  startsOn: "",
  endsOn: "",
  term: [],
  hits: [],
  screened: false,
  heads: "",
  monthlyFen: null,
  managed: false,
  sme: p.track === "G" ? "" : "unsuitable",
  reserveShare: "0.30",
  microShare: "0.60",
  exemptionNumber: "",
  exemptionReason: "",
  minAssessment: "0",
});

function bodyOf(v: Values, p: ProjectView): PlanBody {
  const exempt = v.sme === "social" || v.sme === "exempt";
  return {
    method: v.method,
    approval: v.approval.trim() || undefined,
    startsOn: v.startsOn,
    endsOn: v.endsOn,
    term: {
      contentStable: v.term.includes("contentStable"),
      continuous: v.term.includes("continuous"),
      fundingStable: v.term.includes("fundingStable"),
      smallPriceChange: v.term.includes("smallPriceChange"),
    },
    answers: p.negativeItems.map((item) => ({ item, hit: v.hits.includes(item) })),
    labour: {
      heads: Number(v.heads) || undefined,
      monthlyPayFen: v.monthlyFen ?? undefined,
      managedByBuyer: v.managed || undefined,
    },
    sme: {
      suitable: v.sme !== "unsuitable",
      socialOnly: v.sme === "social" || undefined,
      reserveShare: v.sme === "whole" ? "1" : v.sme === "part" ? v.reserveShare : undefined,
      microShare: v.sme === "part" ? v.microShare : undefined,
      exemptionNumber: exempt ? v.exemptionNumber.trim() : undefined,
      exemptionReason: exempt ? v.exemptionReason.trim() : undefined,
    },
    minAssessment: Number(v.minAssessment) || undefined,
  };
}

/** The implementation plan: method, term, negative list, small enterprises. The rules answer at once. */
export function PlanForm({
  p,
  onClose,
  onReload,
}: {
  p: ProjectView;
  onClose: () => void;
  onReload: () => void;
}) {
  const { t } = useTranslation("projects");
  const draft = useDraft<Values>(`plan.${p.id}`, start(p));
  const v = draft.value;
  const write = useWrite(
    (body: PlanBody, key) =>
      ask(
        api.POST("/api/v1/projects/{id}/plan", {
          params: { path: { id: p.id }, header: { ...ifMatch(p.version), ...key } },
          body,
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
  return (
    <Card title={t("action.plan")}>
      <div className="stack">
        <p className="muted">{t("explain.plan")}</p>
        <Select
          label={t("plan.method")}
          value={v.method}
          onChange={(method) => draft.set({ method })}
          options={p.methods.map((m) => ({ value: m, label: t(`method.${m}`) }))}
        />
        {p.track === "G" && v.method !== "open_tender" && (
          <TextField
            label={t("plan.approval")}
            help={t("plan.approvalHelp")}
            optional
            value={v.approval}
            onChange={(approval) => draft.set({ approval })}
          />
        )}
        <div className="row">
          <DateField
            label={t("plan.startsOn")}
            value={v.startsOn}
            onChange={(startsOn) => draft.set({ startsOn })}
          />
          <DateField
            label={t("plan.endsOn")}
            min={v.startsOn || undefined}
            value={v.endsOn}
            onChange={(endsOn) => draft.set({ endsOn })}
          />
        </div>
        <CheckboxGroup
          label={t("plan.termFlags")}
          help={t("plan.termHelp")}
          optional
          value={v.term}
          onChange={(term) => draft.set({ term })}
          options={termFlags.map((f) => ({ value: f, label: t(`plan.flag.${f}`) }))}
        />
        <NegativeList p={p} v={v} set={draft.set} />
        {p.track === "G" && <Labour v={v} set={draft.set} />}
        {p.track === "G" && <SmallEnterprises v={v} set={draft.set} />}
        <Select
          label={t("plan.minAssessment")}
          help={t("plan.minAssessmentHelp")}
          value={v.minAssessment}
          onChange={(minAssessment) => draft.set({ minAssessment })}
          options={["0", "1", "2", "3", "4", "5"].map((g) => ({
            value: g,
            label: g === "0" ? t("plan.noGrade") : `${g}A`,
          }))}
        />
        <ProblemNotice problem={write.error} onReload={onReload} />
        <div className="row">
          <Button
            kind="primary"
            busy={write.isPending}
            disabled={!v.startsOn || !v.endsOn || !v.screened || (p.track === "G" && !v.sme)}
            onClick={() => write.mutate(bodyOf(v, p))}
          >
            {t("action.plan")}
          </Button>
          <Button onClick={onClose}>{t("form.later")}</Button>
          <DraftSaved at={draft.savedAt} />
        </div>
      </div>
    </Card>
  );
}

interface PartProps {
  v: Values;
  set: (patch: Partial<Values>) => void;
}

function NegativeList({ p, v, set }: PartProps & { p: ProjectView }) {
  const { t } = useTranslation("projects");
  return (
    <>
      <CheckboxGroup
        label={t("plan.negative")}
        help={t("plan.negativeHelp")}
        optional
        value={v.hits}
        onChange={(hits) => set({ hits })}
        options={p.negativeItems.map((item) => ({ value: item, label: t(`negative.${item}`) }))}
      />
      {v.hits.length > 0 && <Notice tone="bad">{t("plan.negativeHit")}</Notice>}
      <Checkbox
        label={t("plan.screenedStatement")}
        checked={v.screened}
        onChange={(screened) => set({ screened })}
      />
    </>
  );
}

function Labour({ v, set }: PartProps) {
  const { t } = useTranslation("projects");
  return (
    <fieldset className="field">
      <legend>{t("plan.labour")}</legend>
      <div className="help">{t("plan.labourHelp")}</div>
      <div className="row">
        <TextField
          label={t("plan.heads")}
          optional
          inputMode="numeric"
          value={v.heads}
          onChange={(heads) => set({ heads: heads.replace(/\D/g, "") })}
          className="short"
        />
        <MoneyField
          label={t("plan.monthlyPay")}
          optional
          value={v.monthlyFen}
          onChange={(monthlyFen) => set({ monthlyFen })}
        />
      </div>
      <Checkbox label={t("plan.managed")} checked={v.managed} onChange={(managed) => set({ managed })} />
    </fieldset>
  );
}

function SmallEnterprises({ v, set }: PartProps) {
  const { t } = useTranslation("projects");
  const shares = { inputMode: "decimal" as const, className: "short" };
  return (
    <>
      <RadioGroup
        label={t("plan.sme")}
        help={t("plan.smeHelp")}
        value={v.sme}
        onChange={(sme) => set({ sme })}
        options={["social", "whole", "part", "exempt", "unsuitable"].map((o) => ({
          value: o,
          label: t(`sme.${o}`),
          help: t(`sme.${o}Help`),
        }))}
      />
      {v.sme === "part" && (
        <div className="row">
          <TextField
            label={t("plan.reserveShare")}
            {...shares}
            value={v.reserveShare}
            onChange={(reserveShare) => set({ reserveShare })}
          />
          <TextField
            label={t("plan.microShare")}
            {...shares}
            value={v.microShare}
            onChange={(microShare) => set({ microShare })}
          />
        </div>
      )}
      {(v.sme === "social" || v.sme === "exempt") && (
        <>
          <TextField
            label={t("plan.exemptionNumber")}
            value={v.exemptionNumber}
            onChange={(exemptionNumber) => set({ exemptionNumber })}
          />
          <TextArea
            label={t("plan.exemptionReason")}
            rows={2}
            value={v.exemptionReason}
            onChange={(exemptionReason) => set({ exemptionReason })}
            maxLength={500}
          />
        </>
      )}
    </>
  );
}
