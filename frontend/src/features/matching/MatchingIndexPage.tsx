import { useQuery } from "@tanstack/react-query";
import { api, ask } from "@/lib/api";
import { useCategories } from "@/lib/categories";
import { useTranslation } from "@/lib/i18n";
import { paths } from "@/lib/paths";
import { useSession } from "@/lib/session";
import { LinkButton } from "@/ui/Button";
import { DataTable } from "@/ui/DataTable";
import { Card, PageHead } from "@/ui/layout";
import { Status } from "@/ui/Status";
import { Empty, Loaded } from "@/ui/states";
import { Money } from "@/ui/values";

interface Row {
  kind: "need" | "project";
  id: string;
  code: string;
  title: string;
  status: string;
  category: string;
  place: string;
  fen: number;
}

/** The matching board: projects and needs of one's area that wait for a supplier. */
export default function MatchingIndexPage() {
  const { t } = useTranslation("matching");
  const placeId = useSession()?.membership?.placeId;
  const projects = useQuery({
    queryKey: ["projects", "matching", placeId],
    enabled: placeId !== undefined,
    queryFn: async () =>
      (
        await ask(
          api.GET("/api/v1/projects", {
            params: { query: { placeId, status: ["budgeted", "planned", "sourcing"], limit: 50 } },
          }),
        )
      ).items.map(
        (p): Row => ({
          kind: "project",
          id: p.id,
          code: p.code,
          title: p.title,
          status: p.status,
          category: p.category,
          place: p.placeName,
          fen: p.amountFen,
        }),
      ),
  });
  const needs = useQuery({
    queryKey: ["needs", "matching", placeId],
    enabled: placeId !== undefined,
    queryFn: async () =>
      (
        await ask(
          api.GET("/api/v1/needs", {
            params: {
              query: {
                placeId,
                stage: ["adopted", "publicised", "deliberated", "screened"],
                sort: "supported",
                limit: 50,
              },
            },
          }),
        )
      ).items.map(
        (n): Row => ({
          kind: "need",
          id: n.id,
          code: n.code,
          title: n.title,
          status: n.stage,
          category: n.category,
          place: n.place.at(-1) ?? "",
          fen: n.estimateFen,
        }),
      ),
  });
  return (
    <>
      <PageHead
        title={t("index.title")}
        sub={t("index.sub")}
        actions={<LinkButton to={paths.workWeights()}>{t("index.weights")}</LinkButton>}
      />
      <div className="stack loose">
        <Card title={t("index.projects")}>
          <Loaded query={projects} lines={4}>
            {(rows) => <Rows rows={rows} caption={t("index.projects")} none={t("index.noProjects")} />}
          </Loaded>
        </Card>
        <Card title={t("index.needs")}>
          <Loaded query={needs} lines={4}>
            {(rows) => <Rows rows={rows} caption={t("index.needs")} none={t("index.noNeeds")} />}
          </Loaded>
        </Card>
      </div>
    </>
  );
}

function Rows({ rows, caption, none }: { rows: Row[]; caption: string; none: string }) {
  const { t } = useTranslation("matching");
  const categories = useCategories();
  return (
    <DataTable
      caption={caption}
      rows={rows}
      rowKey={(r) => r.id}
      empty={<Empty title={none} />}
      columns={[
        {
          id: "title",
          head: t("index.what"),
          title: true,
          cell: (r) => (
            <>
              {r.title}
              <div className="small muted">
                {r.place} · {categories.name(r.category)} · <span className="mono">{r.code}</span>
              </div>
            </>
          ),
        },
        { id: "status", head: t("index.status"), cell: (r) => <Status machine={r.kind} state={r.status} /> },
        {
          id: "amount",
          head: t("index.amount"),
          right: true,
          cell: (r) => (r.fen > 0 ? <Money fen={r.fen} bare /> : "—"),
        },
        {
          id: "go",
          head: "",
          shrink: true,
          cell: (r) => (
            <LinkButton small to={paths.workRanking(r.kind, r.id)}>
              {t("index.open")}
            </LinkButton>
          ),
        },
      ]}
    />
  );
}
