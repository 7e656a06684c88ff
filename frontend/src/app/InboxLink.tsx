import { useQuery } from "@tanstack/react-query";
import { api, ask } from "@/lib/api";
import { useTranslation } from "@/lib/i18n";
import { paths } from "@/lib/paths";
import { Icon } from "@/ui/icons";
import { Link } from "@/ui/Link";

/** The way to my notices, with how many are unread. */
export function InboxLink() {
  const { t } = useTranslation("app");
  const { data } = useQuery({
    queryKey: ["unread"],
    refetchInterval: 60_000,
    queryFn: () => ask(api.GET("/api/v1/inbox/unread")),
  });
  const n = data?.count ?? 0;
  return (
    <Link to={paths.myNotices()} className="inboxlink">
      <Icon name="bell" />
      <span className="word">{t("work.inbox")}</span>
      {n > 0 && <span className="n num">{n > 99 ? "99+" : n}</span>}
    </Link>
  );
}
