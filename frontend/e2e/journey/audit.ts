import { winner } from "./bids";
import type { Cast } from "./cast";

/** Anybody reads the whole thread to the last fen; the auditor finds every step and checks the chain. */
export async function audit(cast: Cast): Promise<void> {
  const anyone = await cast.as("");
  await anyone.goto("/needs");
  await anyone.fill("搜索需求", cast.trail.title);
  await anyone.press("搜索");
  await anyone.goto(`/needs/${cast.trail.need}`);
  await anyone.heading(cast.trail.title);
  for (const text of [
    /56,000\.00/,
    /560\.00/,
    winner.name,
    "邻居说",
    "议事会定",
    "公开采购",
    "评审与成交",
    "邻居验收",
    "付款与反哺",
  ])
    await anyone.reads(text);
  const auditor = await cast.as("auditor");
  await auditor.menu("留痕");
  await auditor.fill("编号", cast.trail.payment);
  await auditor.press("查找");
  await auditor.row("确认已支付").click();
  await auditor.reads("打开对象");
  await auditor.page.keyboard.press("Escape");
  await auditor.press("现在核验");
  await auditor.reads("全部一致，没有被改动、增删。");
}
