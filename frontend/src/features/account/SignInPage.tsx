import { useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { useTranslation } from "@/lib/i18n";
import { paths, withSearch } from "@/lib/paths";
import { useWrite } from "@/lib/query";
import { Button } from "@/ui/Button";
import { ErrorSummary, hasErrors } from "@/ui/ErrorSummary";
import { TextField } from "@/ui/fields";
import { Link } from "@/ui/Link";
import { Card, PageHead } from "@/ui/layout";
import { ProblemNotice } from "@/ui/states";
import { DemoAccounts } from "./DemoAccounts";
import { type Credentials, enter, signInHelp, useOnward } from "./entry";
import "./account.css";

/** Phone number or e-mail address and password; in a demonstration the cast to choose from. */
export default function SignInPage() {
  const { t } = useTranslation("account");
  const help = useQuery(signInHelp).data;
  const onward = useOnward();
  const signIn = useWrite((c: Credentials) => enter(c), {
    onDone: (answer, c) => void onward(answer, c.membershipId),
  });
  const demo = (help?.accounts.length ?? 0) > 0;
  return (
    <>
      <PageHead title={t("signIn.title")} />
      <div className={demo ? "entry two" : "entry"}>
        <SignInForm busy={signIn.isPending} onSubmit={signIn.mutate} problem={signIn.error} />
        {demo && help && (
          <DemoAccounts help={help} busy={signIn.isPending} onPick={(c) => signIn.mutate(c)} />
        )}
      </div>
    </>
  );
}

interface FormProps {
  busy: boolean;
  problem: Parameters<typeof ProblemNotice>[0]["problem"];
  onSubmit: (c: Credentials) => void;
}

function SignInForm({ busy, problem, onSubmit }: FormProps) {
  const { t } = useTranslation("account");
  const { next } = useSearch({ strict: false }) as { next?: string };
  const [login, setLogin] = useState("");
  const [password, setPassword] = useState("");
  const [tried, setTried] = useState(false);
  const errors = tried
    ? {
        login: login.trim() ? undefined : t("signIn.loginMissing"),
        password: password ? undefined : t("passwordMissing"),
      }
    : {};
  function submit(event: FormEvent) {
    event.preventDefault();
    setTried(true);
    if (login.trim() && password) onSubmit({ login, password });
  }
  return (
    <Card>
      <form className="stack" onSubmit={submit} noValidate>
        {hasErrors(errors) && <ErrorSummary errors={errors} />}
        <ProblemNotice problem={problem} />
        <TextField
          id="login"
          label={t("signIn.login")}
          value={login}
          onChange={setLogin}
          error={errors.login}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
        />
        <TextField
          id="password"
          type="password"
          label={t("password")}
          value={password}
          onChange={setPassword}
          error={errors.password}
          autoComplete="current-password"
        />
        <Button type="submit" kind="primary" block busy={busy}>
          {t("signIn.submit")}
        </Button>
        <div className="row between small">
          <Link to={paths.resetPassword()}>{t("signIn.forgot")}</Link>
          <Link to={withSearch(paths.signUp(), { next })}>{t("signIn.newcomer")}</Link>
        </div>
      </form>
    </Card>
  );
}
