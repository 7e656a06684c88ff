import { useQuery } from "@tanstack/react-query";
import { useParams, useSearch } from "@tanstack/react-router";
import { api, ask } from "@/lib/api";
import { useTranslation } from "@/lib/i18n";
import { paths } from "@/lib/paths";
import { type Lot, lotOf, type OwnBid, type Tender } from "@/lib/procurement";
import { Link } from "@/ui/Link";
import { Card, KeyValue, PageHead } from "@/ui/layout";
import { Status } from "@/ui/Status";
import { Loaded, Notice } from "@/ui/states";
import { Views } from "@/ui/Tabs";
import { DateTime, Deadline, Money } from "@/ui/values";
import { AskCard } from "./AskCard";
import { BidForm } from "./BidForm";
import { FinalOffer } from "./FinalOffer";
import { OwnScore } from "./OwnScore";
import { ProveCost } from "./ProveCost";
import { Receipts } from "./Receipts";
import { SealedBid } from "./SealedBid";
import "./bids.css";

/** Everything a supplier does about one lot, from the draft to its own score. */
export default function BidPage() {
  const { tenderId = "" } = useParams({ strict: false });
  const query = useQuery({
    queryKey: ["tenders", tenderId],
    queryFn: () => ask(api.GET("/api/v1/tenders/{id}", { params: { path: { id: tenderId } } })),
  });
  return <Loaded query={query}>{(tender) => <OfLot tender={tender} />}</Loaded>;
}

function OfLot({ tender }: { tender: Tender }) {
  const { t } = useTranslation("bids");
  const { lot: chosen } = useSearch({ strict: false }) as { lot?: string };
  const lot = lotOf(tender.lots, chosen);
  const own = useQuery({
    queryKey: ["bids", "own", lot?.id],
    queryFn: () =>
      ask(api.GET("/api/v1/bids", { params: { query: { lotId: lot?.id } } })).then((o) => o.items[0] ?? null),
  });
  if (!lot) return null;
  return (
    <>
      <PageHead
        title={tender.title}
        mark={
          own.data ? (
            <Status machine="bid" state={own.data.status} />
          ) : (
            <Status machine="tender" state={lot.status} />
          )
        }
        crumbs={[{ label: t("list.title"), to: paths.workBids() }, { label: tender.code }]}
        sub={
          <>
            {tender.buyerName} · <Link to={paths.tender(tender.id)}>{t("documents")}</Link>
          </>
        }
      />
      {tender.lots.length > 1 && (
        <Views
          label={t("lots")}
          items={tender.lots.map((l) => ({
            to: paths.workBid(tender.id, l.id),
            label: l.title,
            current: l.id === lot.id,
          }))}
        />
      )}
      <Loaded query={own}>{(bid) => <Sections key={lot.id} tender={tender} lot={lot} bid={bid} />}</Loaded>
    </>
  );
}

function Sections({ tender, lot, bid }: { tender: Tender; lot: Lot; bid: OwnBid | null }) {
  const { t } = useTranslation("bids");
  const taking = lot.status === "open" && bid?.status !== "late_refused";
  const fresh = taking && (!bid || bid.status === "withdrawn");
  return (
    <div className="columns">
      <div className="stack">
        {bid?.standing || bid?.winner ? <OwnScore bid={bid} /> : null}
        {bid?.late.map((l) => (
          <Notice key={l.receivedAt} tone="bad">
            {t("late")} <DateTime at={l.receivedAt} />
          </Notice>
        ))}
        {bid?.reason && <Notice tone="bad">{reasonOf(t, bid.reason)}</Notice>}
        {bid?.status === "sealed" && lot.status === "open" && (
          <SealedBid tender={tender} lot={lot} bid={bid} />
        )}
        {fresh && <BidForm tender={tender} lot={lot} />}
        {bid?.status === "responsive" && lot.finalDeadlineAt && !lot.priceOpenedAt && (
          <FinalOffer lot={lot} bid={bid} />
        )}
        {bid?.review && <ProveCost bid={bid} />}
        {bid && bid.receipts.length > 0 && <Receipts bid={bid} />}
        {!bid && !taking && <Notice>{t("closed")}</Notice>}
        <AskCard tender={tender} lot={lot} bid={bid} />
      </div>
      <aside className="stack first">
        <Card title={t("facts")}>
          <KeyValue
            items={[
              { label: t("ceiling"), value: <Money fen={lot.ceilingFen} /> },
              {
                label: t("deadline"),
                value: <Deadline at={tender.deadlineAt} done={lot.status !== "open"} />,
              },
              lot.finalDeadlineAt
                ? {
                    label: t("finalDeadline"),
                    value: <Deadline at={lot.finalDeadlineAt} done={Boolean(lot.priceOpenedAt)} />,
                  }
                : null,
            ]}
          />
        </Card>
        <Card title={t("sealing.title")}>
          <ul className="small">
            {["browser", "officers", "copy", "replace"].map((k) => (
              <li key={k}>{t(`sealing.${k}`)}</li>
            ))}
          </ul>
        </Card>
      </aside>
    </div>
  );
}

/** Reasons of the platform are codes with words; those of people are shown as written. */
function reasonOf(t: (key: string) => string, reason: string): string {
  const key = `reason.${reason.replaceAll(".", "_")}`;
  const text = t(key);
  return text === key ? reason : text;
}
