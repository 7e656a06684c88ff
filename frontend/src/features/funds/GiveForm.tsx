import { useState } from "react";
import { api, ask } from "@/lib/api";
import { useTranslation } from "@/lib/i18n";
import { useWrite } from "@/lib/query";
import { Button } from "@/ui/Button";
import { Checkbox } from "@/ui/choices";
import { MoneyField } from "@/ui/MoneyField";
import { ProblemNotice } from "@/ui/states";
import { type Fund, fundsChanged } from "./model";

/** An amount, anonymous or not, then on to the provider's own page. */
export default function GiveForm({ fund }: { fund: Fund }) {
  const { t } = useTranslation("funds");
  const [amountFen, setAmount] = useState<number | null>(null);
  const [anonymous, setAnonymous] = useState(false);
  const give = useWrite(
    (input: { amountFen: number; anonymous: boolean }, key) =>
      ask(
        api.POST("/api/v1/funds/{id}/card-donations", {
          params: { path: { id: fund.id }, header: key },
          body: input,
        }),
      ),
    {
      refresh: fundsChanged,
      onDone: (inflow) => {
        if (inflow.cardUrl) globalThis.location.assign(inflow.cardUrl);
      },
    },
  );
  return (
    <div className="stack tight">
      <MoneyField label={t("give.amount")} value={amountFen} onChange={setAmount} />
      <Checkbox label={t("give.anonymous")} checked={anonymous} onChange={setAnonymous} />
      <ProblemNotice problem={give.error} />
      <Button
        kind="primary"
        busy={give.isPending}
        disabled={!amountFen}
        onClick={() => amountFen && give.mutate({ amountFen, anonymous })}
      >
        {t("give.card")}
      </Button>
      <p className="tiny muted">{t("give.counts")}</p>
    </div>
  );
}
