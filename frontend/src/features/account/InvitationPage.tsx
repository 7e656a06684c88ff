import { useQuery } from "@tanstack/react-query";
import { useNavigate, useRouterState } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { api, ask } from "@/lib/api";
import { dateTime } from "@/lib/format";
import { useTranslation } from "@/lib/i18n";
import { paths } from "@/lib/paths";
import { useWrite } from "@/lib/query";
import { renew, useSession } from "@/lib/session";
import { Button, LinkButton } from "@/ui/Button";
import { ErrorSummary, hasErrors } from "@/ui/ErrorSummary";
import { Card, KeyValue, PageHead } from "@/ui/layout";
import { Empty, Loaded, Notice, ProblemNotice } from "@/ui/states";
import { enter, signInHelp } from "./entry";
import { NewcomerFields, newcomerErrors, nobody } from "./NewcomerFields";
import "./account.css";

const look = (token: string) => ask(api.POST("/api/v1/invitations/look", { body: { token } }));
type Offer = Awaited<ReturnType<typeof look>>;

/** What a link offers, and taking it: signed in with one click, else by telling who one is. */
export default function InvitationPage() {
  const { t } = useTranslation("account");
  const token = useRouterState({ select: (s) => s.location.hash });
  const offer = useQuery({
    queryKey: ["offer", token],
    enabled: token !== "",
    queryFn: () => look(token),
    retry: false,
  });
  return (
    <>
      <PageHead title={t("invitation.title")} />
      {token === "" ? (
        <Empty title={t("invitation.incomplete")}>{t("invitation.incompleteText")}</Empty>
      ) : (
        <Loaded query={offer}>{(o) => <OfferCard offer={o} token={token} />}</Loaded>
      )}
    </>
  );
}

function OfferCard({ offer, token }: { offer: Offer; token: string }) {
  const { t, lang } = useTranslation("account");
  const role = useTranslation("app").t;
  const session = useSession();
  const body = (lang === "en" && offer.partyNameEn) || offer.partyName;
  return (
    <div className="entry">
      <Card title={t("invitation.from", { party: body })}>
        <KeyValue
          items={[
            { label: t("invitation.role"), value: role(`role.${offer.role}`) },
            { label: t("invitation.for"), value: offer.name },
            { label: t("invitation.until"), value: dateTime(offer.endsAt, lang) },
          ]}
        />
      </Card>
      {offer.status !== "open" ? (
        <Notice tone="wait">{t(`invitation.is.${offer.status}`)}</Notice>
      ) : session ? (
        <AcceptSignedIn token={token} name={session.name} />
      ) : offer.hasAccount ? (
        <Card>
          <div className="stack">
            <p>{t("invitation.hasAccount", { contact: offer.contact })}</p>
            <LinkButton kind="primary" to={paths.signIn(paths.invitation(token))}>
              {t("signIn.submit")}
            </LinkButton>
          </div>
        </Card>
      ) : (
        <AcceptAsNewcomer token={token} name={offer.name} />
      )}
    </div>
  );
}

function AcceptSignedIn({ token, name }: { token: string; name: string }) {
  const { t } = useTranslation("account");
  const navigate = useNavigate();
  const accept = useWrite(
    async (body: { token: string }, key) => {
      await ask(api.POST("/api/v1/invitations/accept", { params: { header: key }, body }));
      await renew(); // the new role shows at once
    },
    { onDone: () => void navigate({ href: paths.chooseRole() }) },
  );
  return (
    <Card>
      <div className="stack">
        <p>{t("invitation.as", { name })}</p>
        <ProblemNotice problem={accept.error} />
        <Button kind="primary" busy={accept.isPending} onClick={() => accept.mutate({ token })}>
          {t("invitation.accept")}
        </Button>
      </div>
    </Card>
  );
}

function AcceptAsNewcomer({ token, name }: { token: string; name: string }) {
  const { t, lang } = useTranslation("account");
  const help = useQuery(signInHelp).data;
  const navigate = useNavigate();
  const [form, setForm] = useState({ ...nobody, name });
  const [tried, setTried] = useState(false);
  const accept = useWrite(
    async (f: typeof form, key) => {
      const { agreed, ...body } = f;
      await ask(
        api.POST("/api/v1/invitations/accept", {
          params: { header: key },
          body: { ...body, token, language: lang, consent: agreed ? help?.privacyNotice : undefined },
        }),
      );
      return enter({ login: f.phone || f.email, password: f.password });
    },
    { onDone: () => void navigate({ href: paths.work() }) },
  );
  const missing = newcomerErrors(form, help?.minPassword ?? 10, t);
  const errors = tried ? missing : {};
  function submit(event: FormEvent) {
    event.preventDefault();
    setTried(true);
    if (!hasErrors(missing)) accept.mutate(form);
  }
  return (
    <Card title={t("invitation.newcomer")}>
      <form className="stack" onSubmit={submit} noValidate>
        {tried && hasErrors(missing) && <ErrorSummary errors={errors} />}
        <ProblemNotice problem={accept.error} />
        <NewcomerFields value={form} onChange={(p) => setForm((old) => ({ ...old, ...p }))} errors={errors} />
        <Button type="submit" kind="primary" block busy={accept.isPending}>
          {t("invitation.accept")}
        </Button>
      </form>
    </Card>
  );
}
