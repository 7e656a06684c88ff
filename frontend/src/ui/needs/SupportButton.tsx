/**
 * "I have this too": counted once per household. The home is asked for once, kept on the
 * device, and never shown.
 */
import { lazy, Suspense, useState } from "react";
import { api, ask } from "@/lib/api";
import { type Home, keepHome, readHome } from "@/lib/home";
import { useTranslation } from "@/lib/i18n";
import { needsChanged, takesSupport } from "@/lib/needs";
import { paths } from "@/lib/paths";
import { useWrite } from "@/lib/query";
import { can, useSession } from "@/lib/session";
import { Button } from "../Button";
import { Icon } from "../icons";
import { Link } from "../Link";
import { ProblemNotice } from "../states";

const HomeDialog = lazy(() => import("./HomeDialog").then((m) => ({ default: m.HomeDialog })));

import "./needs.css";

export interface SupportButtonProps {
  need: { id: string; code: string; placeId: string; stage: string; title: string };
  households: number;
  supported: boolean;
}

export function SupportButton({ need, households, supported }: SupportButtonProps) {
  const { t } = useTranslation("needs");
  const session = useSession();
  const [asking, setAsking] = useState(false);
  const write = useWrite(
    (home: Home | null, key) =>
      home
        ? ask(
            api.POST("/api/v1/needs/{id}/support", {
              params: { path: { id: need.id }, header: key },
              body: home,
            }),
          )
        : ask(api.POST("/api/v1/needs/{id}/unsupport", { params: { path: { id: need.id }, header: key } })),
    { refresh: needsChanged },
  );
  const label = t(supported ? "support.done" : "support.mine");
  const face = (
    <>
      <b className="num">
        {supported ? <Icon name="check" /> : takesSupport(need) && <Icon name="plus" />}
        {households}
      </b>
      <small>{takesSupport(need) ? label : t("support.was")}</small>
    </>
  );
  if (!takesSupport(need) || (session && !can("need.support"))) {
    return <span className="plusone still">{face}</span>;
  }
  if (!session) {
    return (
      <Link
        className="plusone"
        to={paths.signIn(paths.need(need.code))}
        aria-label={t("support.signIn", { title: need.title })}
      >
        {face}
      </Link>
    );
  }
  function press() {
    if (supported) return write.mutate(null);
    const home = readHome(need.placeId);
    if (home) write.mutate(home);
    else setAsking(true);
  }
  function stated(home: Home) {
    keepHome(need.placeId, home);
    write.mutate(home, { onSuccess: () => setAsking(false) });
  }
  return (
    <span className="supporting">
      <Button
        className={`plusone ${supported ? "done" : ""}`}
        aria-pressed={supported}
        aria-label={t("support.label", { title: need.title, count: households })}
        busy={write.isPending}
        onClick={press}
      >
        {face}
      </Button>
      {!asking && <ProblemNotice problem={write.error} />}
      {asking && (
        <Suspense>
          <HomeDialog
            open={asking}
            onClose={() => setAsking(false)}
            onStated={stated}
            busy={write.isPending}
            problem={write.error}
          />
        </Suspense>
      )}
    </span>
  );
}
