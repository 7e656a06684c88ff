import { useLocation } from "@tanstack/react-router";
import { useNow } from "@/lib/clock";
import { dateTime } from "@/lib/format";
import { useTranslation } from "@/lib/i18n";
import { useSession } from "@/lib/session";

/** On paper only: where a page was printed from, when, and by whom. Sheets say so themselves. */
export function PrintNote() {
  const { t, lang } = useTranslation("ui");
  useLocation(); // another page has another address
  const session = useSession();
  const when = dateTime(useNow(), lang);
  return (
    <p className="printnote" aria-hidden="true">
      {t("printedFrom", { address: globalThis.location?.href ?? "", when })}
      {session && ` · ${t("printedBy", { name: session.name })}`}
    </p>
  );
}
