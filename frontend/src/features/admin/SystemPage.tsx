import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, ask } from "@/lib/api";
import { useNow } from "@/lib/clock";
import { dateTime } from "@/lib/format";
import { useTranslation } from "@/lib/i18n";
import { useWrite } from "@/lib/query";
import { Button } from "@/ui/Button";
import { TextField } from "@/ui/fields";
import { Card, KeyValue, PageHead } from "@/ui/layout";
import { Loaded, Notice, ProblemNotice } from "@/ui/states";

const steps = [
  { key: "hour", minutes: 60 },
  { key: "day", minutes: 1440 },
  { key: "week", minutes: 10_080 },
  { key: "month", minutes: 43_200 },
];

/** The installation: what it is, and, in a demonstration only, the way to let time pass. */
export default function SystemPage() {
  const { t } = useTranslation("admin");
  const site = useQuery({ queryKey: ["site", "full"], queryFn: () => ask(api.GET("/api/v1/site")) });
  return (
    <>
      <PageHead title={t("system.title")} />
      <Loaded query={site}>
        {(s) => (
          <div className="stack measure">
            <Card title={t("system.facts")}>
              <KeyValue
                items={[
                  { label: t("system.version"), value: s.version },
                  {
                    label: t("system.jurisdiction"),
                    value: s.jurisdiction === "CN" ? t("system.jurisdictions.CN") : s.jurisdiction,
                  },
                  {
                    label: t("system.kind"),
                    value: t(s.demonstration ? "system.demonstration" : "system.production"),
                  },
                ]}
              />
            </Card>
            <ClockCard demonstration={s.demonstration} />
          </div>
        )}
      </Loaded>
    </>
  );
}

function ClockCard({ demonstration }: { demonstration: boolean }) {
  const { t, lang } = useTranslation("admin");
  const now = useNow();
  const [days, setDays] = useState("");
  const advance = useWrite(
    (body: { minutes: number; pressed: number }, key) =>
      ask(api.POST("/api/v1/clock/advance", { params: { header: key }, body: { minutes: body.minutes } })),
    { refresh: [["site"], ["todos"], ["inbox"]] },
  );
  const move = (minutes: number) => advance.mutate({ minutes, pressed: now.getTime() });
  const wanted = Number(days);
  const valid = Number.isInteger(wanted) && wanted > 0 && wanted <= 400;
  if (!demonstration) {
    return (
      <Card title={t("clock.title")}>
        <p>{t("clock.production")}</p>
      </Card>
    );
  }
  return (
    <Card title={t("clock.title")}>
      <div className="stack">
        <p>
          {t("clock.now")} <strong className="num">{dateTime(advance.data?.now ?? now, lang)}</strong>
        </p>
        <Notice tone="wait">{t("clock.warning")}</Notice>
        <ProblemNotice problem={advance.error} />
        <div className="row tight">
          {steps.map((s) => (
            <Button key={s.key} busy={advance.isPending} onClick={() => move(s.minutes)}>
              {t(`clock.${s.key}`)}
            </Button>
          ))}
        </div>
        <div className="row">
          <TextField
            id="days"
            label={t("clock.days")}
            value={days}
            onChange={setDays}
            inputMode="numeric"
            optional
            error={days && !valid ? t("clock.daysWrong") : undefined}
          />
          <Button
            busy={advance.isPending}
            aria-disabled={!valid}
            onClick={() => valid && move(wanted * 1440)}
          >
            {t("clock.move")}
          </Button>
        </div>
      </div>
    </Card>
  );
}
