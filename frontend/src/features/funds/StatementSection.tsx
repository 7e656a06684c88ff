import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "@/lib/i18n";
import { Button } from "@/ui/Button";
import { useFilters } from "@/ui/Chips";
import { DataTable } from "@/ui/DataTable";
import { DateField } from "@/ui/fields";
import { Card } from "@/ui/layout";
import { Tag } from "@/ui/Status";
import { Empty, Loaded } from "@/ui/states";
import { TakeAway } from "@/ui/TakeAway";
import { Day, Money } from "@/ui/values";
import { type Fund, type Statement, type StatementLine, statementQuery } from "./model";

/** Opening + in − out = closing, by kind; a kind opens the lines that add up to it. */
export function StatementSection({ fund }: { fund: Fund }) {
  const { t } = useTranslation("funds");
  const [filters, setFilters] = useFilters<"from" | "to" | "kind">();
  const query = useQuery(statementQuery(fund.id, filters.from ?? "", filters.to ?? ""));
  return (
    <Card title={t("statement.title")} id="statement">
      <div className="stack">
        <Loaded query={query}>
          {(s) => (
            <>
              <div className="row">
                <DateField
                  label={t("statement.from")}
                  value={s.from}
                  max={s.to}
                  onChange={(from) => setFilters({ from })}
                />
                <DateField
                  label={t("statement.to")}
                  value={s.to}
                  min={s.from}
                  onChange={(to) => setFilters({ to })}
                />
              </div>
              <Equation statement={s} chosen={filters.kind} onChoose={(kind) => setFilters({ kind })} />
              <Lines fund={fund} lines={s.lines.filter((l) => !filters.kind || l.kind === filters.kind)} />
            </>
          )}
        </Loaded>
      </div>
    </Card>
  );
}

function Equation({
  statement: s,
  chosen,
  onChoose,
}: {
  statement: Statement;
  chosen?: string;
  onChoose: (kind: string | undefined) => void;
}) {
  const { t } = useTranslation("funds");
  const row = (label: string, fen: number, strong?: boolean) => (
    <tr className={strong ? "strong" : undefined}>
      <th scope="row">{label}</th>
      <td className="r">
        <Money fen={fen} bare />
      </td>
    </tr>
  );
  const kinds = (all: Statement["inflows"], sign: 1 | -1) =>
    all.map((x) => (
      <tr key={x.kind}>
        <th scope="row" className="indent">
          <Button
            small
            kind="quiet"
            aria-pressed={chosen === x.kind}
            onClick={() => onChoose(chosen === x.kind ? undefined : x.kind)}
          >
            {sign > 0 ? "+" : "−"} {t(`kind.${x.kind}`)}
          </Button>
        </th>
        <td className="r">
          <Money fen={sign * x.amountFen} bare />
        </td>
      </tr>
    ));
  return (
    <table className="equation">
      <caption className="visually-hidden">{t("statement.title")}</caption>
      <thead>
        <tr>
          <th scope="col">{t("statement.item")}</th>
          <th scope="col" className="r">
            {t("statement.yuan")}
          </th>
        </tr>
      </thead>
      <tbody>
        {row(t("statement.opening"), s.whole.openingFen)}
        {kinds(s.inflows, 1)}
        {kinds(s.outflows, -1)}
        {row(t("statement.closing"), s.whole.closingFen, true)}
        {s.restricted.closingFen > 0 && row(t("statement.ofRestricted"), s.restricted.closingFen)}
      </tbody>
    </table>
  );
}

function Lines({ fund, lines }: { fund: Fund; lines: StatementLine[] }) {
  const { t } = useTranslation("funds");
  const who = (l: StatementLine) => l.partyName || (l.kind === "interest" ? "" : t("statement.anonymous"));
  const sheet = () => ({
    name: `linli-${fund.code}`,
    head: ["on", "kind", "code", "who", "words", "receipt", "yuan"].map((k) => t(`statement.${k}`)),
    rows: lines.map((l) => [
      l.on,
      t(`kind.${l.kind}`),
      l.code,
      who(l),
      l.words,
      l.receipt,
      { fen: l.amountFen },
    ]),
  });
  return (
    <div className="stack tight">
      <DataTable
        caption={t("statement.lines")}
        rows={lines}
        rowKey={(l) => l.id}
        empty={<Empty title={t("statement.none")}>{t("statement.noneText")}</Empty>}
        columns={[
          { id: "on", head: t("statement.on"), shrink: true, cell: (l) => <Day at={l.on} /> },
          {
            id: "kind",
            head: t("statement.kind"),
            title: true,
            cell: (l) => (
              <>
                {t(`kind.${l.kind}`)} {l.restricted && <Tag tone="plain">{t("fund.restricted")}</Tag>}
                <div className="tiny muted num">{l.code}</div>
              </>
            ),
          },
          {
            id: "who",
            head: t("statement.who"),
            cell: (l) => (
              <>
                {who(l)}
                {l.words && <div className="tiny muted">{l.words}</div>}
                {l.receipt && (
                  <div className="tiny muted num">{t("statement.receiptNo", { number: l.receipt })}</div>
                )}
              </>
            ),
          },
          {
            id: "amount",
            head: t("statement.amount"),
            right: true,
            cell: (l) => <Money fen={l.amountFen} bare />,
          },
        ]}
      />
      {lines.length > 0 && (
        <div className="row no-print">
          <TakeAway sheet={sheet} />
        </div>
      )}
    </div>
  );
}
