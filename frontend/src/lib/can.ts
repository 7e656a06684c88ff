/** Joins what the server says about the next actions with the buttons that offer them. */
import { sentenceOf } from "./problem";

/** One row of a detail answer's `actions`. */
export interface ActionState {
  action: string;
  permitted: boolean;
  /** Fault code that tells why not. */
  code?: string;
  params?: Record<string, string>;
}

export interface ActionProps {
  /** False when the state offers no such action at all: the button is then not shown. */
  offered: boolean;
  disabled: boolean;
  /** Why it is disabled, a sentence. */
  reason?: string;
}

/** `<ActionButton {...actionProps(need.actions, "publish")}>`: hidden, enabled, or disabled with the reason. */
export function actionProps(actions: ActionState[] | null | undefined, action: string): ActionProps {
  const found = actions?.find((a) => a.action === action);
  if (!found) return { offered: false, disabled: true };
  if (found.permitted) return { offered: true, disabled: false };
  const code = found.code ?? "access.forbidden";
  return { offered: true, disabled: true, reason: sentenceOf(code, found.params) ?? code };
}
