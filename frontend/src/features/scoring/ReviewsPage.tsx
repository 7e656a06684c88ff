import { useQuery } from "@tanstack/react-query";
import { api, ask } from "@/lib/api";
import { useTranslation } from "@/lib/i18n";
import { paths } from "@/lib/paths";
import { DataTable } from "@/ui/DataTable";
import { Link } from "@/ui/Link";
import { PageHead } from "@/ui/layout";
import { Tag, type Tone } from "@/ui/Status";
import { Empty, Loaded } from "@/ui/states";

const tones: Record<string, Tone> = {
  declare: "wait",
  check_conformity: "wait",
  score: "wait",
  review_price: "wait",
  done: "ok",
  recused: "bad",
};

/** The committees I was drawn for, with what waits. */
export default function ReviewsPage() {
  const { t } = useTranslation("scoring");
  const query = useQuery({ queryKey: ["reviews"], queryFn: () => ask(api.GET("/api/v1/work/reviews")) });
  return (
    <>
      <PageHead title={t("list.title")} sub={t("list.sub")} />
      <Loaded query={query}>
        {(found) => (
          <DataTable
            caption={t("list.title")}
            rows={found.items}
            rowKey={(r) => r.tenderId}
            empty={<Empty title={t("list.none")}>{t("list.noneText")}</Empty>}
            columns={[
              {
                id: "title",
                head: t("list.name"),
                title: true,
                cell: (r) => (
                  <>
                    <Link to={paths.workScoring(r.tenderId)}>{r.title}</Link>
                    <span className="block tiny muted num">{r.code}</span>
                  </>
                ),
              },
              {
                id: "role",
                head: t("list.role"),
                shrink: true,
                cell: (r) => t(r.chair ? "list.chair" : "list.member"),
              },
              {
                id: "step",
                head: t("list.step"),
                shrink: true,
                cell: (r) => <Tag tone={tones[r.step] ?? "plain"}>{t(`step.${r.step}`)}</Tag>,
              },
            ]}
          />
        )}
      </Loaded>
    </>
  );
}
