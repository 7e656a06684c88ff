import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "@/lib/i18n";
import { paths } from "@/lib/paths";
import { useSession } from "@/lib/session";
import { Button } from "@/ui/Button";
import { DataTable } from "@/ui/DataTable";
import { Link } from "@/ui/Link";
import { PageHead } from "@/ui/layout";
import { Empty, Loaded } from "@/ui/states";
import { Money } from "@/ui/values";
import { type Pledge, pledgesQuery, rate } from "./model";
import { OfferDialog } from "./OfferDialog";
import { PledgeStatus } from "./PublicLists";

/** What one's organisation promised of its own accord, and how far it is kept. */
export default function WorkPledgesPage() {
  const { t } = useTranslation("funds");
  const donorId = useSession()?.membership?.partyId ?? "";
  const query = useQuery(pledgesQuery({ donorId }));
  const [offering, setOffering] = useState(false);
  return (
    <>
      <PageHead
        title={t("pledges.title")}
        sub={t("pledges.lead")}
        actions={
          <Button kind="primary" icon="plus" onClick={() => setOffering(true)}>
            {t("offer.title")}
          </Button>
        }
      />
      <Loaded query={query}>
        {({ items }) => (
          <DataTable<Pledge>
            caption={t("pledges.title")}
            rows={items.toReversed()}
            rowKey={(p) => p.id}
            empty={<Empty title={t("pledges.noneMine")}>{t("pledges.noneMineText")}</Empty>}
            columns={[
              {
                id: "fund",
                head: t("fund.title"),
                title: true,
                cell: (p) => (
                  <>
                    <Link to={paths.workPledge(p.id)}>{p.fundName}</Link>
                    <div className="tiny muted num">{p.code}</div>
                  </>
                ),
              },
              {
                id: "basis",
                head: t("pledges.basis"),
                cell: (p) =>
                  p.basis === "turnover" ? t("pledges.share", { rate: rate(p.rateBp) }) : t("pledges.fixed"),
              },
              {
                id: "promised",
                head: t("pledges.promised"),
                right: true,
                cell: (p) => <Money fen={p.promisedFen} bare />,
              },
              { id: "paid", head: t("dues.paid"), right: true, cell: (p) => <Money fen={p.paidFen} bare /> },
              {
                id: "status",
                head: t("inflow.status"),
                cell: (p) => <PledgeStatus state={p.status} />,
              },
            ]}
          />
        )}
      </Loaded>
      {offering && <OfferDialog onClose={() => setOffering(false)} />}
    </>
  );
}
