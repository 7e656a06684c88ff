import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, ask } from "@/lib/api";
import { serverNow } from "@/lib/clock";
import { isoDate, yuan } from "@/lib/format";
import { useTranslation } from "@/lib/i18n";
import { useWrite } from "@/lib/query";
import { Button } from "@/ui/Button";
import { Checkbox } from "@/ui/choices";
import { SidePanel } from "@/ui/Dialog";
import { errorsOf } from "@/ui/ErrorSummary";
import { DateField, Select, TextField } from "@/ui/fields";
import { MoneyField } from "@/ui/MoneyField";
import { ProblemNotice } from "@/ui/states";
import { type Fund, fundsChanged, pledgesQuery } from "./model";

type Kind = "donation" | "pledge" | "grant_in" | "interest";

/** One line of the bank: what kind of money it is, whose, and what it is bound to. */
export function RegisterDialog({ fund, onClose }: { fund: Fund; onClose: () => void }) {
  const { t } = useTranslation("funds");
  const [v, setV] = useState({
    kind: "donation" as Kind,
    due: "",
    donorName: "",
    anonymous: false,
    amountFen: null as number | null,
    restricted: false,
    purpose: "",
    bankReference: "",
    receivedOn: isoDate(serverNow()),
  });
  const set = (part: Partial<typeof v>) => setV({ ...v, ...part });
  const dues = useDues(fund);
  const register = useWrite(
    (input: typeof v, key) => {
      const [pledgeId, number] = input.due.split("#");
      const own = input.kind === "donation" || input.kind === "grant_in";
      return ask(
        api.POST("/api/v1/funds/{id}/inflows", {
          params: { path: { id: fund.id }, header: key },
          body: {
            kind: input.kind,
            amountFen: input.amountFen ?? 0,
            bankReference: input.bankReference,
            receivedOn: input.receivedOn,
            ...(input.kind === "pledge" ? { pledgeId, dueNumber: Number(number) } : {}),
            ...(own
              ? {
                  donorName: input.donorName,
                  anonymous: input.anonymous,
                  restricted: input.restricted,
                  purpose: input.purpose,
                }
              : {}),
          },
        }),
      );
    },
    { refresh: fundsChanged, onDone: onClose },
  );
  const errors = errorsOf(register.error);
  const own = v.kind === "donation" || v.kind === "grant_in";
  return (
    <SidePanel
      title={t("register.title")}
      open
      onClose={onClose}
      actions={
        <Button kind="primary" busy={register.isPending} onClick={() => register.mutate(v)}>
          {t("register.do")}
        </Button>
      }
    >
      <div className="stack">
        <p className="small muted">{t("register.text")}</p>
        <ProblemNotice problem={register.error} />
        <Select
          label={t("register.kind")}
          value={v.kind}
          onChange={(kind) => set({ kind: kind as Kind })}
          options={(["donation", "pledge", "grant_in", "interest"] as const).map((k) => ({
            value: k,
            label: t(`kind.${k}`),
          }))}
        />
        {v.kind === "pledge" && (
          <Select
            label={t("register.due")}
            help={dues.length === 0 ? t("register.noDues") : undefined}
            value={v.due}
            onChange={(due) =>
              set({ due, amountFen: dues.find((d) => d.value === due)?.openFen ?? v.amountFen })
            }
            options={dues}
            error={errors.pledgeId}
          />
        )}
        {own && (
          <>
            <TextField
              label={t("register.donor")}
              value={v.donorName}
              onChange={(donorName) => set({ donorName })}
              error={errors.donorName}
              maxLength={60}
            />
            <Checkbox
              label={t("give.anonymous")}
              checked={v.anonymous}
              onChange={(anonymous) => set({ anonymous })}
            />
          </>
        )}
        <MoneyField
          label={t("register.amount")}
          value={v.amountFen}
          onChange={(amountFen) => set({ amountFen })}
          error={errors.amountFen}
        />
        {own && (
          <Checkbox
            label={t("register.restricted")}
            help={t("register.restrictedHelp")}
            checked={v.restricted}
            onChange={(restricted) => set({ restricted })}
          />
        )}
        {own && (
          <TextField
            label={t("register.purpose")}
            optional={!v.restricted}
            value={v.purpose}
            onChange={(purpose) => set({ purpose })}
            error={errors.purpose}
            maxLength={500}
          />
        )}
        <TextField
          label={t("register.reference")}
          help={t("register.referenceHelp")}
          value={v.bankReference}
          onChange={(bankReference) => set({ bankReference })}
          error={errors.bankReference}
          maxLength={60}
        />
        <DateField
          label={t("register.receivedOn")}
          value={v.receivedOn}
          max={isoDate(serverNow())}
          onChange={(receivedOn) => set({ receivedOn })}
          error={errors.receivedOn}
        />
      </div>
    </SidePanel>
  );
}

/** Instalments of accepted pledges that are known and open. */
function useDues(fund: Fund) {
  const pledges = useQuery(pledgesQuery({ fundId: fund.id })).data?.items ?? [];
  return pledges
    .filter((p) => p.status === "accepted")
    .flatMap((p) =>
      p.dues
        .filter((d) => d.declared && d.paidFen < d.amountFen)
        .map((d) => ({
          value: `${p.id}#${d.number}`,
          label: `${p.donorName} · ${d.period || d.dueOn} · ${yuan(d.amountFen - d.paidFen)}`,
          openFen: d.amountFen - d.paidFen,
        })),
    );
}
