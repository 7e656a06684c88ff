/** Under every public record: who checked it when, a button for those who may, and "something wrong?". */
import { lazy, Suspense, useState } from "react";
import { api, ask, ifMatch } from "@/lib/api";
import { useTranslation } from "@/lib/i18n";
import { useWrite } from "@/lib/query";
import { Button } from "@/ui/Button";
import { Notice, ProblemNotice } from "@/ui/states";
import { type Checked, refreshed } from "./model";
import { Freshness } from "./parts";

const MistakeDialog = lazy(() => import("./MistakeDialog"));

interface Props {
  kind: "organization" | "service" | "resource";
  id: string;
  version: number;
  checked?: Checked;
  mayCheck: boolean;
  mine: boolean;
}

export function TrustBar({ kind, id, version, checked, mayCheck, mine }: Props) {
  const { t } = useTranslation("resources");
  const [open, setOpen] = useState(false);
  const [sent, setSent] = useState(false);
  const check = useWrite(
    (_: { version: number }, key) =>
      ask(
        api.POST("/api/v1/resource-checks", {
          params: { header: { ...ifMatch(version), ...key } },
          body: { kind, id },
        }),
      ),
    { refresh: refreshed },
  );
  return (
    <div className="stack tight no-print">
      <div className="row between">
        <Freshness checked={checked} />
        <span className="row tight">
          {mayCheck && (
            <Button small icon="check" busy={check.isPending} onClick={() => check.mutate({ version })}>
              {t("check.act")}
            </Button>
          )}
          {!mine && (
            <Button small kind="quiet" onClick={() => setOpen(true)}>
              {t("mistake.report")}
            </Button>
          )}
        </span>
      </div>
      <ProblemNotice problem={check.error} />
      {sent && (
        <Notice tone="ok" live>
          {t("mistake.sent")}
        </Notice>
      )}
      {open && (
        <Suspense>
          <MistakeDialog
            kind={kind}
            id={id}
            onClose={() => setOpen(false)}
            onSent={() => {
              setOpen(false);
              setSent(true);
            }}
          />
        </Suspense>
      )}
    </div>
  );
}
