import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, ask, ifMatch } from "@/lib/api";
import { useTranslation } from "@/lib/i18n";
import { paths, withSearch } from "@/lib/paths";
import { useWrite } from "@/lib/query";
import { useSession } from "@/lib/session";
import { ActDialog } from "@/ui/ActDialog";
import { Button, LinkButton } from "@/ui/Button";
import { DataTable } from "@/ui/DataTable";
import { Link } from "@/ui/Link";
import { Card, PageHead } from "@/ui/layout";
import { Status } from "@/ui/Status";
import { Empty, ErrorState, Skeleton } from "@/ui/states";
import { DateTime } from "@/ui/values";
import { FireButtons } from "./FireButtons";
import { type Item, type Mistake, ownQuery, refreshed, type ServiceLine } from "./model";
import { CapacityTag, Freshness } from "./parts";
import "./resources.css";

/** What my body offers: its own words, services, rooms, hours, and what readers report. */
export default function OwnPage() {
  const { t } = useTranslation("resources");
  const mine = useSession()?.membership;
  const own = useQuery(ownQuery(mine?.partyId ?? ""));
  const body = own.data ?? undefined;
  return (
    <>
      <PageHead
        title={t("own.title")}
        sub={t("own.sub")}
        actions={
          body ? (
            <LinkButton small to={paths.organization(body.id)}>
              {t("own.public")}
            </LinkButton>
          ) : undefined
        }
      />
      {own.isPending && <Skeleton lines={6} />}
      {own.isError && <ErrorState fault={own.error} onRetry={() => void own.refetch()} />}
      <div className="stack">
        {own.data === null && <Empty title={t("own.unlisted")}>{t("own.unlistedText")}</Empty>}
        <OpenMistakes />
        {body && (
          <>
            <Card title={t("own.words")} aside={<Link to={paths.workProfile()}>{t("own.edit")}</Link>}>
              <p className="measure clamp">{body.profile.summary || t("own.noWords")}</p>
              <Freshness checked={body.checked} />
            </Card>
            <OwnServices services={body.services} />
          </>
        )}
        <OwnItems />
      </div>
    </>
  );
}

function OwnServices({ services }: { services: ServiceLine[] }) {
  const { t } = useTranslation("resources");
  return (
    <Card
      title={t("organization.services")}
      aside={
        <LinkButton small icon="plus" to={paths.workService("new")}>
          {t("own.addService")}
        </LinkButton>
      }
    >
      <DataTable
        caption={t("organization.services")}
        rows={services}
        rowKey={(s) => s.id}
        empty={<p className="muted">{t("own.noServices")}</p>}
        columns={[
          {
            id: "title",
            head: t("field.title"),
            title: true,
            cell: (s) => <Link to={paths.workService(s.id)}>{s.offer.title}</Link>,
          },
          { id: "state", head: t("field.state"), cell: (s) => <Status machine="service" state={s.state} /> },
          { id: "capacity", head: t("service.capacity"), cell: (s) => <CapacityTag offer={s.offer} /> },
          { id: "checked", head: t("check.head"), cell: (s) => <Freshness checked={s.checked} /> },
          {
            id: "act",
            head: "",
            shrink: true,
            cell: (s) => <FireButtons kind="services" id={s.id} version={s.version} actions={s.actions} />,
          },
        ]}
      />
    </Card>
  );
}

function OwnItems() {
  const { t } = useTranslation("resources");
  const query = useQuery({
    queryKey: ["resources", "mine"],
    queryFn: async () =>
      (await ask(api.GET("/api/v1/resources", { params: { query: { mine: true, limit: 100 } } }))).items,
  });
  const rows: Item[] = query.data ?? [];
  return (
    <Card
      title={t("organization.items")}
      aside={
        <span className="row tight">
          <LinkButton small icon="plus" to={withSearch(paths.workItem("new"), { kind: "venue" })}>
            {t("own.addVenue")}
          </LinkButton>
          <LinkButton small icon="plus" to={withSearch(paths.workItem("new"), { kind: "volunteer" })}>
            {t("own.addHours")}
          </LinkButton>
        </span>
      }
    >
      <DataTable
        caption={t("organization.items")}
        rows={rows}
        rowKey={(i) => i.id}
        empty={<p className="muted">{t("own.noItems")}</p>}
        columns={[
          {
            id: "title",
            head: t("field.title"),
            title: true,
            cell: (i) => <Link to={paths.workItem(i.id)}>{i.facts.title}</Link>,
          },
          { id: "kind", head: t("field.kind"), cell: (i) => t(`itemKind.${i.kind}`) },
          { id: "state", head: t("field.state"), cell: (i) => <Status machine="resource" state={i.state} /> },
          { id: "checked", head: t("check.head"), cell: (i) => <Freshness checked={i.checked} /> },
          {
            id: "act",
            head: "",
            shrink: true,
            cell: (i) => <FireButtons kind="resources" id={i.id} version={i.version} actions={i.actions} />,
          },
        ]}
      />
    </Card>
  );
}

function OpenMistakes() {
  const { t } = useTranslation("resources");
  const [chosen, choose] = useState<{ m: Mistake; verb: "mend" | "dismiss" }>();
  const query = useQuery({
    queryKey: ["mistakes"],
    queryFn: async () =>
      (await ask(api.GET("/api/v1/resource-mistakes", { params: { query: { state: "open" } } }))).items,
  });
  const answer = useWrite(
    (input: { id: string; version: number; verb: "mend" | "dismiss"; reason: string }, key) => {
      const request = {
        params: { path: { id: input.id }, header: { ...ifMatch(input.version), ...key } },
        body: { reason: input.reason },
      };
      return ask(
        input.verb === "mend"
          ? api.POST("/api/v1/resource-mistakes/{id}/mend", request)
          : api.POST("/api/v1/resource-mistakes/{id}/dismiss", request),
      );
    },
    { refresh: refreshed, onDone: () => choose(undefined) },
  );
  const rows = query.data ?? [];
  if (rows.length === 0) return null;
  return (
    <Card next title={t("mistake.open", { count: rows.length })}>
      <ul className="needlist">
        {rows.map((m) => (
          <li key={m.id}>
            <span>{m.text}</span>
            <span className="small muted">
              {t(`mistake.about.${m.kind}`)} · <DateTime at={m.at} />
            </span>
            <span className="row tight">
              <Button small kind="primary" onClick={() => choose({ m, verb: "mend" })}>
                {t("mistake.mend")}
              </Button>
              <Button small onClick={() => choose({ m, verb: "dismiss" })}>
                {t("mistake.dismiss")}
              </Button>
            </span>
          </li>
        ))}
      </ul>
      {chosen && (
        <ActDialog
          title={t(`mistake.${chosen.verb}`)}
          text={chosen.m.text}
          verb={t("mistake.answer")}
          ask={{ label: t(`mistake.${chosen.verb}Label`) }}
          write={answer}
          onClose={() => choose(undefined)}
          onSubmit={(reason) =>
            answer.mutate({ id: chosen.m.id, version: chosen.m.version, verb: chosen.verb, reason })
          }
        />
      )}
    </Card>
  );
}
