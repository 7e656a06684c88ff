import { type Bidder, bidders, winner } from "./bids";
import type { Cast } from "./cast";
import type { Person } from "./person";
import { projectName } from "./project";

const maker = "buyer.qinglong.2";
/** Out of seventy; the winner's plan is the better one. */
const planPoints = (bidder: Bidder, member: number): string => String((bidder === winner ? 60 : 45) + member);

/** Qualification by the buyer, conformity by the chair, sheets by everyone, each signed. */
export async function scores(cast: Cast): Promise<void> {
  const buyer = await cast.as(maker);
  await buyer.todo(projectName, "资格审查");
  await buyer.press("资格审查");
  await buyer.reads("等评审小组完成符合性审查。");
  const members = (cast.trail.committee ?? "").split(",");
  for (const login of members) if (await conformity(await cast.as(login))) break;
  for (const [i, login] of members.entries()) await score(await cast.as(login), i);
  for (const login of members) await sign(await cast.as(login));
  await finals(cast);
}

/** Only the chair is asked. */
async function conformity(member: Person): Promise<boolean> {
  await member.menu("评审任务");
  await member.page.getByRole("link", { name: projectName }).click();
  await member.reads(/由组长代表评审小组记录|等组长记录符合性审查后开始打分/);
  const verdicts = await member.page.getByRole("radio", { name: "实质响应", exact: true }).all();
  if (verdicts.length === 0) return false;
  for (const yes of verdicts) await yes.check();
  await member.press("提交审查结论，开始打分");
  await member.reads("签署并锁定");
  return true;
}

async function score(member: Person, no: number): Promise<void> {
  await member.todo(projectName, "评审打分");
  for (const bidder of bidders) {
    await member.page.getByRole("tab").filter({ hasText: bidder.name }).click();
    const sheet = member.card(bidder.name);
    await member.answer("同类服务经验（10.00 分）", "两项及以上", sheet);
    await member.fill("服务方案与团队（70.00 分）", planPoints(bidder, no), sheet);
    await member.fill("理由", "方案与社区实际相符", sheet);
    await member.reads("已保存", sheet);
  }
}

/** Signing comes when all have scored: on objective items the members must agree. */
async function sign(member: Person): Promise<void> {
  await member.todo(projectName, "评审打分");
  await member.press("签署并锁定");
  await member.reads("您已签署全部评分表。");
}

/** The last round: every supplier seals one more price. */
async function finals(cast: Cast): Promise<void> {
  const buyer = await cast.as(maker);
  await buyer.todo(projectName, "邀请最后报价");
  await buyer.press("邀请最后报价");
  await buyer.reads("开启报价");
  for (const bidder of bidders) {
    const me = await cast.as(bidder.login);
    await me.todo(projectName);
    await me.fill("项目", "夜间巡逻");
    await me.fill("单位", "项");
    await me.fill("数量", "1");
    await me.fill("单价", bidder.finalYuan);
    await me.press("加密并提交最后报价");
    await me.reads("已提交最后报价");
  }
}
