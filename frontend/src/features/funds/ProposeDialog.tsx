import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, ask } from "@/lib/api";
import { useTranslation } from "@/lib/i18n";
import { useWrite } from "@/lib/query";
import { Button } from "@/ui/Button";
import { ComboBox } from "@/ui/ComboBox";
import { Checkbox } from "@/ui/choices";
import { SidePanel } from "@/ui/Dialog";
import { errorsOf } from "@/ui/ErrorSummary";
import { TextArea, TextField } from "@/ui/fields";
import { MoneyField } from "@/ui/MoneyField";
import { ProblemNotice } from "@/ui/states";
import { type Fund, fundsChanged } from "./model";

const found = 10;

/** To whom, how much, what for; related parties are told, donors may not receive. */
export function ProposeDialog({ fund, onClose }: { fund: Fund; onClose: () => void }) {
  const { t } = useTranslation("funds");
  const [v, setV] = useState({
    recipientId: "",
    title: "",
    purpose: "",
    amountFen: null as number | null,
    restricted: false,
    related: false,
    relation: "",
  });
  const set = (part: Partial<typeof v>) => setV({ ...v, ...part });
  const [words, setWords] = useState("");
  const bodies = useQuery({
    queryKey: ["organizations", "search", words],
    enabled: words.trim().length > 0,
    queryFn: () =>
      ask(api.GET("/api/v1/organizations", { params: { query: { q: words.trim(), limit: found } } })),
  });
  const propose = useWrite(
    (input: typeof v, key) =>
      ask(
        api.POST("/api/v1/funds/{id}/grants", {
          params: { path: { id: fund.id }, header: key },
          body: { ...input, amountFen: input.amountFen ?? 0 },
        }),
      ),
    { refresh: fundsChanged, onDone: onClose },
  );
  const errors = errorsOf(propose.error);
  return (
    <SidePanel
      title={t("propose.title")}
      open
      onClose={onClose}
      actions={
        <Button kind="primary" busy={propose.isPending} onClick={() => propose.mutate(v)}>
          {t("propose.do")}
        </Button>
      }
    >
      <div className="stack">
        <p className="small muted">{t("propose.text")}</p>
        <ProblemNotice problem={propose.error} />
        <ComboBox
          label={t("grants.recipient")}
          value={v.recipientId}
          onChange={(recipientId) => set({ recipientId })}
          options={(bodies.data?.items ?? []).map((o) => ({ value: o.id, label: o.name }))}
          onSearch={setWords}
          error={errors.recipientId}
        />
        <TextField
          label={t("propose.name")}
          value={v.title}
          onChange={(title) => set({ title })}
          error={errors.title}
          maxLength={60}
        />
        <TextArea
          label={t("grants.purpose")}
          value={v.purpose}
          onChange={(purpose) => set({ purpose })}
          error={errors.purpose}
          maxLength={500}
        />
        <MoneyField
          label={t("register.amount")}
          value={v.amountFen}
          onChange={(amountFen) => set({ amountFen })}
          error={errors.amountFen}
        />
        <Checkbox
          label={t("propose.restricted")}
          checked={v.restricted}
          onChange={(restricted) => set({ restricted })}
        />
        <Checkbox
          label={t("propose.related")}
          help={t("propose.relatedHelp")}
          checked={v.related}
          onChange={(related) => set({ related })}
        />
        {v.related && (
          <TextField
            label={t("grants.relation")}
            value={v.relation}
            onChange={(relation) => set({ relation })}
            error={errors.relation}
            maxLength={500}
          />
        )}
      </div>
    </SidePanel>
  );
}
