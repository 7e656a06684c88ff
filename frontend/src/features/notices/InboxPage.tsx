import { useInfiniteQuery } from "@tanstack/react-query";
import { api, ask } from "@/lib/api";
import { useTranslation } from "@/lib/i18n";
import { paths } from "@/lib/paths";
import { useWrite } from "@/lib/query";
import { Button, LinkButton } from "@/ui/Button";
import { Chip, ChipBar, useFilters } from "@/ui/Chips";
import { PageHead } from "@/ui/layout";
import { Pagination } from "@/ui/Pagination";
import { Empty, ErrorState, ProblemNotice, Skeleton } from "@/ui/states";
import { type Told, ToldRow } from "./ToldRow";
import "./inbox.css";

/** What I was told, newest first; opening one marks it read. */
export default function InboxPage() {
  const { t } = useTranslation("inbox");
  const [filters, setFilters] = useFilters<"unread">();
  const query = useInfiniteQuery({
    queryKey: ["inbox", filters.unread ?? ""],
    initialPageParam: "",
    queryFn: ({ pageParam }) =>
      ask(
        api.GET("/api/v1/inbox", {
          params: { query: { cursor: pageParam || undefined, unread: filters.unread === "1" || undefined } },
        }),
      ),
    getNextPageParam: (last) => last.nextCursor || undefined,
  });
  const read = useWrite(
    (body: { id?: string; upTo?: number }) => ask(api.POST("/api/v1/inbox/read", { body })),
    { refresh: [["inbox"], ["unread"]] },
  );
  const items: Told[] = query.data?.pages.flatMap((p) => p.items) ?? [];
  const unread = query.data?.pages[0]?.unread ?? 0;
  const newest = items[0]?.seq ?? 0;
  return (
    <>
      <PageHead
        title={t("title")}
        sub={unread > 0 ? t("unread", { count: unread }) : t("allRead")}
        actions={
          <div className="row tight">
            {unread > 0 && (
              <Button small busy={read.isPending} onClick={() => read.mutate({ upTo: newest })}>
                {t("readAll")}
              </Button>
            )}
            <LinkButton small to={paths.noticeSettings()}>
              {t("settings.title")}
            </LinkButton>
          </div>
        }
      />
      <div className="stack">
        <ChipBar label={t("filter")}>
          <Chip on={filters.unread === "1"} onChange={(on) => setFilters({ unread: on ? "1" : undefined })}>
            {t("onlyUnread")}
          </Chip>
        </ChipBar>
        <ProblemNotice problem={read.error} />
        {query.isError && <ErrorState fault={query.error} onRetry={() => void query.refetch()} />}
        {query.isPending && <Skeleton lines={6} />}
        {query.isSuccess && items.length === 0 && <Empty title={t("none")}>{t("noneText")}</Empty>}
        {items.length > 0 && (
          <>
            <ol className="plain told card">
              {items.map((n) => (
                <ToldRow key={n.id} told={n} onRead={() => !n.read && read.mutate({ id: n.id })} />
              ))}
            </ol>
            <Pagination shown={items.length} pages={query} />
          </>
        )}
      </div>
    </>
  );
}
