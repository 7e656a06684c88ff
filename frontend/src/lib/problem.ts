/** A refusal as the server tells it: RFC 9457 problem+json with our stable codes. */
import { currentLang, lookup } from "./i18n";

export interface FieldProblem {
  /** JSON path of the input: "milestones[1].amountFen". */
  path: string;
  code: string;
  message: string;
}

export interface ProblemBody {
  title?: string;
  status?: number;
  code?: string;
  requestId?: string;
  params?: Record<string, string>;
  fields?: FieldProblem[];
}

export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly requestId: string;
  readonly params: Record<string, string>;
  readonly fields: FieldProblem[];
  private readonly title: string;

  constructor(body: ProblemBody, status: number) {
    super(body.code ?? `http.${status}`);
    this.name = "Problem";
    this.status = body.status ?? status;
    this.code = body.code ?? `http.${status}`;
    this.requestId = body.requestId ?? "";
    this.params = body.params ?? {};
    this.fields = body.fields ?? [];
    this.title = body.title ?? "";
  }

  /** The sentence for a person, in the language in use now (it may have changed since the answer came). */
  get sentence(): string {
    return sentenceOf(this.code, this.params) ?? (this.title || this.code);
  }

  get isDenied(): boolean {
    return this.status === 403 || this.status === 401;
  }
}

/** The title of a fault code, undefined while the words are not loaded or nobody wrote it. */
export function sentenceOf(code: string, params?: Record<string, string>): string | undefined {
  return lookup(currentLang(), "problems", code, params);
}

/** Network failures and bugs get the same shape as refusals, so that one component shows all. */
export function asProblem(fault: unknown): Problem {
  if (fault instanceof Problem) return fault;
  if (fault instanceof DOMException && (fault.name === "TimeoutError" || fault.name === "AbortError")) {
    return new Problem({ code: "client.timeout" }, 0);
  }
  if (fault instanceof TypeError && /fetch|network|load/i.test(fault.message)) {
    return new Problem({ code: "client.offline" }, 0);
  }
  return new Problem({ code: "client.unexpected", title: String(fault) }, 0);
}
