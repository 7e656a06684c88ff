import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useTranslation } from "@/lib/i18n";
import { paths } from "@/lib/paths";
import { LinkButton } from "@/ui/Button";
import { useFilters } from "@/ui/Chips";
import { PageHead, Sums } from "@/ui/layout";
import { Status } from "@/ui/Status";
import { Loaded, Notice } from "@/ui/states";
import { Money } from "@/ui/values";
import { GiveCard } from "./GiveCard";
import { type Fund, fundQuery } from "./model";
import { PublicGrants, PublicPledges } from "./PublicLists";
import { StatementSection } from "./StatementSection";
import "./funds.css";

/** A budget anyone can read: what came in, from whom, for what, and where it went. */
export default function FundPage() {
  const { fundId } = useParams({ strict: false }) as { fundId: string };
  const query = useQuery(fundQuery(fundId));
  return <Loaded query={query}>{(fund) => <Whole fund={fund} />}</Loaded>;
}

function Whole({ fund }: { fund: Fund }) {
  const { t, lang } = useTranslation("funds");
  const [filters] = useFilters<"card">();
  const name = (lang === "en" && fund.nameEn) || fund.name;
  return (
    <>
      <PageHead
        title={name}
        mark={<Status machine="fund" state={fund.status} />}
        crumbs={[{ label: t("list.title"), to: paths.funds() }, { label: name }]}
        sub={t("fund.sub", { place: fund.placeName, keeper: fund.keeperName, code: fund.code })}
        actions={
          fund.insider && (
            <LinkButton small to={paths.workFund(fund.id)}>
              {t("fund.work")}
            </LinkButton>
          )
        }
      />
      <div className="stack loose">
        {filters.card === "done" && (
          <Notice tone="ok" live>
            {t("give.returned")}
          </Notice>
        )}
        {filters.card === "cancelled" && <Notice live>{t("give.cancelled")}</Notice>}
        <p className="measure">{fund.purpose}</p>
        <Sums
          items={[
            {
              label: t("fund.held"),
              value: <Money fen={fund.heldFen} bare />,
              note: t("fund.yuan"),
              to: "#statement",
            },
            {
              label: t("fund.restricted"),
              value: <Money fen={fund.restrictedFen} bare />,
              note: t("fund.restrictedNote"),
            },
            {
              label: t("fund.unrestricted"),
              value: <Money fen={fund.unrestrictedFen} bare />,
              note: t("fund.yuan"),
            },
            {
              label: t("fund.pledged"),
              value: <Money fen={fund.pledgedFen} bare />,
              note: (
                <>
                  {t("fund.paid")} <Money fen={fund.pledgesPaidFen} bare />
                </>
              ),
              to: "#pledges",
            },
          ]}
        />
        <div className="columns wide">
          <div>
            <StatementSection fund={fund} />
          </div>
          <aside>
            <div className="stack">
              <PublicPledges fund={fund} />
              <PublicGrants fund={fund} />
              <GiveCard fund={fund} />
            </div>
          </aside>
        </div>
      </div>
    </>
  );
}
