import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "@/lib/i18n";
import { paths, withSearch } from "@/lib/paths";
import { LinkButton } from "@/ui/Button";
import { Icon } from "@/ui/icons";
import { Link } from "@/ui/Link";
import { KeyValue } from "@/ui/layout";
import { Loaded } from "@/ui/states";
import { DateTime, ReasonWords, RulesOf } from "@/ui/values";
import { type Inspection, pageOf, recordQuery } from "./model";

/** One record: who did what to which object, and whether record and object still agree. */
export function RecordDetail({ seq }: { seq: number }) {
  const query = useQuery(recordQuery(seq));
  return <Loaded query={query}>{(x) => <Detail inspection={x} />}</Loaded>;
}

function Detail({ inspection: x }: { inspection: Inspection }) {
  const { t } = useTranslation("audit");
  const verb = useTranslation("action").t;
  const role = useTranslation("app").t;
  const r = x.record;
  const page = pageOf(r);
  return (
    <div className="stack">
      <KeyValue
        items={[
          {
            label: t("what"),
            value: (
              <>
                {verb(r.action)} <code className="muted">{r.action}</code>
              </>
            ),
          },
          { label: t("at"), value: <DateTime at={r.at} /> },
          {
            label: t("who"),
            value: [r.actorName || t("nobody"), r.role && role(`role.${r.role}`)].filter(Boolean).join(" · "),
          },
          r.partyName !== "" && { label: t("party"), value: r.partyName },
          { label: t("object"), value: [t(`kind.${r.kind}`), r.code, r.title].filter(Boolean).join(" · ") },
          r.placeName !== undefined && r.placeName !== "" && { label: t("place"), value: r.placeName },
          r.reason !== undefined &&
            r.reason !== "" && { label: t("reason"), value: <ReasonWords reason={r.reason} /> },
          r.ruleVersion !== undefined &&
            r.ruleVersion !== "" && {
              label: t("rules"),
              value: (
                <RulesOf at={r.at} version={r.ruleVersion}>
                  {t("rulesOn")}
                </RulesOf>
              ),
            },
        ]}
      />
      <div className="row tight no-print">
        {page && (
          <LinkButton small to={page}>
            {t("open")}
          </LinkButton>
        )}
        <LinkButton small kind="quiet" to={withSearch(paths.workAudit(), { kind: r.kind, id: r.objectId })}>
          {t("same")}
        </LinkButton>
        {x.latest !== r.seq && x.latest > 0 && (
          <Link to={paths.workAuditRecord(String(x.latest))} className="small">
            {t("latest", { seq: x.latest })}
          </Link>
        )}
      </div>
      <ul className="auditchecks">
        <Check ok={x.hashOk} text={t("check.hash")} />
        <Check ok={x.linkOk} text={t("check.link")} />
        {x.after !== "" && <Check ok={x.stateOk} text={t(x.stateGone ? "check.gone" : "check.state")} />}
      </ul>
      <details className="small">
        <summary>{t("text")}</summary>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long record scrolls in its box */}
        <section aria-label={t("text")} tabIndex={0} className="leafbox">
          <pre className="leaf">{pretty(x.text)}</pre>
        </section>
        <p className="tiny muted">
          SHA-256(0x00 ‖ {t("textShort")}) = <code className="hash">{r.hash}</code>
        </p>
      </details>
    </div>
  );
}

function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text; // shown as stored: the check above says that it does not read
  }
}

function Check({ ok, text }: { ok: boolean; text: string }) {
  const { t } = useTranslation("audit");
  return (
    <li className={ok ? "ok" : "bad"}>
      <Icon name={ok ? "check" : "alert"} /> {text} <b>{t(ok ? "check.yes" : "check.no")}</b>
    </li>
  );
}
