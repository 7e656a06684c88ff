import { useTranslation } from "@/lib/i18n";
import { Link } from "@/ui/Link";
import { DateTime } from "@/ui/values";

export interface Told {
  id: string;
  seq: number;
  kind: string;
  relation: string;
  text: { zh: string; en: string };
  link: string;
  at: string;
  read: boolean;
}

/** One sentence, why I am told, and when; the whole row leads to the thing itself. */
export function ToldRow({ told, onRead }: { told: Told; onRead: () => void }) {
  const { t, lang } = useTranslation("inbox");
  return (
    <li className={told.read ? undefined : "new"}>
      <Link to={told.link} onClick={onRead}>
        {!told.read && <span className="visually-hidden">{t("new")}</span>}
        {lang === "en" ? told.text.en : told.text.zh}
      </Link>
      <div className="small muted row tight">
        <span>{t(`relation.${told.relation}`)}</span>
        <DateTime at={told.at} />
      </div>
    </li>
  );
}
