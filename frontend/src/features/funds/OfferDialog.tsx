import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { api, ask } from "@/lib/api";
import { useTranslation } from "@/lib/i18n";
import { paths } from "@/lib/paths";
import { useWrite } from "@/lib/query";
import { Button } from "@/ui/Button";
import { RadioGroup } from "@/ui/choices";
import { SidePanel } from "@/ui/Dialog";
import { errorsOf } from "@/ui/ErrorSummary";
import { DateField, Select, TextField } from "@/ui/fields";
import { MoneyField } from "@/ui/MoneyField";
import { Notice, ProblemNotice } from "@/ui/states";
import { fundsChanged, fundsQuery } from "./model";

type Basis = "amount" | "turnover";
type Origin = "charter" | "venue" | "free_will";
const origins: Origin[] = ["charter", "venue", "free_will"];
const projectsShown = 50;
const basisPoints = 100;

/** A free promise: never a condition, a score or a clause of anything that is bought. */
export function OfferDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("funds");
  const navigate = useNavigate();
  const funds = useQuery(fundsQuery()).data?.items ?? [];
  const projects = useQuery({
    queryKey: ["projects", "mine", "pledge"],
    queryFn: () => ask(api.GET("/api/v1/projects", { params: { query: { limit: projectsShown } } })),
  });
  const [v, setV] = useState({
    fundId: "",
    projectId: "",
    origin: "venue" as Origin,
    basis: "turnover" as Basis,
    amountFen: null as number | null,
    percent: "",
    period: "",
    dueOn: "",
  });
  const set = (part: Partial<typeof v>) => setV({ ...v, ...part });
  const offer = useWrite(
    (input: typeof v, key) => {
      const turnover = input.basis === "turnover";
      const amountFen = turnover ? undefined : (input.amountFen ?? 0);
      return ask(
        api.POST("/api/v1/funds/{id}/pledges", {
          params: { path: { id: input.fundId || "-" }, header: key },
          body: {
            origin: input.origin,
            basis: input.basis,
            projectId: input.projectId || undefined,
            amountFen,
            rateBp: turnover ? Math.round(Number(input.percent) * basisPoints) || 0 : undefined,
            dues: [{ dueOn: input.dueOn, period: input.period, amountFen }],
          },
        }),
      );
    },
    { refresh: fundsChanged, onDone: (p) => void navigate({ to: paths.workPledge(p.id) }) },
  );
  const errors = errorsOf(offer.error);
  return (
    <SidePanel
      title={t("offer.title")}
      open
      onClose={onClose}
      actions={
        <Button kind="primary" busy={offer.isPending} onClick={() => offer.mutate(v)}>
          {t("offer.do")}
        </Button>
      }
    >
      <div className="stack">
        <Notice>{t("offer.free")}</Notice>
        <ProblemNotice problem={offer.error} />
        <Select
          label={t("fund.title")}
          value={v.fundId}
          onChange={(fundId) => set({ fundId })}
          error={errors.fundId}
          options={funds.filter((f) => f.status === "active").map((f) => ({ value: f.id, label: f.name }))}
        />
        <Select
          label={t("offer.project")}
          help={t("offer.projectHelp")}
          optional
          placeholder={t("offer.noProject")}
          value={v.projectId}
          onChange={(projectId) => set({ projectId })}
          options={(projects.data?.items ?? []).map((p) => ({ value: p.id, label: `${p.code} ${p.title}` }))}
        />
        <RadioGroup
          label={t("offer.origin")}
          value={v.origin}
          onChange={(o) => set({ origin: o as Origin })}
          options={origins.map((o) => ({ value: o, label: t(`origin.${o}`) }))}
        />
        <RadioGroup
          label={t("pledges.basis")}
          layout="inline"
          value={v.basis}
          onChange={(b) => set({ basis: b as Basis })}
          options={[
            { value: "turnover", label: t("offer.turnover") },
            { value: "amount", label: t("pledges.fixed") },
          ]}
        />
        {v.basis === "turnover" ? (
          <>
            <TextField
              label={t("offer.percent")}
              help={t("offer.percentHelp")}
              inputMode="decimal"
              className="short"
              value={v.percent}
              onChange={(percent) => set({ percent })}
              error={errors.rateBp}
            />
            <TextField
              label={t("dues.period")}
              help={t("offer.periodHelp")}
              value={v.period}
              onChange={(period) => set({ period })}
              error={errors["dues[0].period"]}
            />
          </>
        ) : (
          <MoneyField
            label={t("register.amount")}
            value={v.amountFen}
            onChange={(amountFen) => set({ amountFen })}
            error={errors.amountFen}
          />
        )}
        <DateField
          label={t("dues.due")}
          value={v.dueOn}
          onChange={(dueOn) => set({ dueOn })}
          error={errors["dues[0].dueOn"] ?? errors.dues}
        />
      </div>
    </SidePanel>
  );
}
