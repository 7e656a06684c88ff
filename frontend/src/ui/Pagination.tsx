import { useTranslation } from "@/lib/i18n";
import { Button } from "./Button";
import "./table.css";

/** The part of an infinite query the pager needs. */
export interface Pages {
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  fetchNextPage: () => unknown;
}

/** Cursor pages: how many are shown, and a button for more. Never scrolls by itself. */
export function Pagination({ shown, total, pages }: { shown: number; total?: number; pages: Pages }) {
  const { t } = useTranslation("ui");
  if (shown === 0) return null;
  return (
    <div className="pager no-print">
      <span role="status">
        {total === undefined ? t("pager.shown", { count: shown }) : t("pager.of", { count: shown, total })}
      </span>
      {pages.hasNextPage && (
        <Button small busy={pages.isFetchingNextPage} onClick={() => pages.fetchNextPage()}>
          {t("pager.more")}
        </Button>
      )}
    </div>
  );
}
