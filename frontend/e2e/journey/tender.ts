import type { Cast } from "./cast";
import type { Person } from "./person";
import { budgetYuan, projectName } from "./project";

const officers = ["buyer.qinglong.2", "buyer.qinglong.approver"];
const thirtyDays = 31;

export const passphrase = (login: string): string => `a long passphrase of ${login}`;

/** The purchase is announced, written by one, checked by a second, published by a third. */
export async function tender(cast: Cast): Promise<void> {
  const writer = await cast.as("buyer.qinglong");
  await writer.menu("采购");
  await writer.follow("公开采购意向");
  await writer.choose("项目", projectName);
  await writer.fill("需求概况", "为致强社区背街提供夜间巡逻和防盗宣传。");
  await writer.fill("预计采购月份", "2026-11");
  await writer.press("公开意向");
  await writer.heading(projectName);
  cast.trail.tender = writer.page.url().split("/").pop() ?? "";
  await writer.press("开始编制文件");
  await writer.heading("编制采购文件");
  await write(writer);
  await writer.press("送审");
  await writer.reads("编制人写完后送审，由另一人审查。");
  for (const login of officers) await enrol(await cast.as(login), login);
  const checker = await cast.as("buyer.qinglong.2");
  await checker.todo(projectName, "审查文件");
  await checker.press("审查文件");
  await checker.answer("结论", "通过");
  await checker.confirm("通过");
  await cast.pass(thirtyDays);
  const head = await cast.as("buyer.qinglong.approver");
  await head.todo(projectName, "发布采购文件");
  await head.press("发布采购文件");
  await head.tick("韩冰");
  await head.tick("秦岚");
  await head.confirm("发布");
  await head.reads("供应商正在响应。");
}

async function write(writer: Person): Promise<void> {
  await writer.fill("采购项目名称", projectName);
  await writer.fill("响应截止", "2026-11-16T10:00");
  await writer.fill("联系", "社区发展办公室");
  await writer.tab("采购文件");
  await writer.fill("采购需求", "每周五次夜间巡逻，每次两小时，两人一组；每月一次防盗宣传。");
  await writer.fill("合同主要条款", "验收合格后 30 日内付款。");
  await writer.fill("需求是怎样征求的", "居民议事会议决，并入户询问服务对象。");
  await writer.fill("服务期限", "2");
  await writer.answer("中小企业预留", "不预留");
  await writer.fill("不预留的理由", "按政策向社会组织购买（成财采〔2026〕示范 2 号）");
  await writer.fill("小微企业价格扣除（%）", "10");
  await writer.tick("已逐条核对负面清单");
  await writer.tab("内容与评分");
  await lot(writer);
  await writer.press("保存");
  await writer.reads("没有发现问题，可以送审。");
  await writer.press("保存并返回");
  await writer.heading(projectName);
}

async function lot(writer: Person): Promise<void> {
  await writer.fill("内容", "致强社区背街及周边院落的夜间巡逻。");
  await writer.fill("最高限价", budgetYuan);
  const conditions = (title: string) =>
    writer.page
      .locator("section")
      .filter({ has: writer.page.getByRole("heading", { name: title, exact: true }) })
      .last();
  await writer.press("增加一条", conditions("资格条件"));
  await writer.fill("第 1 条", "依法登记，具备独立承担民事责任的能力", conditions("资格条件"));
  await writer.press("增加一条", conditions("实质性要求"));
  await writer.fill("第 1 条", "响应全部服务内容和服务期限", conditions("实质性要求"));
  await writer.fill("价格分值", "20");
  await criterion(writer, 1, "同类服务经验", "10", true, [
    ["两项及以上", "10", "10"],
    ["没有", "0", "0"],
  ]);
  await criterion(writer, 2, "服务方案与团队", "70", false, [
    ["具体可行，人员到位", "40.01", "70"],
    ["基本可行", "0", "40"],
  ]);
  await writer.reads("合计 100.00 分，正好 100 分");
}

type Grade = [text: string, from: string, to: string];

async function criterion(
  writer: Person,
  no: number,
  title: string,
  max: string,
  objective: boolean,
  grades: Grade[],
): Promise<void> {
  await writer.press("增加评分项");
  const box = writer.page.getByRole("group", { name: `评分项 ${no}` });
  await writer.fill(`评分项 ${no}`, title, box);
  await writer.fill("满分", max, box);
  if (objective) await writer.tick("客观项", box);
  for (const [i, [text, from, to]] of grades.entries()) {
    await writer.fill(`第 ${i + 1} 档`, text, box);
    await box.getByLabel("从", { exact: true }).nth(i).fill(from);
    if (!objective) await box.getByLabel("到", { exact: true }).nth(i).fill(to);
  }
}

/** An officer makes his opening key; the passphrase never leaves his browser. */
async function enrol(officer: Person, login: string): Promise<void> {
  await officer.menu("开启密钥");
  await officer.fill("开启口令", passphrase(login));
  await officer.fill("再输一次", passphrase(login));
  await officer.tick("我已把口令记在安全的地方");
  await officer.press("生成并登记");
  await officer.reads("密钥已登记。请妥善保管口令。");
}
