import { useTranslation } from "@/lib/i18n";
import { DataTable } from "@/ui/DataTable";
import { Day, Money } from "@/ui/values";
import type { Pledge } from "./model";

type Due = Pledge["dues"][number];

/** The instalments: when, how much, how much of it came. */
export function Dues({ pledge, act }: { pledge: Pledge; act?: (due: Due) => React.ReactNode }) {
  const { t } = useTranslation("funds");
  const turnover = pledge.basis === "turnover";
  return (
    <div className="duestable">
      <DataTable
        caption={t("dues.caption")}
        rows={pledge.dues}
        rowKey={(d) => String(d.number)}
        columns={[
          { id: "due", head: t("dues.due"), title: true, cell: (d) => <Day at={d.dueOn} /> },
          ...(turnover
            ? [
                { id: "period", head: t("dues.period"), cell: (d: Due) => d.period },
                {
                  id: "turnover",
                  head: t("dues.turnover"),
                  right: true,
                  cell: (d: Due) =>
                    d.declared ? (
                      <Money fen={d.turnoverFen} bare />
                    ) : (
                      <span className="muted">{t("dues.open")}</span>
                    ),
                },
              ]
            : []),
          {
            id: "amount",
            head: t("dues.amount"),
            right: true,
            cell: (d) => (d.declared ? <Money fen={d.amountFen} bare /> : <span className="muted">—</span>),
          },
          { id: "paid", head: t("dues.paid"), right: true, cell: (d) => <Money fen={d.paidFen} bare /> },
          ...(act ? [{ id: "act", head: t("inflow.next"), cell: act }] : []),
        ]}
      />
    </div>
  );
}
