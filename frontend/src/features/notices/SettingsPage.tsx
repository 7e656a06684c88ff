import { useQuery } from "@tanstack/react-query";
import { api, ask } from "@/lib/api";
import { useTranslation } from "@/lib/i18n";
import { paths } from "@/lib/paths";
import { useWrite } from "@/lib/query";
import { Button } from "@/ui/Button";
import { DataTable } from "@/ui/DataTable";
import { Link } from "@/ui/Link";
import { Card, PageHead } from "@/ui/layout";
import { Loaded, Notice, ProblemNotice } from "@/ui/states";
import { DateTime } from "@/ui/values";
import "./inbox.css";

const relations = ["mine", "duties", "followed", "area"] as const;
const channels = ["in_app", "mail", "digest"] as const;
type Cell = { relation: (typeof relations)[number]; channel: (typeof channels)[number]; enabled: boolean };
interface Settings {
  items: Cell[];
  hasEmail: boolean;
}

/** Who is told of what by which way: a small table of switches; and what I follow. */
export default function SettingsPage() {
  const { t } = useTranslation("inbox");
  const query = useQuery({
    queryKey: ["noticeSettings"],
    queryFn: async () => (await ask(api.GET("/api/v1/inbox/settings"))) as Settings,
  });
  return (
    <>
      <PageHead
        title={t("settings.title")}
        crumbs={[{ label: t("title"), to: paths.myNotices() }, { label: t("settings.title") }]}
      />
      <div className="stack">
        <Loaded query={query} lines={4}>
          {(s) => <Matrix settings={s} />}
        </Loaded>
        <Follows />
      </div>
    </>
  );
}

function Matrix({ settings }: { settings: Settings }) {
  const { t } = useTranslation("inbox");
  const set = useWrite((cell: Cell) => ask(api.PUT("/api/v1/inbox/settings", { body: cell })), {
    refresh: [["noticeSettings"]],
  });
  const on = (relation: string, channel: string) =>
    settings.items.some((c) => c.relation === relation && c.channel === channel && c.enabled);
  return (
    <Card title={t("settings.how")}>
      <div className="stack">
        {!settings.hasEmail && <Notice tone="wait">{t("settings.noEmail")}</Notice>}
        <ProblemNotice problem={set.error} />
        <DataTable
          caption={t("settings.how")}
          wide
          rows={[...relations]}
          rowKey={(r) => r}
          columns={[
            {
              id: "relation",
              head: t("settings.what"),
              title: true,
              cell: (r) => (
                <>
                  {t(`relation.${r}`)}
                  <div className="small muted">{t(`relationHelp.${r}`)}</div>
                </>
              ),
            },
            ...channels.map((c) => ({
              id: c,
              head: t(`channel.${c}`),
              shrink: true,
              cell: (r: Cell["relation"]) => (
                <span className="matrix">
                  <input
                    type="checkbox"
                    checked={on(r, c)}
                    disabled={c !== "in_app" && !settings.hasEmail}
                    aria-label={`${t(`relation.${r}`)}: ${t(`channel.${c}`)}`}
                    onChange={(e) => set.mutate({ relation: r, channel: c, enabled: e.target.checked })}
                  />
                </span>
              ),
            })),
          ]}
        />
      </div>
    </Card>
  );
}

function Follows() {
  const { t } = useTranslation("inbox");
  const query = useQuery({ queryKey: ["follows"], queryFn: () => ask(api.GET("/api/v1/follows")) });
  const drop = useWrite(
    (f: { kind: Kind; id: string }) =>
      ask(api.DELETE("/api/v1/follows/{kind}/{id}", { params: { path: f } })),
    { refresh: [["follows"]] },
  );
  return (
    <Card title={t("follows.title")}>
      <ProblemNotice problem={drop.error} />
      <Loaded query={query} lines={3}>
        {({ items }) => (
          <DataTable
            caption={t("follows.title")}
            rows={items}
            rowKey={(f) => `${f.kind}/${f.id}`}
            empty={<p className="muted">{t("follows.noneText")}</p>}
            columns={[
              {
                id: "what",
                head: t("follows.what"),
                title: true,
                cell: (f) => (
                  <>
                    <Link to={pathOf(f.kind, f.id)}>{f.title || t(`kind.${f.kind}`)}</Link>
                    <div className="small muted">
                      {t(`kind.${f.kind}`)} {f.code}
                    </div>
                  </>
                ),
              },
              { id: "since", head: t("follows.since"), cell: (f) => <DateTime at={f.since} day /> },
              {
                id: "drop",
                head: <span className="visually-hidden">{t("follows.drop")}</span>,
                shrink: true,
                cell: (f) => (
                  <Button small kind="quiet" onClick={() => drop.mutate({ kind: f.kind as Kind, id: f.id })}>
                    {t("follows.drop")}
                  </Button>
                ),
              },
            ]}
          />
        )}
      </Loaded>
    </Card>
  );
}

type Kind = "need" | "project" | "tender" | "contract" | "fund" | "place";

const pages: Record<Kind, (id: string) => string> = {
  need: paths.need,
  project: paths.project,
  tender: paths.tender,
  contract: paths.contract,
  fund: paths.fund,
  place: paths.place,
};
const pathOf = (kind: string, id: string) => pages[kind as Kind]?.(id) ?? paths.home();
