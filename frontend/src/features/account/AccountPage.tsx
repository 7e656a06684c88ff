import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { api, ask, ifMatch } from "@/lib/api";
import { setLang, useTranslation } from "@/lib/i18n";
import { paths } from "@/lib/paths";
import { useWrite } from "@/lib/query";
import { renew } from "@/lib/session";
import { Button } from "@/ui/Button";
import { RadioGroup } from "@/ui/choices";
import { TextField } from "@/ui/fields";
import { Link } from "@/ui/Link";
import { Card, KeyValue, PageHead } from "@/ui/layout";
import { Tag } from "@/ui/Status";
import { Loaded, Notice, ProblemNotice } from "@/ui/states";
import { OwnSessions } from "./OwnSessions";
import "./account.css";

const me = { queryKey: ["me"], queryFn: () => ask(api.GET("/api/v1/session")) };
type Me = Awaited<ReturnType<(typeof me)["queryFn"]>>;

/** What is known about me, how I prove that I am I, and where I am signed in. */
export default function AccountPage() {
  const { t } = useTranslation("account");
  const query = useQuery(me);
  return (
    <>
      <PageHead title={t("mine.title")} sub={<Link to={paths.noticeSettings()}>{t("mine.notices")}</Link>} />
      <Loaded query={query}>
        {(m) => (
          <div className="columns">
            <div className="stack">
              <Profile me={m} key={m.version} />
              <OwnSessions />
            </div>
            <aside>
              <Roles me={m} />
              <Password />
            </aside>
          </div>
        )}
      </Loaded>
    </>
  );
}

function Profile({ me: m }: { me: Me }) {
  const { t } = useTranslation("account");
  const [name, setName] = useState(m.name);
  const [language, setLanguage] = useState<string>(m.language);
  const save = useWrite(
    (body: { name: string; language: "zh" | "en" }, key) =>
      ask(api.PATCH("/api/v1/account", { params: { header: { ...ifMatch(m.version), ...key } }, body })),
    {
      refresh: [["me"]],
      onDone: (_, body) => {
        void setLang(body.language);
        void renew();
      },
    },
  );
  function submit(event: FormEvent) {
    event.preventDefault();
    save.mutate({ name, language: language === "en" ? "en" : "zh" });
  }
  return (
    <Card title={t("mine.profile")}>
      <form className="stack" onSubmit={submit}>
        <ProblemNotice problem={save.error} />
        {save.isSuccess && (
          <Notice tone="ok" live>
            {t("mine.saved")}
          </Notice>
        )}
        <TextField id="name" label={t("newcomer.name")} value={name} onChange={setName} autoComplete="name" />
        <KeyValue
          items={[
            { label: t("newcomer.phone"), value: m.phone || undefined },
            { label: t("newcomer.email"), value: m.email || undefined },
          ]}
        />
        <p className="help">{t("mine.masked")}</p>
        <RadioGroup
          label={t("mine.language")}
          layout="inline"
          value={language}
          onChange={setLanguage}
          options={[
            { value: "zh", label: "中文" },
            { value: "en", label: "English" },
          ]}
        />
        <div className="row">
          <Button type="submit" kind="primary" busy={save.isPending}>
            {t("mine.save")}
          </Button>
        </div>
      </form>
    </Card>
  );
}

function Roles({ me: m }: { me: Me }) {
  const { t, lang } = useTranslation("account");
  const role = useTranslation("app").t;
  return (
    <Card title={t("mine.roles")} aside={<Link to={paths.chooseRole()}>{t("mine.switch")}</Link>}>
      <ul className="plain stack tight">
        {m.memberships.map((r) => (
          <li key={r.id}>
            <strong>{role(`role.${r.role}`)}</strong>{" "}
            {r.id === m.membership?.id && <Tag tone="brand">{t("mine.acting")}</Tag>}
            <div className="small muted">{(lang === "en" && r.partyNameEn) || r.partyName}</div>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Password() {
  const { t } = useTranslation("account");
  const [current, setCurrent] = useState("");
  const [password, setPassword] = useState("");
  const change = useWrite(
    (body: { current: string; password: string }, key) =>
      ask(api.POST("/api/v1/account/change-password", { params: { header: key }, body })),
    {
      refresh: [["ownSessions"]],
      onDone: () => {
        setCurrent("");
        setPassword("");
      },
    },
  );
  function submit(event: FormEvent) {
    event.preventDefault();
    if (current && password) change.mutate({ current, password });
  }
  return (
    <Card title={t("mine.password")}>
      <form className="stack" onSubmit={submit}>
        <ProblemNotice problem={change.error} />
        {change.isSuccess && (
          <Notice tone="ok" live>
            {t("mine.passwordChanged")}
          </Notice>
        )}
        <TextField
          id="current"
          type="password"
          label={t("mine.current")}
          value={current}
          onChange={setCurrent}
          autoComplete="current-password"
        />
        <TextField
          id="password"
          type="password"
          label={t("reset.newPassword")}
          help={t("newcomer.passwordHelp", { count: 10 })}
          value={password}
          onChange={setPassword}
          autoComplete="new-password"
        />
        <Button type="submit" busy={change.isPending}>
          {t("mine.changePassword")}
        </Button>
      </form>
    </Card>
  );
}
