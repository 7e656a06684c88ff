import { useEffect, useState } from "react";
import { api, ask } from "@/lib/api";
import { serverNow } from "@/lib/clock";
import { useTranslation } from "@/lib/i18n";
import type { Assist } from "@/lib/needs";
import { useWrite } from "@/lib/query";
import { Button } from "@/ui/Button";

const secondMs = 1000;
const minuteS = 60;

/** Says for whom one writes, and how long: half an hour, counted down. */
export function AssistBar({ assist }: { assist: Assist }) {
  const { t } = useTranslation("post");
  const left = useSecondsUntil(assist.endsAt);
  const end = useWrite(
    (id: string, key) => ask(api.POST("/api/v1/assists/{id}/end", { params: { path: { id }, header: key } })),
    { refresh: [["assist"]] },
  );
  const clock = `${Math.floor(left / minuteS)}:${String(left % minuteS).padStart(2, "0")}`;
  return (
    <section className="assistbar" aria-label={t("assist.label")}>
      <span>
        {t("assist.for", { who: assist.nameless || t("assist.known") })}
        <span className="block small">{t("assist.recorded")}</span>
      </span>
      <span className="num" role="timer" aria-label={t("assist.left", { clock })}>
        {clock}
      </span>
      <Button small busy={end.isPending} onClick={() => end.mutate(assist.id)}>
        {t("assist.end")}
      </Button>
    </section>
  );
}

function useSecondsUntil(at: string): number {
  const count = () => Math.max(0, Math.round((Date.parse(at) - serverNow().getTime()) / secondMs));
  const [left, setLeft] = useState(count);
  // biome-ignore lint/correctness/useExhaustiveDependencies: count reads the clock anew every time
  useEffect(() => {
    const timer = setInterval(() => setLeft(count()), secondMs);
    return () => clearInterval(timer);
  }, [at]);
  return left;
}
