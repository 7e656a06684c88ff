import { useState } from "react";
import { api, ask } from "@/lib/api";
import { useTranslation } from "@/lib/i18n";
import { paths } from "@/lib/paths";
import { sentenceOf } from "@/lib/problem";
import { useWrite } from "@/lib/query";
import { useSession } from "@/lib/session";
import { Button, LinkButton } from "@/ui/Button";
import { Checkbox } from "@/ui/choices";
import { MoneyField } from "@/ui/fields";
import { Card } from "@/ui/layout";
import { ProblemNotice } from "@/ui/states";
import { type Fund, fundsChanged } from "./model";

/** How to give: by transfer everywhere, by card where the rules allow it; off is said, with the reason. */
export function GiveCard({ fund }: { fund: Fund }) {
  const { t } = useTranslation("funds");
  if (fund.status !== "active") return null;
  return (
    <Card title={t("give.title")} className="no-print">
      <div className="stack tight small">
        <p>{t("give.transfer", { keeper: fund.keeperName, fund: fund.name })}</p>
        {fund.card?.on ? <ByCard fund={fund} /> : <CardOff code={fund.card?.code} />}
      </div>
    </Card>
  );
}

function CardOff({ code }: { code?: string }) {
  const { t } = useTranslation("funds");
  return <p className="muted">{(code && sentenceOf(code)) ?? t("give.off")}</p>;
}

function ByCard({ fund }: { fund: Fund }) {
  const { t } = useTranslation("funds");
  const session = useSession();
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
  if (!session) {
    return (
      <LinkButton small to={paths.signIn(paths.fund(fund.id))}>
        {t("give.signIn")}
      </LinkButton>
    );
  }
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
