import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { api, ask } from "@/lib/api";
import { useTranslation } from "@/lib/i18n";
import { paths } from "@/lib/paths";
import { useWrite } from "@/lib/query";
import { forget } from "@/lib/session";
import { Button } from "@/ui/Button";
import { DataTable } from "@/ui/DataTable";
import { Card } from "@/ui/layout";
import { Tag } from "@/ui/Status";
import { Loaded, ProblemNotice } from "@/ui/states";
import { DateTime } from "@/ui/values";

/** Where I am signed in, each of which I can end, or all at once. */
export function OwnSessions() {
  const { t } = useTranslation("account");
  const navigate = useNavigate();
  const query = useQuery({
    queryKey: ["ownSessions"],
    queryFn: () => ask(api.GET("/api/v1/account/sessions")),
  });
  const end = useWrite(
    (id: string) => ask(api.DELETE("/api/v1/account/sessions/{id}", { params: { path: { id } } })),
    { refresh: [["ownSessions"]] },
  );
  const endAll = useWrite((_: null) => ask(api.POST("/api/v1/account/sessions/end-all")), {
    onDone: () => {
      forget();
      void navigate({ href: paths.signIn() });
    },
  });
  return (
    <Card title={t("mine.sessions")}>
      <div className="stack">
        <ProblemNotice problem={end.error ?? endAll.error} />
        <Loaded query={query}>
          {({ items }) => (
            <DataTable
              caption={t("mine.sessions")}
              rows={items}
              rowKey={(s) => s.id}
              columns={[
                {
                  id: "device",
                  head: t("mine.device"),
                  title: true,
                  cell: (s) => (
                    <>
                      {deviceName(s.device) || t("mine.unknownDevice")}{" "}
                      {s.current && <Tag tone="brand">{t("mine.here")}</Tag>}
                    </>
                  ),
                },
                { id: "used", head: t("mine.used"), cell: (s) => <DateTime at={s.usedAt} /> },
                {
                  id: "end",
                  head: <span className="visually-hidden">{t("mine.end")}</span>,
                  shrink: true,
                  cell: (s) =>
                    s.current ? null : (
                      <Button small kind="quiet" busy={end.isPending} onClick={() => end.mutate(s.id)}>
                        {t("mine.end")}
                      </Button>
                    ),
                },
              ]}
            />
          )}
        </Loaded>
        <div className="row">
          <Button kind="danger" busy={endAll.isPending} onClick={() => endAll.mutate(null)}>
            {t("mine.endAll")}
          </Button>
          <span className="small muted">{t("mine.endAllHelp")}</span>
        </div>
      </div>
    </Card>
  );
}

/** "Chrome · Windows" out of what a browser calls itself. */
function deviceName(agent: string): string {
  const browser = /(Edg|MicroMessenger|Firefox|Chrome|Safari)\//.exec(agent)?.[1] ?? "";
  const system = /(Windows|Android|iPhone|iPad|Mac OS|Linux)/.exec(agent)?.[1] ?? "";
  const names: Record<string, string> = { Edg: "Edge", MicroMessenger: "WeChat", "Mac OS": "macOS" };
  return [names[browser] ?? browser, names[system] ?? system].filter(Boolean).join(" · ");
}
