import { useState } from "react";
import { api, ask, ifMatch } from "@/lib/api";
import { actionProps } from "@/lib/can";
import { useTranslation } from "@/lib/i18n";
import { can } from "@/lib/session";
import { ActionButton, Button } from "@/ui/Button";
import { RadioGroup } from "@/ui/choices";
import { DateField } from "@/ui/fields";
import { Card } from "@/ui/layout";
import { Status } from "@/ui/Status";
import { Day, Money } from "@/ui/values";
import { ActDialog } from "./ActDialog";
import type { ContractView, SupplementView } from "./model";
import { blankPlan, PlanFields, type PlanForm, toPlan } from "./PlanFields";

const routes = {
  sign_supplier: "/api/v1/supplements/{id}/sign-as-supplier",
  sign: "/api/v1/supplements/{id}/sign",
  withdraw: "/api/v1/supplements/{id}/withdraw",
  apply: "/api/v1/supplements/{id}/apply",
} as const;

/** Changes of a contract, each an object of its own, and the way to propose one. */
export function Supplements({ c, onReload }: { c: ContractView; onReload: () => void }) {
  const { t } = useTranslation("contracts");
  const [open, setOpen] = useState(false);
  const may = can("supplement.propose") && c.insider && ["filed", "active"].includes(c.status);
  if (c.supplements.length === 0 && !may) return null;
  return (
    <Card
      title={t("supplement.title")}
      aside={
        may && (
          <Button small onClick={() => setOpen(true)}>
            {t("supplement.propose")}
          </Button>
        )
      }
    >
      {c.supplements.length === 0 ? (
        <p className="muted small">{t("supplement.none")}</p>
      ) : (
        <ul className="plainlist">
          {c.supplements.map((s) => (
            <Row key={s.id} s={s} onReload={onReload} />
          ))}
        </ul>
      )}
      {open && <ProposeDialog c={c} onClose={() => setOpen(false)} onReload={onReload} />}
    </Card>
  );
}

function Row({ s, onReload }: { s: SupplementView; onReload: () => void }) {
  const { t } = useTranslation("contracts");
  const words = useTranslation("action");
  const [verb, setVerb] = useState<keyof typeof routes>();
  const offered = s.actions.filter((a) => a.permitted || a.code !== "access.forbidden");
  return (
    <li>
      <p className="row tight small">
        <strong>{t("supplement.nth", { n: s.number })}</strong>
        <Status machine="supplement" state={s.status} />
        <span>{t(`supplement.${s.kind}`)}</span>
        {s.amountFen > 0 && <Money fen={s.amountFen} />}
        <span className="muted">
          {t("supplement.from")} <Day at={s.effectiveOn} />
        </span>
      </p>
      <p className="small">{s.reason}</p>
      <div className="row tight no-print">
        {offered.map((a) => (
          <ActionButton
            key={a.action}
            small
            {...actionProps(s.actions, a.action)}
            onClick={() => setVerb(a.action as keyof typeof routes)}
          >
            {words.t(`supplement.${a.action}`)}
          </ActionButton>
        ))}
      </div>
      {verb && (
        <ActDialog
          title={words.t(`supplement.${verb}`)}
          explain={t(`supplement.explain.${verb}`)}
          reasoned={verb === "withdraw"}
          onClose={() => setVerb(undefined)}
          onReload={onReload}
          run={(reason, key) =>
            ask(
              api.POST(routes[verb], {
                params: { path: { id: s.id }, header: { ...ifMatch(s.version), ...key } },
                body: { reason: reason || undefined },
              }),
            )
          }
        />
      )}
    </li>
  );
}

function ProposeDialog({ c, ...rest }: { c: ContractView; onClose: () => void; onReload: () => void }) {
  const { t } = useTranslation("contracts");
  const [kind, setKind] = useState<"more_of_the_same" | "longer_term">("more_of_the_same");
  const [plan, setPlan] = useState<PlanForm>(() => blankPlan(0));
  const [from, setFrom] = useState("");
  const [until, setUntil] = useState("");
  const more = kind === "more_of_the_same";
  return (
    <ActDialog
      {...rest}
      title={t("supplement.propose")}
      explain={t("supplement.limit")}
      reasoned
      ready={from !== "" && (more ? (plan.fen ?? 0) > 0 : until !== "")}
      run={(reason, key) =>
        ask(
          api.POST("/api/v1/contracts/{id}/supplements", {
            params: { path: { id: c.id }, header: { ...ifMatch(c.version), ...key } },
            body: {
              kind,
              reason,
              effectiveOn: from,
              amountFen: more ? (plan.fen ?? 0) : undefined,
              milestone: more ? toPlan(plan) : undefined,
              termUntil: until || undefined,
            },
          }),
        )
      }
    >
      <RadioGroup
        label={t("supplement.kind")}
        value={kind}
        onChange={(k) => setKind(k as typeof kind)}
        options={[
          { value: "more_of_the_same", label: t("supplement.more_of_the_same") },
          { value: "longer_term", label: t("supplement.longer_term") },
        ]}
      />
      <DateField label={t("supplement.effectiveOn")} value={from} onChange={setFrom} />
      <DateField optional={more} label={t("supplement.until")} value={until} onChange={setUntil} />
      {more && (
        <PlanFields n={c.milestones.length + 1} p={plan} onChange={(part) => setPlan({ ...plan, ...part })} />
      )}
    </ActDialog>
  );
}
