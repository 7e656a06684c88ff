import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { api, ask } from "@/lib/api";
import { useTranslation } from "@/lib/i18n";
import { paths, withSearch } from "@/lib/paths";
import { ChipBar, ChipSelect, useFilters } from "@/ui/Chips";
import { DataTable } from "@/ui/DataTable";
import { Link } from "@/ui/Link";
import { PageHead, Sums } from "@/ui/layout";
import { Empty, Loaded, Notice } from "@/ui/states";
import { TakeAway } from "@/ui/TakeAway";
import { Money } from "@/ui/values";
import { type AccountView, kinds } from "./model";

const uses = ["budget_line", "commitment", "contract", "payable"];

/** The accounts of the reader's scope: every figure leads to the journals that add up to it. */
export default function LedgerPage() {
  const { t } = useTranslation("ledger");
  const query = useQuery({
    queryKey: ["ledger", "accounts"],
    queryFn: async () => (await ask(api.GET("/api/v1/ledger/accounts"))).items,
  });
  return (
    <>
      <PageHead
        title={t("accounts.title")}
        sub={t("accounts.sub")}
        actions={query.data && <TakeAway sheet={() => sheetOf(query.data, t)} />}
      />
      <Loaded query={query}>{(all) => <Accounts all={all} />}</Loaded>
    </>
  );
}

const kindLink = (kind: string) => withSearch(paths.workLedger(), { kind });

const ordered = (all: AccountView[]) => kinds.flatMap((k) => all.filter((a) => a.kind === k));

const sheetOf = (all: AccountView[], t: (key: string) => string) => ({
  name: "linli-accounts",
  head: ["code", "account", "kind", "debit", "credit", "held", "balance"].map((c) => t(`col.${c}`)),
  rows: ordered(all).map((a) => [
    a.code,
    a.name,
    t(`kind.${a.kind}`),
    { fen: a.debitFen },
    { fen: a.creditFen },
    { fen: a.heldFen },
    { fen: a.balanceFen },
  ]),
});

/** What is undrawn must equal what is free, committed, contracted, payable and on its way; a difference is shown before anyone asks. */
function balanceOf(all: AccountView[]) {
  const sum = (want: (a: AccountView) => boolean) =>
    all.filter(want).reduce((total, a) => total + a.balanceFen, 0);
  const buyers = new Set(all.filter((a) => a.kind === "appropriation").map((a) => a.ownerId));
  const clearing = sum((a) => a.kind === "clearing" && buyers.has(a.ownerId));
  const quota = sum((a) => a.kind === "appropriation");
  return {
    quota,
    free: sum((a) => a.kind === "budget_line"),
    held: sum((a) => a.kind === "commitment" || a.kind === "contract"),
    payable: sum((a) => a.kind === "payable"),
    clearing,
    difference: quota - sum((a) => uses.includes(a.kind)) - clearing,
  };
}

function Accounts({ all }: { all: AccountView[] }) {
  const { t } = useTranslation("ledger");
  const navigate = useNavigate();
  const [filters, set] = useFilters<"kind">();
  const shown = ordered(all).filter((a) => !filters.kind || filters.kind === a.kind);
  const b = balanceOf(all);
  return (
    <div className="stack">
      <Sums
        items={[
          { label: t("sum.quota"), value: <Money fen={b.quota} bare />, to: kindLink("appropriation") },
          { label: t("sum.free"), value: <Money fen={b.free} bare />, to: kindLink("budget_line") },
          { label: t("sum.held"), value: <Money fen={b.held} bare />, to: kindLink("contract") },
          { label: t("sum.payable"), value: <Money fen={b.payable} bare />, to: kindLink("payable") },
          {
            label: t("sum.clearing"),
            value: <Money fen={b.clearing} bare />,
            to: paths.workReconciliation(),
          },
        ]}
      />
      {b.difference !== 0 && (
        <Notice tone="bad">
          {t("accounts.difference")} <Money fen={b.difference} />
        </Notice>
      )}
      <ChipBar label={t("accounts.filter")}>
        <ChipSelect
          label={t("accounts.kind")}
          value={filters.kind}
          onChange={(kind) => set({ kind })}
          options={kinds
            .filter((k) => all.some((a) => a.kind === k))
            .map((k) => ({ value: k, label: t(`kind.${k}`) }))}
        />
      </ChipBar>
      <DataTable
        caption={t("accounts.title")}
        rows={shown}
        rowKey={(a) => a.id}
        onOpen={(a) => void navigate({ to: paths.workAccount(a.id) })}
        empty={<Empty title={t("accounts.empty")}>{t("accounts.emptyText")}</Empty>}
        columns={[
          {
            id: "name",
            head: t("col.account"),
            title: true,
            cell: (a) => (
              <>
                <Link to={paths.workAccount(a.id)}>{a.name || a.code}</Link>
                <br />
                <span className="muted small num">{a.code}</span>
              </>
            ),
          },
          { id: "kind", head: t("col.kind"), shrink: true, cell: (a) => t(`kind.${a.kind}`) },
          { id: "debit", head: t("col.debit"), right: true, cell: (a) => <Money fen={a.debitFen} bare /> },
          { id: "credit", head: t("col.credit"), right: true, cell: (a) => <Money fen={a.creditFen} bare /> },
          {
            id: "held",
            head: t("col.held"),
            right: true,
            cell: (a) => (a.heldFen > 0 ? <Money fen={a.heldFen} bare /> : "—"),
          },
          {
            id: "balance",
            head: t("col.balance"),
            right: true,
            cell: (a) => (
              <strong>
                <Money fen={a.balanceFen} bare />
              </strong>
            ),
          },
        ]}
      />
    </div>
  );
}
