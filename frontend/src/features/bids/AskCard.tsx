import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, ask, ifMatch } from "@/lib/api";
import { useTranslation } from "@/lib/i18n";
import type { Lot, OwnBid, Remedy, Tender } from "@/lib/procurement";
import { useWrite } from "@/lib/query";
import { useSession } from "@/lib/session";
import { Button } from "@/ui/Button";
import { FormDialog } from "@/ui/FormDialog";
import { TextArea } from "@/ui/fields";
import { Card } from "@/ui/layout";
import { Status } from "@/ui/Status";
import { Notice, ProblemNotice } from "@/ui/states";
import { Deadline } from "@/ui/values";
import { AskDialog } from "./AskDialog";

/** Something wrong or unclear? The right remedy for this stage, and what became of ours. */
export function AskCard({ tender, lot, bid }: { tender: Tender; lot: Lot; bid: OwnBid | null }) {
  const { t } = useTranslation("bids");
  const [asking, setAsking] = useState(false);
  const me = useSession()?.membership?.partyId;
  const query = useQuery({
    queryKey: ["tenders", tender.id, "challenges"],
    queryFn: () => ask(api.GET("/api/v1/tenders/{id}/challenges", { params: { path: { id: tender.id } } })),
  });
  const mine = (query.data?.items ?? []).filter((c) => c.supplierId === me);
  return (
    <Card title={t("ask.title")}>
      <div className="stack">
        {mine.map((c) => (
          <OwnRemedy key={c.id} remedy={c} tenderId={tender.id} />
        ))}
        <p className="small">
          {t("ask.text", {
            inquiry: tender.terms.inquiryWorkingDays,
            challenge: tender.terms.challengeWorkingDays,
          })}
        </p>
        <div>
          <Button small onClick={() => setAsking(true)}>
            {t("ask.open")}
          </Button>
        </div>
      </div>
      {asking && <AskDialog tender={tender} lot={lot} bid={bid} onClose={() => setAsking(false)} />}
    </Card>
  );
}

function OwnRemedy({ remedy: c, tenderId }: { remedy: Remedy; tenderId: string }) {
  const { t } = useTranslation("bids");
  const [complaining, setComplaining] = useState(false);
  const [text, setText] = useState("");
  const refresh = [["tenders", tenderId]];
  const params = { path: { id: c.id } };
  const complain = useWrite(
    (body: { text: string }, key) =>
      ask(
        api.POST("/api/v1/challenges/{id}/complain", {
          params: { ...params, header: { ...ifMatch(c.version), ...key } },
          body,
        }),
      ),
    { refresh, onDone: () => setComplaining(false) },
  );
  const withdraw = useWrite(
    (version: number, key) =>
      ask(
        api.POST("/api/v1/challenges/{id}/withdraw", {
          params: { ...params, header: { ...ifMatch(version), ...key } },
          body: {},
        }),
      ),
    { refresh },
  );
  const waiting = !c.answeredAt && c.status !== "withdrawn";
  return (
    <section>
      <div className="row between">
        <h3>{c.title}</h3>
        <Status machine="challenge" state={c.status} />
      </div>
      <p className="prewrap">{c.text}</p>
      {waiting && <Deadline at={c.answerBy} />}
      {c.answer && <Notice tone={c.outcome === "upheld" ? "ok" : "info"}>{c.answer}</Notice>}
      {c.decision && <Notice tone={c.decided === "upheld" ? "ok" : "info"}>{c.decision}</Notice>}
      <ProblemNotice problem={withdraw.error} />
      <div className="row">
        {waiting && (
          <Button small kind="quiet" busy={withdraw.isPending} onClick={() => withdraw.mutate(c.version)}>
            {t("ask.withdraw")}
          </Button>
        )}
        {c.kind === "challenge" && c.status === "answered" && (
          <Button small onClick={() => setComplaining(true)}>
            {t("ask.complain")}
          </Button>
        )}
      </div>
      {complaining && (
        <FormDialog
          title={t("ask.complain")}
          ready={text.trim() !== ""}
          write={complain}
          onClose={() => setComplaining(false)}
          onSubmit={() => complain.mutate({ text })}
        >
          {c.complainBy && <Deadline at={c.complainBy} />}
          <TextArea label={t("ask.words")} rows={6} maxLength={10000} value={text} onChange={setText} />
        </FormDialog>
      )}
    </section>
  );
}
