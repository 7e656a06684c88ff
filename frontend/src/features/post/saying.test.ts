import { describe, expect, it } from "vitest";
import { blank, firstOpen, ready, type Saying, stepNames, stepsOf, toBody } from "./saying";

const said: Saying = { ...blank, placeId: "p", category: "elderly.visit", words: "  楼道灯坏了 " };
const plain = {
  code: "c",
  zh: "",
  en: "",
  kind: "service",
  emergency: false,
  sensitive: false,
  call: [] as string[],
};

describe("the screens of a voice", () => {
  it("shows guidance only where there is somebody to call", () => {
    expect(stepsOf({ ...plain } as never)).not.toContain("guidance");
    expect(stepsOf({ ...plain, call: ["119"] } as never)).toContain("guidance");
  });

  it("goes on only when the question is answered", () => {
    expect(ready("place", blank)).toBe(false);
    expect(ready("words", { ...said, words: " 短 " })).toBe(false);
    expect(ready("words", said)).toBe(true);
    expect(ready("home", { ...said, building: "3栋" })).toBe(false);
    expect(ready("home", said)).toBe(true);
  });

  it("lands on the first open question", () => {
    expect(firstOpen([...stepNames], "preview", blank)).toBe("place");
    expect(firstOpen([...stepNames], "preview", said)).toBe("preview");
    expect(firstOpen([...stepNames], "preview", { ...said, words: "" })).toBe("words");
  });

  it("sends trimmed words and leaves out what was not said", () => {
    const body = toBody({ ...said, affected: "12" }, "楼道灯坏了", undefined);
    expect(body).toMatchObject({ words: "楼道灯坏了", public: "楼道灯坏了", affected: 12 });
    expect(body.where).toBeUndefined();
    expect(body.building).toBeUndefined();
  });
});
