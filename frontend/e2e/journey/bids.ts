import type { Cast } from "./cast";
import type { Person } from "./person";
import { projectName } from "./project";

export interface Bidder {
  login: string;
  name: string;
  uscc: string;
  person: string;
  size: string;
  firstYuan: string;
  finalYuan: string;
}

export const bidders: Bidder[] = [
  {
    login: "supplier.11",
    name: "平安里社区调解中心",
    uscc: "52510108MJQ9001283",
    person: "平和",
    size: "非企业单位",
    firstYuan: "58000",
    finalYuan: "56000",
  },
  {
    login: "supplier.7",
    name: "同心社会工作服务中心",
    uscc: "52510107MJQ900080C",
    person: "同舟",
    size: "非企业单位",
    firstYuan: "57000",
    finalYuan: "55000",
  },
  {
    login: "supplier.12",
    name: "智巷数字科技有限公司",
    uscc: "91510106MA6C90139N",
    person: "慧明",
    size: "小型企业",
    firstYuan: "59000",
    finalYuan: "58000",
  },
];

export const winner = bidders[0] as Bidder;

/** Each supplier writes three papers, seals them in his own browser, and keeps the receipt. */
export async function bids(cast: Cast): Promise<void> {
  for (const bidder of bidders) {
    const me = await cast.as(bidder.login);
    await me.menu("我的响应");
    await me.follow(projectName);
    await me.heading(projectName);
    await write(me, bidder);
    await me.tick("内容已核对，同意提交");
    await me.press("加密并提交");
    await me.reads("我方响应已密封保存。");
    await me.reads("与本机一致");
  }
}

async function write(me: Person, bidder: Bidder): Promise<void> {
  await me.fill("供应商名称", bidder.name);
  await me.fill("统一社会信用代码", bidder.uscc);
  await me.fill("法定代表人", bidder.person);
  await me.choose("单位规模", bidder.size);
  await me.fill("依法登记，具备独立承担民事责任的能力", "登记证书见附件。");
  const declarations = me.page.getByRole("group", { name: "承诺声明" }).getByRole("checkbox");
  for (const box of await declarations.all()) await box.check();
  await me.tab("技术商务文件");
  await me.fill("总体方案", `${bidder.name}每周五次巡逻，每次两人两小时，按周公布记录。`);
  await me.fill("响应全部服务内容和服务期限", "全部响应。");
  await me.upload("附件", {
    name: "方案.txt",
    mimeType: "text/plain",
    buffer: Buffer.from("巡逻路线与人员安排"),
  });
  await me.tab("报价");
  await me.fill("项目", "夜间巡逻");
  await me.fill("单位", "项");
  await me.fill("数量", "1");
  await me.fill("单价", bidder.firstYuan);
}
