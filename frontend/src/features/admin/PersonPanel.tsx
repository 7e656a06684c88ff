import { useState } from "react";
import { api, ask, ifMatch } from "@/lib/api";
import { dateTime } from "@/lib/format";
import { useTranslation } from "@/lib/i18n";
import { useWrite } from "@/lib/query";
import { Button } from "@/ui/Button";
import { TextField } from "@/ui/fields";
import { KeyValue } from "@/ui/layout";
import { Notice, ProblemNotice } from "@/ui/states";
import type { Person } from "./PeoplePage";
import "./admin.css";

/** One person: how he is reached (masked), his roles, and what I may do for or about him. */
export function PersonPanel({ person }: { person: Person }) {
  const { t, lang } = useTranslation("admin");
  const role = useTranslation("app").t;
  return (
    <div className="stack">
      <KeyValue
        items={[
          { label: t("people.phone"), value: person.phone || undefined },
          { label: t("people.email"), value: person.email || undefined },
          person.lockedAt !== "" && {
            label: t("people.locked"),
            value: `${dateTime(person.lockedAt, lang)} ${person.lockReason}`,
          },
        ]}
      />
      <section>
        <h3>{t("people.roles")}</h3>
        <ul className="plain stack tight">
          {person.roles.map((r) => (
            <li key={r.id}>
              {role(`role.${r.role}`)}
              <span className="small muted"> {(lang === "en" && r.partyNameEn) || r.partyName}</span>
            </li>
          ))}
        </ul>
      </section>
      {person.mayHelp && <HelpPassword person={person} />}
      {person.mayLock && <LockPerson person={person} />}
    </div>
  );
}

function HelpPassword({ person }: { person: Person }) {
  const { t } = useTranslation("admin");
  const [checked, setChecked] = useState("");
  const help = useWrite((body: { checked: string }, key) =>
    ask(
      api.POST("/api/v1/people/{id}/help-password", {
        params: { path: { id: person.id }, header: key },
        body,
      }),
    ),
  );
  return (
    <section className="stack tight">
      <h3>{t("help.title")}</h3>
      <p className="small muted">{t("help.text")}</p>
      <ProblemNotice problem={help.error} />
      {help.data?.code ? (
        <Notice tone="ok" live>
          <p>{t("help.read", { minutes: help.data.minutes })}</p>
          <p className="onetime">{help.data.code}</p>
        </Notice>
      ) : (
        <>
          <TextField
            id="checked"
            label={t("help.checked")}
            help={t("help.checkedHelp")}
            value={checked}
            onChange={setChecked}
            maxLength={200}
          />
          <Button
            busy={help.isPending}
            aria-disabled={checked.trim().length < 2}
            onClick={() => checked.trim().length >= 2 && help.mutate({ checked })}
          >
            {t("help.make")}
          </Button>
        </>
      )}
    </section>
  );
}

function LockPerson({ person }: { person: Person }) {
  const { t } = useTranslation("admin");
  const [reason, setReason] = useState("");
  const enough = reason.trim().length >= 2;
  const refresh = [["people"]];
  const lock = useWrite(
    (body: { reason: string }, key) => {
      const to = {
        params: { path: { id: person.id }, header: { ...ifMatch(person.version), ...key } },
        body,
      };
      return person.lockedAt
        ? ask(api.POST("/api/v1/people/{id}/unlock", to))
        : ask(api.POST("/api/v1/people/{id}/lock", to));
    },
    { refresh },
  );
  const end = useWrite((body: { reason: string }, key) =>
    ask(
      api.POST("/api/v1/people/{id}/end-sessions", {
        params: { path: { id: person.id }, header: key },
        body,
      }),
    ),
  );
  return (
    <section className="stack tight">
      <h3>{t("lock.title")}</h3>
      <p className="small muted">{t("lock.text")}</p>
      <ProblemNotice problem={lock.error ?? end.error} />
      {end.data && (
        <Notice tone="ok" live>
          {t("lock.ended", { count: end.data.ended })}
        </Notice>
      )}
      <TextField id="lockReason" label={t("reason")} value={reason} onChange={setReason} maxLength={200} />
      <div className="row">
        <Button
          kind="danger"
          busy={lock.isPending}
          aria-disabled={!enough}
          onClick={() => enough && lock.mutate({ reason })}
        >
          {t(person.lockedAt ? "lock.unlock" : "lock.lock")}
        </Button>
        <Button busy={end.isPending} aria-disabled={!enough} onClick={() => enough && end.mutate({ reason })}>
          {t("lock.end")}
        </Button>
      </div>
    </section>
  );
}
