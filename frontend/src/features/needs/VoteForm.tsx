import { useState } from "react";
import { useNow } from "@/lib/clock";
import { isoDate } from "@/lib/format";
import { useTranslation } from "@/lib/i18n";
import { DateField, TextArea, TextField } from "@/ui/fields";
import { Notice } from "@/ui/states";
import { ActForm } from "./ActForm";
import type { ActFormProps } from "./NeedActs";

const figures = ["members", "recused", "present", "yes", "no", "abstain"] as const;
type Figure = (typeof figures)[number];

/** The council's vote: who was there and how they voted; the server counts quorum and majority. */
export function VoteForm({ need, onClose }: ActFormProps) {
  const { t } = useTranslation("needs");
  const today = isoDate(useNow());
  const [heldOn, setHeldOn] = useState(today);
  const [n, setN] = useState<Record<Figure, string>>({
    members: "",
    recused: "0",
    present: "",
    yes: "",
    no: "",
    abstain: "0",
  });
  const [minutes, setMinutes] = useState("");
  const value = (f: Figure) => Number.parseInt(n[f], 10);
  const whole = figures.every((f) => Number.isInteger(value(f)) && value(f) >= 0);
  const sums = whole && value("yes") + value("no") + value("abstain") === value("present");
  return (
    <ActForm
      need={need}
      verb="deliberate"
      body={{
        heldOn,
        ...Object.fromEntries(figures.map((f) => [f, value(f)])),
        ...(minutes.trim() ? { minutes: minutes.trim() } : {}),
      }}
      ready={whole && sums && heldOn !== ""}
      onClose={onClose}
    >
      <DateField label={t("vote.heldOn")} value={heldOn} max={today} onChange={setHeldOn} />
      <div className="votefields">
        {figures.map((f) => (
          <TextField
            key={f}
            label={t(`vote.${f}`)}
            inputMode="numeric"
            className="num"
            value={n[f]}
            onChange={(v) => setN((old) => ({ ...old, [f]: v.replace(/\D/g, "").slice(0, 3) }))}
          />
        ))}
      </div>
      {whole && !sums && <Notice tone="wait">{t("vote.sum", { present: value("present") })}</Notice>}
      <TextArea
        label={t("vote.minutes")}
        help={t("vote.minutesHelp")}
        optional
        maxLength={1000}
        value={minutes}
        onChange={setMinutes}
      />
    </ActForm>
  );
}
