import { type FormEvent, useState } from "react";
import { api, ask } from "@/lib/api";
import { useTranslation } from "@/lib/i18n";
import { paths } from "@/lib/paths";
import { useWrite } from "@/lib/query";
import { Button, LinkButton } from "@/ui/Button";
import { TextField } from "@/ui/fields";
import { Card, PageHead } from "@/ui/layout";
import { Notice, ProblemNotice } from "@/ui/states";
import "./account.css";

/** Three short steps: where the code goes, the code with a new password, and done. */
export default function ResetPage() {
  const { t } = useTranslation("account");
  const [login, setLogin] = useState("");
  const [asked, setAsked] = useState(false);
  const [done, setDone] = useState(false);
  return (
    <>
      <PageHead title={t("reset.title")} />
      <div className="entry">
        {done ? (
          <Card>
            <div className="stack">
              <Notice tone="ok" live>
                {t("reset.done")}
              </Notice>
              <LinkButton kind="primary" to={paths.signIn()}>
                {t("signIn.submit")}
              </LinkButton>
            </div>
          </Card>
        ) : asked ? (
          <RedeemForm login={login} onDone={() => setDone(true)} onBack={() => setAsked(false)} />
        ) : (
          <AskForm login={login} onLogin={setLogin} onDone={() => setAsked(true)} />
        )}
        <p className="small muted">{t("reset.inPerson")}</p>
      </div>
    </>
  );
}

function AskForm({
  login,
  onLogin,
  onDone,
}: {
  login: string;
  onLogin: (v: string) => void;
  onDone: () => void;
}) {
  const { t } = useTranslation("account");
  const send = useWrite((to: string) => ask(api.POST("/api/v1/password-resets", { body: { login: to } })), {
    onDone,
  });
  function submit(event: FormEvent) {
    event.preventDefault();
    if (login.trim()) send.mutate(login);
  }
  return (
    <Card>
      <form className="stack" onSubmit={submit}>
        <ProblemNotice problem={send.error} />
        <TextField
          id="login"
          label={t("signIn.login")}
          help={t("reset.loginHelp")}
          value={login}
          onChange={onLogin}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
        />
        <Button type="submit" kind="primary" block busy={send.isPending}>
          {t("reset.send")}
        </Button>
        <Button kind="quiet" onClick={() => login.trim() && onDone()}>
          {t("reset.haveCode")}
        </Button>
      </form>
    </Card>
  );
}

function RedeemForm({ login, onDone, onBack }: { login: string; onDone: () => void; onBack: () => void }) {
  const { t } = useTranslation("account");
  const [code, setCode] = useState("");
  const [password, setPassword] = useState("");
  const redeem = useWrite(
    (v: { code: string; password: string }) =>
      ask(api.POST("/api/v1/password-resets/redeem", { body: { login, ...v } })),
    { onDone },
  );
  function submit(event: FormEvent) {
    event.preventDefault();
    if (code.trim() && password) redeem.mutate({ code, password });
  }
  return (
    <Card>
      <form className="stack" onSubmit={submit}>
        <Notice>{t("reset.sent", { login })}</Notice>
        <ProblemNotice problem={redeem.error} />
        <TextField
          id="code"
          label={t("reset.code")}
          help={t("reset.codeHelp")}
          value={code}
          onChange={setCode}
          autoComplete="one-time-code"
          autoCapitalize="characters"
          spellCheck={false}
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
        <Button type="submit" kind="primary" block busy={redeem.isPending}>
          {t("reset.submit")}
        </Button>
        <Button kind="quiet" onClick={onBack}>
          {t("reset.again")}
        </Button>
      </form>
    </Card>
  );
}
