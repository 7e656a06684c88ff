import { useState } from "react";
import { api, ask } from "@/lib/api";
import { useTranslation } from "@/lib/i18n";
import type { Workbench, WorkbenchBid } from "@/lib/procurement";
import { useWrite } from "@/lib/query";
import { Button } from "@/ui/Button";
import { FormDialog } from "@/ui/FormDialog";
import { Select, TextArea } from "@/ui/fields";
import { Card } from "@/ui/layout";
import { Notice, ProblemNotice } from "@/ui/states";

/** Signing locks the sheets; objective items on which members differ are named first. */
export function SignCard({ bench: w, bids }: { bench: Workbench; bids: WorkbenchBid[] }) {
  const { t } = useTranslation("scoring");
  const [deeming, setDeeming] = useState(false);
  const sign = useWrite(
    (lotId: string, key) =>
      ask(api.POST("/api/v1/lots/{lotId}/sheets/sign", { params: { path: { lotId }, header: key } })),
    { refresh: [["tenders"], ["reviews"], ["todos"]] },
  );
  const signed = bids.length > 0 && bids.every((b) => b.sheet?.signedAt);
  return (
    <Card
      title={t("sign.title")}
      aside={t("sign.progress", {
        done: w.progress.filter((p) => p.signed === p.of && p.of > 0).length,
        of: w.progress.length,
      })}
    >
      <div className="stack">
        {w.conflicts.length > 0 && (
          <Notice tone="wait">
            <strong>{t("sign.differs")}</strong>
            <ul>
              {w.conflicts.map((c) => (
                <li key={c}>{c}</li>
              ))}
            </ul>
          </Notice>
        )}
        <p className="small">{t(signed ? "sign.done" : "sign.text")}</p>
        <ProblemNotice problem={sign.error} />
        <div className="row">
          {!signed && (
            <Button kind="primary" busy={sign.isPending} onClick={() => sign.mutate(w.lotId)}>
              {t("sign.submit")}
            </Button>
          )}
          {w.member?.chair && (
            <Button kind="quiet" onClick={() => setDeeming(true)}>
              {t("sign.deem")}
            </Button>
          )}
        </div>
      </div>
      {deeming && <DeemDialog bench={w} onClose={() => setDeeming(false)} />}
    </Card>
  );
}

/** A member who refuses to sign without reasons counts as agreeing; the chair records it. */
function DeemDialog({ bench: w, onClose }: { bench: Workbench; onClose: () => void }) {
  const { t } = useTranslation("scoring");
  const [memberId, setMember] = useState("");
  const [reason, setReason] = useState("");
  const deem = useWrite(
    (body: { memberId: string; reason: string }, key) =>
      ask(
        api.POST("/api/v1/lots/{lotId}/sheets/deem", {
          params: { path: { lotId: w.lotId }, header: key },
          body,
        }),
      ),
    { refresh: [["tenders"]], onDone: onClose },
  );
  const others = w.progress.filter((p) => p.memberId !== w.member?.personId && p.signed < p.of);
  return (
    <FormDialog
      title={t("sign.deem")}
      verb={t("sign.deemSubmit")}
      ready={memberId !== "" && reason.trim() !== ""}
      write={deem}
      onSubmit={() => deem.mutate({ memberId, reason })}
      onClose={onClose}
    >
      <p className="small">{t("sign.deemText")}</p>
      <Select
        label={t("sign.member")}
        value={memberId}
        onChange={setMember}
        options={others.map((p) => ({ value: p.memberId, label: p.name ?? p.memberId }))}
      />
      <TextArea
        label={t("sign.circumstances")}
        rows={3}
        maxLength={1000}
        value={reason}
        onChange={setReason}
      />
    </FormDialog>
  );
}
