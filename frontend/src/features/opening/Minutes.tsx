import { useTranslation } from "@/lib/i18n";
import { sentenceOf } from "@/lib/problem";
import type { Hall } from "@/lib/procurement";
import { DataTable } from "@/ui/DataTable";
import { KeyValue } from "@/ui/layout";
import { PrintView } from "@/ui/PrintView";
import { Tag } from "@/ui/Status";
import { DateTime } from "@/ui/values";

/** The minutes of a held ceremony: every envelope with the hash of its receipt. */
export function Minutes({ hall }: { hall: Hall }) {
  const { t } = useTranslation("opening");
  return (
    <PrintView title={t("minutes.title", { ceremony: t(`ceremony.${hall.ceremony}`) })} code={hall.code}>
      <KeyValue
        items={[
          { label: t("minutes.tender"), value: hall.title },
          { label: t("minutes.at"), value: <DateTime at={hall.openedAt} /> },
          {
            label: t("minutes.present"),
            value: hall.officers
              .filter((o) => o.present)
              .map((o) => o.name)
              .join(t("unlock.and")),
          },
          {
            label: t("minutes.unlocked"),
            value: t("minutes.of", { names: hall.unlocked.join(t("unlock.and")), k: hall.threshold }),
          },
        ]}
      />
      <DataTable
        caption={t("minutes.envelopes")}
        rows={hall.minutes}
        rowKey={(m) => m.hash + m.kind}
        columns={[
          { id: "supplier", head: t("minutes.supplier"), title: true, cell: (m) => m.supplier },
          { id: "kind", head: t("minutes.kind"), shrink: true, cell: (m) => t(`kind.${m.kind}`) },
          {
            id: "at",
            head: t("minutes.received"),
            shrink: true,
            cell: (m) => <DateTime at={m.receivedAt} />,
          },
          { id: "hash", head: t("minutes.hash"), cell: (m) => <code className="hash">{m.hash}</code> },
          {
            id: "result",
            head: t("minutes.result"),
            shrink: true,
            cell: (m) =>
              m.result === "opened" ? (
                <Tag tone="ok">{t("minutes.opened")}</Tag>
              ) : (
                <Tag tone="bad">{sentenceOf(m.result) ?? m.result}</Tag>
              ),
          },
        ]}
      />
      <p className="tiny muted">{t("minutes.note")}</p>
    </PrintView>
  );
}
