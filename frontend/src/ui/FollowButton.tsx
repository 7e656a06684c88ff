/** Follow and follow no more: what happens then comes in the app and in the evening's digest. */
import { useQuery } from "@tanstack/react-query";
import { api, ask } from "@/lib/api";
import { useTranslation } from "@/lib/i18n";
import { paths } from "@/lib/paths";
import { useWrite } from "@/lib/query";
import { useSession } from "@/lib/session";
import { Button, LinkButton } from "./Button";

export type FollowKind = "need" | "project" | "tender" | "contract" | "fund" | "place";

export function FollowButton({ kind, id, small }: { kind: FollowKind; id: string; small?: boolean }) {
  const { t } = useTranslation("ui");
  const session = useSession();
  const follows = useQuery({
    queryKey: ["follows"],
    enabled: session !== undefined,
    queryFn: () => ask(api.GET("/api/v1/follows")),
  });
  const path = { params: { path: { kind, id } } };
  const write = useWrite(
    (on: boolean) =>
      on
        ? ask(api.PUT("/api/v1/follows/{kind}/{id}", path))
        : ask(api.DELETE("/api/v1/follows/{kind}/{id}", path)),
    { refresh: [["follows"]] },
  );
  if (!session) {
    return (
      <LinkButton small={small} to={paths.signIn(globalThis.location?.pathname)}>
        {t("follow.start")}
      </LinkButton>
    );
  }
  const on = follows.data?.items.some((f) => f.kind === kind && f.id === id) ?? false;
  return (
    <Button small={small} aria-pressed={on} busy={write.isPending} onClick={() => write.mutate(!on)}>
      {t(on ? "follow.on" : "follow.start")}
    </Button>
  );
}
