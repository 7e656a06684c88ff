import { useQuery } from "@tanstack/react-query";
import { type MoneyFigures, moneyQuery } from "@/lib/figures";
import { useTranslation } from "@/lib/i18n";
import { paths, withSearch } from "@/lib/paths";
import { LinkButton } from "@/ui/Button";
import { type Column, DataTable } from "@/ui/DataTable";
import { Link } from "@/ui/Link";
import { Card } from "@/ui/layout";
import { MoneyBar } from "@/ui/MoneyBar";
import { Status } from "@/ui/Status";
import { Loaded } from "@/ui/states";
import { Money } from "@/ui/values";

type Line = MoneyFigures["projects"][number];

const steps = [
  { key: "budgetFen", words: "budget", tone: "plan" },
  { key: "awardedFen", words: "awarded", tone: undefined },
  { key: "acceptedFen", words: "accepted", tone: undefined },
  { key: "paidFen", words: "paid", tone: undefined },
  { key: "returnedFen", words: "returned", tone: "voice" },
] as const;

/** Where a year's money is, and project by project the lines that add up to it. */
export function MoneySection({ year, place }: { year?: string; place?: string }) {
  const { t } = useTranslation("data");
  const query = useQuery(moneyQuery(place, year ? Number(year) : undefined));
  const file = withSearch("/api/v1/figures/money.csv", { year, placeId: place });
  return (
    <Card
      id="money"
      title={t("moneyTitle", { year: query.data?.year ?? "" })}
      aside={
        <LinkButton small kind="quiet" icon="download" to={file} download="">
          CSV
        </LinkButton>
      }
    >
      <Loaded query={query}>{(m) => (m.projectCount === 0 ? <p>{t("noMoney")}</p> : <Lines m={m} />)}</Loaded>
    </Card>
  );
}

function Lines({ m }: { m: MoneyFigures }) {
  const { t } = useTranslation("data");
  const complete = m.projectCount === m.projects.length;
  const columns: Column<Line>[] = [
    {
      id: "title",
      head: t("project"),
      title: true,
      cell: (p) => <Link to={paths.project(p.projectId)}>{p.title}</Link>,
    },
    { id: "status", head: t("status"), cell: (p) => <Status machine="project" state={p.status} /> },
    ...steps.map((s) => ({
      id: s.key,
      head: t(s.words),
      right: true,
      cell: (p: Line) => <Money fen={p[s.key]} bare />,
      foot: complete ? <Money fen={m.total[s.key]} bare /> : undefined,
    })),
  ];
  return (
    <div className="stack">
      <MoneyBar
        label={t("moneyTitle", { year: m.year })}
        items={steps.map((s) => ({ id: s.key, label: t(s.words), fen: m.total[s.key], tone: s.tone }))}
      />
      <DataTable
        caption={t("projects")}
        rows={m.projects}
        rowKey={(p) => p.projectId}
        columns={columns}
        wide
      />
      <p className="small muted">
        {t("moneyFormula")} {!complete && t("moreProjects", { count: m.projectCount })}
      </p>
    </div>
  );
}
