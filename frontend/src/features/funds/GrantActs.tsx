import { useState } from "react";
import { api, ask, ifMatch } from "@/lib/api";
import { actionProps } from "@/lib/can";
import { useTranslation } from "@/lib/i18n";
import { useWrite } from "@/lib/query";
import { ActDialog } from "@/ui/ActDialog";
import { ActionButton } from "@/ui/Button";
import { errorsOf } from "@/ui/ErrorSummary";
import { FormDialog, type FormDialogProps } from "@/ui/FormDialog";
import { TextArea } from "@/ui/fields";
import { MoneyField } from "@/ui/MoneyField";
import { fundsChanged, type Grant, offered } from "./model";

const acts = ["review", "publicise", "grant", "report", "close", "reject"] as const;
type Act = (typeof acts)[number];
type Step = Partial<{
  reason: string;
  bankReference: string;
  report: string;
  spentFen: number;
  returnedFen: number;
}>;

/** The next steps of a grant; each says what it needs, or why it cannot be taken yet. */
export function GrantActs({ grant }: { grant: Grant }) {
  const { t } = useTranslation("funds");
  const verb = useTranslation("action").t;
  const [asking, setAsking] = useState<Act>();
  const write = useWrite(
    ({ act, step }: { act: Act; step: Step }, key) => {
      const to = {
        params: { path: { id: grant.id }, header: { ...ifMatch(grant.version), ...key } },
        body: step,
      };
      const calls = {
        review: () => api.POST("/api/v1/grants/{id}/review", to),
        publicise: () => api.POST("/api/v1/grants/{id}/publicise", to),
        grant: () => api.POST("/api/v1/grants/{id}/grant", to),
        report: () => api.POST("/api/v1/grants/{id}/report", to),
        close: () => api.POST("/api/v1/grants/{id}/close", to),
        reject: () => api.POST("/api/v1/grants/{id}/reject", to),
      };
      return ask(calls[act]());
    },
    { refresh: fundsChanged, onDone: () => setAsking(undefined) },
  );
  const words: Record<string, { label: string; help?: string; short?: boolean } | undefined> = {
    reject: { label: t("form.reason"), help: t("form.reasonPublic") },
    grant: { label: t("register.reference"), help: t("register.referenceHelp"), short: true },
  };
  return (
    <div className="row tight">
      {offered(acts, grant.actions).map((act) => (
        <ActionButton
          key={act}
          small
          kind={act === "reject" ? "plain" : "primary"}
          {...actionProps(grant.actions, act)}
          onClick={() => setAsking(act)}
        >
          {verb(`grant.${act}`)}
        </ActionButton>
      ))}
      {asking === "report" && (
        <ReportDialog
          grant={grant}
          write={write}
          onClose={() => setAsking(undefined)}
          onSubmit={(step) => write.mutate({ act: "report", step })}
        />
      )}
      {asking && asking !== "report" && (
        <ActDialog
          title={verb(`grant.${asking}`)}
          text={t(`grantAct.${asking}`)}
          ask={words[asking]}
          write={write}
          onClose={() => setAsking(undefined)}
          onSubmit={(text) =>
            write.mutate({
              act: asking,
              step:
                asking === "reject" ? { reason: text } : asking === "grant" ? { bankReference: text } : {},
            })
          }
        />
      )}
    </div>
  );
}

interface ReportProps {
  grant: Grant;
  write: FormDialogProps["write"];
  onClose: () => void;
  onSubmit: (step: Step) => void;
}

function ReportDialog({ grant, write, onClose, onSubmit }: ReportProps) {
  const { t } = useTranslation("funds");
  const verb = useTranslation("action").t;
  const [report, setReport] = useState("");
  const [spentFen, setSpent] = useState<number | null>(grant.amountFen);
  const errors = errorsOf(write.error);
  return (
    <FormDialog
      title={verb("grant.report")}
      write={write}
      onClose={onClose}
      onSubmit={() =>
        onSubmit({
          report,
          spentFen: spentFen ?? 0,
          returnedFen: Math.max(0, grant.amountFen - (spentFen ?? 0)),
        })
      }
    >
      <p>{t("grantAct.report")}</p>
      <TextArea
        label={t("grants.report")}
        value={report}
        onChange={setReport}
        maxLength={2000}
        error={errors.report}
      />
      <MoneyField
        label={t("grants.spent")}
        help={t("grants.spentHelp")}
        value={spentFen}
        onChange={setSpent}
        error={errors.spentFen}
      />
    </FormDialog>
  );
}
