import { useParams } from "@tanstack/react-router";
import { useTranslation } from "@/lib/i18n";
import { paths } from "@/lib/paths";
import { Card, PageHead } from "@/ui/layout";
import { RecordDetail } from "./RecordDetail";
import "./audit.css";

/** One record under an address of its own. */
export default function RecordPage() {
  const { t } = useTranslation("audit");
  const { seq } = useParams({ strict: false }) as { seq: string };
  const title = t("record.no", { seq });
  return (
    <>
      <PageHead title={title} crumbs={[{ label: t("title"), to: paths.workAudit() }, { label: title }]} />
      <Card>
        <RecordDetail seq={Number(seq)} />
      </Card>
    </>
  );
}
