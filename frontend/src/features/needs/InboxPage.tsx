import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, ask } from "@/lib/api";
import { useCategories } from "@/lib/categories";
import { useTranslation } from "@/lib/i18n";
import type { Voice } from "@/lib/needs";
import { paths, withSearch } from "@/lib/paths";
import { can } from "@/lib/session";
import { Button, LinkButton } from "@/ui/Button";
import { ChipBar, ChipSelect, useFilters } from "@/ui/Chips";
import { type Column, DataTable } from "@/ui/DataTable";
import { PageHead } from "@/ui/layout";
import { VoiceStatus } from "@/ui/needs/NeedVoices";
import { Pagination } from "@/ui/Pagination";
import { Tag } from "@/ui/Status";
import { Empty, Loaded } from "@/ui/states";
import { Views } from "@/ui/Tabs";
import { Day, Deadline } from "@/ui/values";
import { OpenNeedForm } from "./OpenNeedForm";
import { VoicePanel } from "./VoicePanel";
import "./work.css";

const views = ["submitted", "returned", "passed_on", "gathered", "all"];

/** The voices of the community: what waits for an answer first, gathered into needs from here. */
export default function InboxPage() {
  const { t } = useTranslation("needs");
  const categories = useCategories();
  const [filters, setFilters] = useFilters<"view" | "category" | "open">();
  const [chosen, setChosen] = useState<Voice[]>([]);
  const [opening, setOpening] = useState(false);
  const view = filters.view ?? "submitted";
  const voices = useInfiniteQuery({
    queryKey: ["voices", "inbox", view, filters.category],
    initialPageParam: "",
    queryFn: ({ pageParam }) =>
      ask(
        api.GET("/api/v1/voices", {
          params: {
            query: {
              status: view === "all" ? undefined : [view as "submitted"],
              category: filters.category,
              cursor: pageParam || undefined,
              limit: 50,
            },
          },
        }),
      ),
    getNextPageParam: (last) => last.nextCursor || undefined,
  });
  const gathers = can("need.gather") && view === "submitted";
  const toggle = (v: Voice, on: boolean) =>
    setChosen((old) => (on ? [...old, v] : old.filter((x) => x.id !== v.id)));
  return (
    <>
      <PageHead
        title={t("inbox.title")}
        sub={t("inbox.sub")}
        actions={
          can("need.assist") && (
            <LinkButton small icon="plus" to={paths.say()}>
              {t("inbox.assist")}
            </LinkButton>
          )
        }
      />
      <div className="worklist">
        <Views
          label={t("inbox.views")}
          items={views.map((v) => ({
            to: withSearch(paths.workVoices(), { view: v }),
            label: t(`inbox.view.${v}`),
            current: v === view,
          }))}
        />
        <ChipBar label={t("list.filters")}>
          <ChipSelect
            label={t("list.category")}
            value={filters.category}
            onChange={(category) => setFilters({ category })}
            options={categories.options.filter((c) => c.root)}
          />
          {chosen.length > 0 && (
            <Button small kind="primary" onClick={() => setOpening(true)}>
              {t("inbox.gatherChosen", { count: chosen.length })}
            </Button>
          )}
        </ChipBar>
        <Loaded query={voices}>
          {(data) => {
            const items = data.pages.flatMap((p) => p.items);
            return (
              <>
                <DataTable
                  caption={t("inbox.title")}
                  columns={columnsOf(t, categories.name, gathers ? { chosen, toggle } : undefined)}
                  rows={items}
                  rowKey={(v) => v.id}
                  chosen={filters.open}
                  onOpen={(v) => setFilters({ open: v.id })}
                  empty={<Empty title={t("inbox.empty")}>{t("inbox.emptyText")}</Empty>}
                />
                <Pagination shown={items.length} pages={voices} />
              </>
            );
          }}
        </Loaded>
      </div>
      {filters.open && <VoicePanel id={filters.open} onClose={() => setFilters({ open: undefined })} />}
      {opening && (
        <OpenNeedForm
          voices={chosen}
          onClose={(done) => {
            setOpening(false);
            if (done) setChosen([]);
          }}
        />
      )}
    </>
  );
}

interface Picking {
  chosen: Voice[];
  toggle: (v: Voice, on: boolean) => void;
}

function columnsOf(
  t: (k: string, p?: Record<string, string | number>) => string,
  category: (c: string) => string,
  picking?: Picking,
): Column<Voice>[] {
  const pick: Column<Voice> = {
    id: "pick",
    head: <span className="visually-hidden">{t("inbox.pick")}</span>,
    shrink: true,
    cell: (v) => (
      <input
        type="checkbox"
        aria-label={t("inbox.pickOne", { code: v.code })}
        checked={picking?.chosen.some((x) => x.id === v.id) ?? false}
        onChange={(e) => picking?.toggle(v, e.target.checked)}
      />
    ),
  };
  const columns: Column<Voice>[] = [
    {
      id: "words",
      head: t("inbox.words"),
      title: true,
      cell: (v) => <span className="clamp">{v.fullWords || t("voices.withdrawn")}</span>,
    },
    { id: "category", head: t("case.category"), cell: (v) => category(v.category) },
    { id: "place", head: t("inbox.place"), cell: (v) => v.place.at(-1) },
    {
      id: "channel",
      head: t("voice.channel"),
      cell: (v) =>
        v.channel === "self" ? t("channel.self") : <Tag tone="plain">{t(`channel.${v.channel}`)}</Tag>,
    },
    { id: "posted", head: t("voice.posted"), shrink: true, cell: (v) => <Day at={v.postedAt} /> },
    {
      id: "status",
      head: t("inbox.status"),
      cell: (v) =>
        v.status === "submitted" ? <Deadline at={v.replyBy} /> : <VoiceStatus status={v.status} />,
    },
  ];
  return picking ? [pick, ...columns] : columns;
}
