import { lazy, Suspense } from "react";
import { useTranslation } from "@/lib/i18n";
import { paths } from "@/lib/paths";
import { sentenceOf } from "@/lib/problem";
import { useSession } from "@/lib/session";
import { LinkButton } from "@/ui/Button";
import { Card } from "@/ui/layout";
import { Skeleton } from "@/ui/states";
import type { Fund } from "./model";

/** Only for people who are signed in; visitors are spared its fields. */
const GiveForm = lazy(() => import("./GiveForm"));

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
  if (useSession())
    return (
      <Suspense fallback={<Skeleton card={false} />}>
        <GiveForm fund={fund} />
      </Suspense>
    );
  return (
    <LinkButton small to={paths.signIn(paths.fund(fund.id))}>
      {t("give.signIn")}
    </LinkButton>
  );
}
