import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { askBlob } from "@/lib/api";
import { useTranslation } from "@/lib/i18n";
import { asProblem, type Problem } from "@/lib/problem";
import { saveBlob } from "@/lib/save";
import { can } from "@/lib/session";
import { Button } from "@/ui/Button";
import { useFilters } from "@/ui/Chips";
import { DataTable } from "@/ui/DataTable";
import { SidePanel } from "@/ui/Dialog";
import { PageHead } from "@/ui/layout";
import { Pagination } from "@/ui/Pagination";
import { Empty, Loaded, ProblemNotice } from "@/ui/states";
import { DateTime } from "@/ui/values";
import { FilterForm } from "./FilterForm";
import { type AuditRecord, exportPath, type Filter, type Filters, readPage } from "./model";
import { RecordDetail } from "./RecordDetail";
import { VerifyCard } from "./VerifyCard";
import "./audit.css";

/** Every write there ever was, by object, person, place and period; each opens what it is about. */
export default function AuditPage() {
  const { t } = useTranslation("audit");
  const [filters, setFilters] = useFilters<Filter>();
  const query = useInfiniteQuery({
    queryKey: ["audit", "list", filters],
    initialPageParam: "",
    queryFn: ({ pageParam }) => readPage(filters, pageParam),
    getNextPageParam: (last) => last.nextCursor || undefined,
  });
  const [open, setOpen] = useState<AuditRecord>();
  return (
    <>
      <PageHead
        title={t("title")}
        sub={t("lead")}
        actions={can("audit.export") && <Exports filters={filters} />}
      />
      <div className="stack">
        <VerifyCard />
        <FilterForm filters={filters} onChange={setFilters} />
        <Loaded query={query} lines={10}>
          {({ pages }) => {
            const rows = pages.flatMap((p) => p.items);
            return (
              <>
                <Records rows={rows} chosen={open} onOpen={setOpen} />
                <Pagination shown={rows.length} pages={query} />
              </>
            );
          }}
        </Loaded>
      </div>
      {open && (
        <SidePanel title={t("record.no", { seq: open.seq })} open onClose={() => setOpen(undefined)}>
          <RecordDetail seq={open.seq} />
        </SidePanel>
      )}
    </>
  );
}

interface RecordsProps {
  rows: AuditRecord[];
  chosen?: AuditRecord;
  onOpen: (r: AuditRecord) => void;
}

function Records({ rows, chosen, onOpen }: RecordsProps) {
  const { t } = useTranslation("audit");
  const verb = useTranslation("action").t;
  const role = useTranslation("app").t;
  return (
    <DataTable
      caption={t("title")}
      rows={rows}
      rowKey={(r) => String(r.seq)}
      chosen={chosen && String(chosen.seq)}
      onOpen={onOpen}
      empty={<Empty title={t("none")}>{t("noneText")}</Empty>}
      columns={[
        { id: "seq", head: t("seq"), right: true, shrink: true, cell: (r) => r.seq },
        { id: "at", head: t("at"), shrink: true, cell: (r) => <DateTime at={r.at} /> },
        {
          id: "action",
          head: t("what"),
          title: true,
          cell: (r) => verb(r.action),
        },
        {
          id: "object",
          head: t("object"),
          cell: (r) => (
            <>
              {r.title || t(`kind.${r.kind}`)}
              {(r.title || r.code) && (
                <div className="tiny muted num">
                  {[r.title && t(`kind.${r.kind}`), r.code].filter(Boolean).join(" · ")}
                </div>
              )}
            </>
          ),
        },
        {
          id: "who",
          head: t("who"),
          cell: (r) => (
            <>
              {r.actorName || t("nobody")}
              <div className="tiny muted">
                {[r.partyName, r.role && role(`role.${r.role}`)].filter(Boolean).join(" · ")}
              </div>
            </>
          ),
        },
        { id: "place", head: t("place"), cell: (r) => r.placeName },
      ]}
    />
  );
}

function Exports({ filters }: { filters: Filters }) {
  const { t } = useTranslation("audit");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  async function take(format: "csv" | "xlsx") {
    setBusy(true);
    setProblem(null);
    try {
      saveBlob(`linli-audit.${format}`, await askBlob(exportPath(filters, format)));
    } catch (fault) {
      setProblem(asProblem(fault));
    } finally {
      setBusy(false);
    }
  }
  return (
    <div className="stack tight">
      <div className="row tight">
        <Button small icon="download" busy={busy} onClick={() => void take("csv")}>
          {t("export.csv")}
        </Button>
        <Button small icon="download" busy={busy} onClick={() => void take("xlsx")}>
          {t("export.xlsx")}
        </Button>
      </div>
      <ProblemNotice problem={problem} />
    </div>
  );
}
