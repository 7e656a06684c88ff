/** Recording a budget line, and changing its approved amount by a second person. */
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, ask, ifMatch } from "@/lib/api";
import { serverNow } from "@/lib/clock";
import { useTranslation } from "@/lib/i18n";
import { useWrite } from "@/lib/query";
import { ComboBox } from "@/ui/ComboBox";
import { FormDialog } from "@/ui/FormDialog";
import { Select, TextArea, TextField } from "@/ui/fields";
import { MoneyField } from "@/ui/MoneyField";
import type { BudgetLine } from "./model";

const sources = ["general", "community_guarantee", "community_incentive", "fund"];

interface NewLine {
  partyId: string;
  fiscalYear: number;
  source: string;
  functionCode: string;
  economyCode: string;
  title: string;
  approvedFen: number;
}

export function RecordDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("projects");
  const year = serverNow().getFullYear();
  const [v, setV] = useState({
    partyId: "",
    fiscalYear: String(year),
    source: "general",
    functionCode: "",
    economyCode: "30227",
    title: "",
  });
  const [fen, setFen] = useState<number | null>(null);
  const set = (patch: Partial<typeof v>) => setV({ ...v, ...patch });
  const buyers = useQuery({
    queryKey: ["budget-lines", "buyers"],
    queryFn: async () => (await ask(api.GET("/api/v1/budget-buyers"))).items,
  });
  const write = useWrite(
    (body: NewLine, key) => ask(api.POST("/api/v1/budget-lines", { params: { header: key }, body })),
    { refresh: [["budget-lines"]], onDone: onClose },
  );
  const complete = v.partyId && v.title.trim() && v.functionCode && v.economyCode && fen;
  return (
    <FormDialog
      title={t("budget.record")}
      ready={Boolean(complete)}
      write={write}
      onSubmit={() =>
        write.mutate({
          ...v,
          title: v.title.trim(),
          fiscalYear: Number(v.fiscalYear),
          approvedFen: fen ?? 0,
        })
      }
      onClose={onClose}
    >
      <ComboBox
        label={t("field.buyer")}
        value={v.partyId}
        onChange={(partyId) => set({ partyId })}
        options={(buyers.data ?? []).map((b) => ({ value: b.id, label: b.name, note: b.placeName }))}
      />
      <TextField
        label={t("budget.lineTitle")}
        value={v.title}
        onChange={(title) => set({ title })}
        maxLength={60}
      />
      <Select
        label={t("budget.year")}
        value={v.fiscalYear}
        onChange={(fiscalYear) => set({ fiscalYear })}
        options={[year - 1, year, year + 1].map((y) => ({ value: String(y), label: String(y) }))}
      />
      <Select
        label={t("budget.source")}
        value={v.source}
        onChange={(source) => set({ source })}
        options={sources.map((s) => ({ value: s, label: t(`source.${s}`) }))}
      />
      <div className="row">
        <TextField
          label={t("budget.functionCode")}
          help={t("budget.functionHelp")}
          inputMode="numeric"
          value={v.functionCode}
          onChange={(functionCode) => set({ functionCode })}
          className="short"
        />
        <TextField
          label={t("budget.economyCode")}
          help={t("budget.economyHelp")}
          inputMode="numeric"
          value={v.economyCode}
          onChange={(economyCode) => set({ economyCode })}
          className="short"
        />
      </div>
      <MoneyField label={t("budget.approved")} value={fen} onChange={setFen} />
    </FormDialog>
  );
}

export function AdjustDialog({ line, onClose }: { line: BudgetLine; onClose: () => void }) {
  const { t } = useTranslation("projects");
  const [fen, setFen] = useState<number | null>(line.approvedFen);
  const [reason, setReason] = useState("");
  const write = useWrite(
    (body: { approvedFen: number; reason: string }, key) =>
      ask(
        api.POST("/api/v1/budget-lines/{id}/adjust", {
          params: { path: { id: line.id }, header: { ...ifMatch(line.version), ...key } },
          body,
        }),
      ),
    { refresh: [["budget-lines"]], onDone: onClose },
  );
  return (
    <FormDialog
      title={t("budget.adjustTitle", { title: line.title })}
      verb={t("budget.adjust")}
      ready={Boolean(fen) && reason.trim() !== ""}
      write={write}
      onSubmit={() => write.mutate({ approvedFen: fen ?? 0, reason: reason.trim() })}
      onClose={onClose}
      onReload={onClose}
    >
      <p>{t("explain.adjust")}</p>
      <MoneyField label={t("budget.approved")} value={fen} onChange={setFen} />
      <TextArea
        label={t("form.reason")}
        help={t("form.reasonHelp")}
        value={reason}
        onChange={setReason}
        maxLength={500}
      />
    </FormDialog>
  );
}
