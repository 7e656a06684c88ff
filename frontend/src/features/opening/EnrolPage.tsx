import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, ask } from "@/lib/api";
import { useTranslation } from "@/lib/i18n";
import { useWrite } from "@/lib/query";
import { Button } from "@/ui/Button";
import { Checkbox } from "@/ui/choices";
import { TextField } from "@/ui/fields";
import { Card, KeyValue, PageHead } from "@/ui/layout";
import { ErrorState, Notice, ProblemNotice, Skeleton } from "@/ui/states";
import { DateTime } from "@/ui/values";

const least = 12;

/** An officer makes his opening key here, in this browser; the server gets the public half only. */
export default function EnrolPage() {
  const { t } = useTranslation("opening");
  const query = useQuery({
    queryKey: ["officer-key"],
    queryFn: () => ask(api.GET("/api/v1/officer-key")),
  });
  return (
    <>
      <PageHead title={t("enrol.title")} sub={t("enrol.sub")} />
      {query.isPending && <Skeleton lines={4} />}
      {query.isError && <ErrorState fault={query.error} onRetry={() => void query.refetch()} />}
      {query.isSuccess && (
        <div className="columns">
          <div className="stack">
            {query.data.enrolled && (
              <Card title={t("enrol.have")}>
                <KeyValue
                  items={[
                    { label: t("enrol.at"), value: <DateTime at={query.data.enrolledAt} /> },
                    { label: t("enrol.public"), value: <code>{query.data.recipient}</code> },
                  ]}
                />
              </Card>
            )}
            <Enrol again={query.data.enrolled} />
          </div>
          <aside className="stack">
            <Card title={t("enrol.why")}>
              <ul className="small">
                {["shares", "together", "passphrase", "lost"].map((k) => (
                  <li key={k}>{t(`enrol.reason.${k}`)}</li>
                ))}
              </ul>
            </Card>
          </aside>
        </div>
      )}
    </>
  );
}

function Enrol({ again }: { again: boolean }) {
  const { t } = useTranslation("opening");
  const [pass, setPass] = useState("");
  const [repeat, setRepeat] = useState("");
  const [kept, setKept] = useState(false);
  const [making, setMaking] = useState(false);
  const [done, setDone] = useState(false);
  const enrol = useWrite(
    (body: { recipient: string; wrapped: string }, key) =>
      ask(api.PUT("/api/v1/officer-key", { params: { header: key }, body })),
    {
      refresh: [["officer-key"]],
      onDone: () => {
        setDone(true);
        setPass("");
        setRepeat("");
        setKept(false);
      },
    },
  );
  const tooShort = pass !== "" && [...pass].length < least;
  const differs = repeat !== "" && repeat !== pass;
  async function make() {
    setMaking(true);
    try {
      const { enrolOfficer } = await import("@/lib/seal");
      enrol.mutate(await enrolOfficer(pass));
    } finally {
      setMaking(false);
    }
  }
  return (
    <Card title={t(again ? "enrol.again" : "enrol.make")}>
      <form
        className="stack measure"
        onSubmit={(e) => {
          e.preventDefault();
          void make();
        }}
      >
        {done && (
          <Notice tone="ok" live>
            {t("enrol.done")}
          </Notice>
        )}
        <TextField
          label={t("enrol.passphrase")}
          help={t("enrol.passphraseHelp", { least })}
          type="password"
          autoComplete="new-password"
          value={pass}
          error={tooShort ? t("enrol.tooShort", { least }) : undefined}
          onChange={setPass}
        />
        <TextField
          label={t("enrol.repeat")}
          type="password"
          autoComplete="new-password"
          value={repeat}
          error={differs ? t("enrol.differs") : undefined}
          onChange={setRepeat}
        />
        <Checkbox label={t("enrol.kept")} checked={kept} onChange={setKept} />
        <ProblemNotice problem={enrol.error} />
        <div>
          <Button
            type="submit"
            kind="primary"
            busy={making || enrol.isPending}
            disabled={[...pass].length < least || pass !== repeat || !kept}
          >
            {t(making ? "enrol.making" : "enrol.submit")}
          </Button>
        </div>
      </form>
    </Card>
  );
}
