import { useMutation } from "@tanstack/react-query";
import { api, ask } from "@/lib/api";
import { useTranslation } from "@/lib/i18n";
import { asProblem } from "@/lib/problem";
import { Button } from "@/ui/Button";
import { KeyValue } from "@/ui/layout";
import { Notice, ProblemNotice } from "@/ui/states";
import { Count, DateTime } from "@/ui/values";

/** Re-walks the whole record on demand, and says in a sentence whether anything was changed. */
export function VerifyCard() {
  const { t } = useTranslation("audit");
  const check = useMutation({ mutationFn: () => ask(api.GET("/api/v1/audit/verification")) });
  const report = check.data;
  return (
    <div className="card pad stack tight">
      <div className="row between">
        <p>{t("verify.lead")}</p>
        <Button busy={check.isPending} onClick={() => check.mutate()}>
          {t("verify.do")}
        </Button>
      </div>
      {check.isError && <ProblemNotice problem={asProblem(check.error)} />}
      {report && (
        <>
          <Notice tone={report.whole ? "ok" : "bad"} live>
            {t(report.whole ? "verify.whole" : "verify.broken", { count: report.breaks.length })}
          </Notice>
          <KeyValue
            items={[
              { label: t("verify.records"), value: <Count n={report.records} /> },
              { label: t("verify.objects"), value: <Count n={report.objects} /> },
              { label: t("verify.at"), value: <DateTime at={report.at} /> },
              { label: t("verify.root"), value: <code className="hash">{report.root}</code> },
            ]}
          />
          {report.breaks.length > 0 && (
            <ul className="small">
              {report.breaks.map((b) => (
                <li key={`${b.check}${b.seq}${b.id}`}>
                  <code>{b.check}</code> · {b.kind} <code>{b.id}</code> · {b.detail}
                </li>
              ))}
            </ul>
          )}
        </>
      )}
    </div>
  );
}
