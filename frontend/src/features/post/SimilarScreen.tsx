import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { api, ask } from "@/lib/api";
import { useTranslation } from "@/lib/i18n";
import { type NeedAlike, useAsked } from "@/lib/needs";
import { paths } from "@/lib/paths";
import { Button } from "@/ui/Button";
import { Link } from "@/ui/Link";
import { NeedStatus } from "@/ui/needs/NeedStatus";
import { SupportButton } from "@/ui/needs/SupportButton";
import { Loaded, Notice } from "@/ui/states";
import { Day } from "@/ui/values";
import type { ScreenProps } from "./SayPage";
import { Screen } from "./Screen";

/** What neighbours already said: stand behind one of these, or say that yours is different. */
export function SimilarScreen({
  draft,
  number,
  of,
  onBack,
  onNext,
  onNone,
}: ScreenProps & { onNone: () => void }) {
  const { t } = useTranslation("post");
  const { placeId, category, words } = draft.value;
  const body = { placeId, category, words: words.trim() };
  const similar = useQuery({
    queryKey: ["needs", "similar", body],
    queryFn: async () => (await ask(api.POST("/api/v1/needs/similar", { body }))).items,
  });
  const asked = useAsked();
  const none = similar.data?.length === 0;
  // Nothing alike: there is no question to ask, so the screen is left out.
  useEffect(() => {
    if (none) onNone();
  }, [none, onNone]);
  function different(all: NeedAlike[]) {
    draft.set({ different: all.map((n) => n.id) });
    onNext();
  }
  return (
    <Screen title={t("similar.title")} lead={t("similar.lead")} number={number} of={of} onBack={onBack}>
      <Loaded query={similar} lines={6}>
        {(all) => (
          <>
            <ul className="alike">
              {all.map((n) => (
                <li key={n.id} className="card pad">
                  <h2>
                    <Link to={paths.need(n.code)} target="_blank">
                      {n.title}
                    </Link>
                  </h2>
                  <p className="small muted row tight">
                    <NeedStatus need={n} />
                    <span>{t("similar.since")}</span>
                    <Day at={n.openedAt} />
                  </p>
                  <p className="small">{n.summary}</p>
                  <SupportButton need={n} households={n.counts.households} supported={asked.has(n.id)} />
                </li>
              ))}
            </ul>
            {all.some((n) => asked.has(n.id)) && (
              <Notice tone="ok" live>
                {t("similar.supported")} <Link to={paths.needs()}>{t("similar.leave")}</Link>
              </Notice>
            )}
            <div className="saynext">
              <Button kind="primary" block onClick={() => different(all)}>
                {t("similar.different")}
              </Button>
              <span className="small muted">{t("similar.help")}</span>
            </div>
          </>
        )}
      </Loaded>
    </Screen>
  );
}
