import { useState } from "react";
import { useTranslation } from "@/lib/i18n";
import { DataTable } from "@/ui/DataTable";
import {
  answerOf,
  bodyOf,
  type Document,
  type Field,
  fieldsOf,
  type Operation,
  type Parameter,
  type Route,
} from "./openapi";

/** One operation, drawn when it is opened: three hundred of them at once are slow on an old phone. */
export function OperationView({ doc, route }: { doc: Document; route: Route }) {
  const [open, setOpen] = useState(false);
  const { method, path, operation } = route;
  return (
    <details
      className="operation"
      id={operation.operationId}
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary>
        <code className={`method ${method}`}>{method.toUpperCase()}</code>
        <code className="path">{path}</code>
        <span className="summary">{operation.summary}</span>
      </summary>
      {open && <Details doc={doc} operation={operation} />}
    </details>
  );
}

/** Who may, what it takes, what it answers, how it refuses. */
function Details({ doc, operation }: { doc: Document; operation: Operation }) {
  const { t } = useTranslation("developers");
  const answer = answerOf(operation);
  const permission = operation["x-permission"] ?? "";
  return (
    <div className="stack">
      {operation.description && <p>{operation.description}</p>}
      <p className="small ink2">
        {permission === "public"
          ? t("open")
          : permission === "signed_in"
            ? t("signedIn")
            : t("permission", { permission })}
      </p>
      <Parameters list={operation.parameters ?? []} doc={doc} />
      <Fields title={t("body")} fields={fieldsOf(doc, bodyOf(operation.requestBody?.content))} />
      {answer && (
        <Fields title={t("answer", { status: answer.status })} fields={fieldsOf(doc, answer.schema)} />
      )}
      <Faults codes={operation["x-faults"] ?? []} />
    </div>
  );
}

function Parameters({ list, doc }: { list: Parameter[]; doc: Document }) {
  const { t } = useTranslation("developers");
  const fields = list.map((p) => {
    const inner = fieldsOf(doc, {
      properties: { [p.name]: p.schema ?? {} },
      required: p.required ? [p.name] : [],
    })[0];
    return {
      name: p.name,
      type: inner?.type ?? "",
      required: p.required ?? false,
      note: [t(`in.${p.in}`), p.description].filter(Boolean).join(" · "),
    };
  });
  return <Fields title={t("parameters")} fields={fields} />;
}

function Fields({ title, fields }: { title: string; fields: Field[] }) {
  const { t } = useTranslation("developers");
  if (fields.length === 0) return null;
  return (
    <div className="stack tight">
      <h3>{title}</h3>
      <DataTable
        caption={title}
        rows={fields}
        rowKey={(f) => f.name}
        columns={[
          { id: "name", head: t("field.name"), title: true, cell: (f) => <code>{f.name}</code> },
          { id: "type", head: t("field.type"), cell: (f) => <code>{f.type}</code> },
          { id: "required", head: t("field.required"), cell: (f) => (f.required ? t("field.yes") : "—") },
          { id: "note", head: t("field.note"), cell: (f) => f.note || "—" },
        ]}
      />
    </div>
  );
}

function Faults({ codes }: { codes: string[] }) {
  const { t } = useTranslation("developers");
  const problem = useTranslation("problems").t;
  if (codes.length === 0) return null;
  return (
    <div className="stack tight">
      <h3>{t("faults")}</h3>
      <dl className="kv">
        {codes.map((code) => (
          <FaultRow key={code} code={code} sentence={problem(code)} />
        ))}
      </dl>
    </div>
  );
}

const FaultRow = ({ code, sentence }: { code: string; sentence: string }) => (
  <>
    <dt className="wide">
      <code>{code}</code>
    </dt>
    <dd>{sentence}</dd>
  </>
);
