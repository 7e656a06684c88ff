import { useState } from "react";
import { api, ask } from "@/lib/api";
import { useDraft } from "@/lib/draft";
import { useTranslation } from "@/lib/i18n";
import type { Lot, Tender } from "@/lib/procurement";
import { useWrite } from "@/lib/query";
import { useSession } from "@/lib/session";
import { Button } from "@/ui/Button";
import { Checkbox } from "@/ui/choices";
import { DraftSaved, ErrorSummary, hasErrors } from "@/ui/ErrorSummary";
import { Card } from "@/ui/layout";
import { Notice, ProblemNotice } from "@/ui/states";
import { Tabs } from "@/ui/Tabs";
import { kept } from "./hashes";
import { PriceFields } from "./PriceFields";
import {
  type Attachment,
  type BidDraft,
  emptyLine,
  pricePaper,
  qualificationPaper,
  technicalPaper,
  totalOf,
} from "./papers";
import { QualificationFields } from "./QualificationFields";
import { TechnicalFields } from "./TechnicalFields";

type Kind = "qualification" | "technical" | "price" | "final";
interface Envelope {
  kind: Kind;
  cipherText: string;
  hash: string;
}

/** The response: drafted on this device only, sealed in this browser, sent as three envelopes. */
export function BidForm({ tender, lot, onDone }: { tender: Tender; lot: Lot; onDone?: () => void }) {
  const { t } = useTranslation("bids");
  const mine = useSession()?.membership;
  const draft = useDraft<BidDraft>(`bid.${lot.id}`, {
    legalName: mine?.partyName ?? "",
    uscc: "",
    legalRep: "",
    sizeClass: "",
    declared: [],
    qualifications: {},
    summary: "",
    answers: {},
    lines: [emptyLine()],
  });
  const [files, setFiles] = useState<Attachment[]>([]);
  const [sure, setSure] = useState(false);
  const [sealing, setSealing] = useState(false);
  const [tried, setTried] = useState(false);
  const d = draft.value;
  const errors = check(d, lot, t);
  const send = useWrite(
    (body: { docVersion: number; envelopes: Envelope[] }, key) =>
      ask(
        api.POST("/api/v1/lots/{lotId}/bid", { params: { path: { lotId: lot.id }, header: key }, body }),
      ).then(kept(lot.id, body.envelopes)),
    { refresh: [["bids"], ["todos"]], onDone },
  );
  async function seal() {
    setTried(true);
    if (hasErrors(errors)) return;
    setSealing(true);
    try {
      const { sealPaper } = await import("@/lib/seal");
      const of = { lotId: lot.id, supplierId: mine?.partyId ?? "" };
      const papers: [Kind, unknown][] = [
        ["qualification", qualificationPaper(of, d)],
        ["technical", technicalPaper(of, d, files)],
        ["price", pricePaper(of, "price", d.lines)],
      ];
      const envelopes: Envelope[] = [];
      for (const [kind, paper] of papers) {
        const recipient = lot.recipients.find((r) => r.kind === kind)?.recipient ?? "";
        const { cipherText, hash } = await sealPaper(recipient, kind, paper);
        envelopes.push({ kind, cipherText, hash });
      }
      send.mutate({ docVersion: tender.docVersion, envelopes });
    } finally {
      setSealing(false);
    }
  }
  return (
    <Card title={t("form.title")} aside={<DraftSaved at={draft.savedAt} />}>
      <div className="stack">
        {tried && <ErrorSummary errors={errors} />}
        <Tabs
          label={t("form.envelopes")}
          items={[
            {
              id: "qualification",
              label: t("kind.qualification"),
              content: (
                <QualificationFields lot={lot} draft={d} errors={tried ? errors : {}} set={draft.set} />
              ),
            },
            {
              id: "technical",
              label: t("kind.technical"),
              content: (
                <TechnicalFields
                  lot={lot}
                  draft={d}
                  errors={tried ? errors : {}}
                  set={draft.set}
                  files={files}
                  onFiles={setFiles}
                />
              ),
            },
            {
              id: "price",
              label: t("kind.price"),
              content: (
                <PriceFields
                  ceilingFen={lot.ceilingFen}
                  lines={d.lines}
                  error={tried ? errors.lines : undefined}
                  onChange={(lines) => draft.set({ lines })}
                />
              ),
            },
          ]}
        />
        <Notice>{t("form.sealedHere")}</Notice>
        <Checkbox label={t("form.sure")} checked={sure} onChange={setSure} />
        <ProblemNotice problem={send.error} />
        <div>
          <Button
            kind="primary"
            icon="lock"
            busy={sealing || send.isPending}
            disabled={!sure}
            onClick={() => void seal()}
          >
            {t(sealing ? "form.sealing" : "form.submit")}
          </Button>
        </div>
      </div>
    </Card>
  );
}

function check(d: BidDraft, lot: Lot, t: (key: string) => string): Record<string, string | undefined> {
  const total = totalOf(d.lines);
  return {
    legalName: d.legalName.trim() ? undefined : t("error.legalName"),
    uscc: /^[0-9A-Z]{18}$/.test(d.uscc.trim()) ? undefined : t("error.uscc"),
    legalRep: d.legalRep.trim() ? undefined : t("error.legalRep"),
    sizeClass: d.sizeClass ? undefined : t("error.sizeClass"),
    declared: d.declared.length === 6 ? undefined : t("error.declared"),
    summary: d.summary.trim() ? undefined : t("error.summary"),
    lines: total <= 0 ? t("error.price") : total > lot.ceilingFen ? t("error.ceiling") : undefined,
  };
}
