/** Choose by typing from a long list. The widget is react-aria's and comes in its own chunk. */
import { lazy, Suspense } from "react";
import type { ComboProps } from "./ComboBoxInner";
import { Field } from "./fields";

const Inner = lazy(() => import("./ComboBoxInner"));

export type { ComboOption, ComboProps } from "./ComboBoxInner";

/**
 * Two ways: `options` given, filtered here; or `onSearch`, and the page passes what the server
 * found as `options`.
 */
export function ComboBox(props: ComboProps) {
  const waiting = (
    <Field label={props.label} help={props.help} optional={props.optional}>
      {(wiring) => <input {...wiring} className="input" disabled value={props.text ?? ""} />}
    </Field>
  );
  return (
    <Suspense fallback={waiting}>
      <Inner {...props} />
    </Suspense>
  );
}
