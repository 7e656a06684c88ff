import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { api, ask } from "@/lib/api";
import { useTranslation } from "@/lib/i18n";
import { paths } from "@/lib/paths";
import { useWrite } from "@/lib/query";
import { Button } from "@/ui/Button";
import { ComboBox } from "@/ui/ComboBox";
import { ErrorSummary, type Errors, hasErrors } from "@/ui/ErrorSummary";
import { Link } from "@/ui/Link";
import { Card, PageHead } from "@/ui/layout";
import { ProblemNotice } from "@/ui/states";
import { enter, signInHelp, useOnward } from "./entry";
import { type Newcomer, NewcomerFields, newcomerErrors, nobody } from "./NewcomerFields";
import "./account.css";

interface Form extends Newcomer {
  placeId: string;
}

/** A neighbour becomes a resident of a community, and is signed in. */
export default function SignUpPage() {
  const { t, lang } = useTranslation("account");
  const help = useQuery(signInHelp).data;
  const onward = useOnward();
  const [form, setForm] = useState<Form>({ ...nobody, placeId: "" });
  const [tried, setTried] = useState(false);
  const signUp = useWrite(
    async (f: Form, key) => {
      const { agreed, ...body } = f;
      await ask(
        api.POST("/api/v1/registrations", {
          params: { header: key },
          body: { ...body, language: lang, consent: agreed ? help?.privacyNotice : undefined },
        }),
      );
      return enter({ login: f.phone || f.email, password: f.password });
    },
    { onDone: (answer) => void onward(answer) },
  );
  const missing: Errors = {
    placeId: form.placeId ? undefined : t("signUp.placeMissing"),
    ...newcomerErrors(form, help?.minPassword ?? 10, t),
  };
  const errors: Errors = tried ? missing : {};
  const patch = (p: Partial<Form>) => setForm((old) => ({ ...old, ...p }));
  function submit(event: FormEvent) {
    event.preventDefault();
    setTried(true);
    if (!hasErrors(missing)) signUp.mutate(form);
  }
  return (
    <>
      <PageHead title={t("signUp.title")} sub={t("signUp.lead")} />
      <div className="entry">
        <Card>
          <form className="stack" onSubmit={submit} noValidate>
            {hasErrors(missing) && tried && <ErrorSummary errors={errors} />}
            <ProblemNotice problem={signUp.error} />
            <HomeField
              value={form.placeId}
              onChange={(placeId) => patch({ placeId })}
              error={errors.placeId}
            />
            <NewcomerFields value={form} onChange={patch} errors={errors} />
            <Button type="submit" kind="primary" block busy={signUp.isPending}>
              {t("signUp.submit")}
            </Button>
            <p className="small">
              {t("signUp.already")} <Link to={paths.signIn()}>{t("signIn.submit")}</Link>
            </p>
          </form>
        </Card>
      </div>
    </>
  );
}

function HomeField(props: { value: string; onChange: (id: string) => void; error?: string }) {
  const { t } = useTranslation("account");
  const [words, setWords] = useState("");
  const found = useQuery({
    queryKey: ["homes", words],
    queryFn: () => ask(api.GET("/api/v1/registrations/communities", { params: { query: { q: words } } })),
    placeholderData: (old) => old,
  });
  return (
    <ComboBox
      id="placeId"
      label={t("signUp.place")}
      help={t("signUp.placeHelp")}
      {...props}
      onSearch={setWords}
      options={(found.data?.items ?? []).map((h) => ({
        value: h.id,
        label: h.name,
        note: `${h.district} ${h.street}`,
      }))}
    />
  );
}
