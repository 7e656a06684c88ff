import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { api, ask, ifMatch } from "@/lib/api";
import { useTranslation } from "@/lib/i18n";
import { paths } from "@/lib/paths";
import { LinkButton } from "@/ui/Button";
import { useFilters } from "@/ui/Chips";
import { PageHead, Sums } from "@/ui/layout";
import { Status } from "@/ui/Status";
import { Loaded } from "@/ui/states";
import { Tabs } from "@/ui/Tabs";
import { Money } from "@/ui/values";
import { Acts } from "./Acts";
import { GrantsTab } from "./GrantsTab";
import { InflowsTab } from "./InflowsTab";
import { type Fund, fundQuery } from "./model";
import { PledgesTab } from "./PledgesTab";
import { StatementSection } from "./StatementSection";
import "./funds.css";

/** The keeper's desk of one fund: what to confirm, answer and decide, and the book. */
export default function WorkFundPage() {
  const { fundId } = useParams({ strict: false }) as { fundId: string };
  const query = useQuery(fundQuery(fundId));
  return <Loaded query={query}>{(fund) => <Desk fund={fund} />}</Loaded>;
}

function Desk({ fund }: { fund: Fund }) {
  const { t } = useTranslation("funds");
  const [filters] = useFilters<"tab">();
  return (
    <>
      <PageHead
        title={fund.name}
        mark={<Status machine="fund" state={fund.status} />}
        crumbs={[{ label: t("work.title"), to: paths.workFunds() }, { label: fund.name }]}
        sub={t("fund.sub", { place: fund.placeName, keeper: fund.keeperName, code: fund.code })}
        actions={
          <LinkButton small to={paths.fund(fund.id)}>
            {t("fund.public")}
          </LinkButton>
        }
      />
      <div className="stack loose">
        <Sums
          items={[
            { label: t("fund.held"), value: <Money fen={fund.heldFen} bare />, note: t("fund.yuan") },
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
          ]}
        />
        <FundActs fund={fund} />
        <Tabs
          label={fund.name}
          initial={filters.tab ?? "inflows"}
          items={[
            { id: "inflows", label: t("tab.inflows"), content: <InflowsTab fund={fund} /> },
            { id: "pledges", label: t("tab.pledges"), content: <PledgesTab fund={fund} /> },
            { id: "grants", label: t("tab.grants"), content: <GrantsTab fund={fund} /> },
            { id: "book", label: t("tab.book"), content: <StatementSection fund={fund} /> },
          ]}
        />
      </div>
    </>
  );
}

const acts = ["activate", "freeze", "unfreeze", "dissolve"] as const;

function FundActs({ fund }: { fund: Fund }) {
  const { t } = useTranslation("funds");
  return (
    <Acts
      machine="fund"
      acts={acts}
      actions={fund.actions}
      lead="activate"
      head
      text={(act) => t(`act.${act}`)}
      ask={(act) =>
        fund.actions.find((a) => a.action === act)?.reason
          ? { label: t("form.reason"), help: t("form.reasonPublic") }
          : undefined
      }
      run={(act, reason, key) => {
        const to = {
          params: { path: { id: fund.id }, header: { ...ifMatch(fund.version), ...key } },
          body: { reason },
        };
        const calls = {
          activate: () => api.POST("/api/v1/funds/{id}/activate", to),
          freeze: () => api.POST("/api/v1/funds/{id}/freeze", to),
          unfreeze: () => api.POST("/api/v1/funds/{id}/unfreeze", to),
          dissolve: () => api.POST("/api/v1/funds/{id}/dissolve", to),
        };
        return ask(calls[act]());
      }}
    />
  );
}
