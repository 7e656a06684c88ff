import type { Cast } from "./cast";

/** A photo as small as one can be: a red square. */
const photo = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAABAAAAAQCAIAAACQkWg2AAAAFklEQVR42mM44GBAEmIY1TCqYfhqAAAuXjAQHamgWgAAAABJRU5ErkJggg==",
  "base64",
);

const telephone = "13812345678";
const words = `背街晚上黑得很，路灯坏了一个多月，孩子下晚自习不安全，电瓶车也丢了两次，想请人夜里巡逻。请联系我 ${telephone}。`;

/** A resident says it on his phone: photo, likely duplicates, what everybody will read. */
export async function voice(cast: Cast): Promise<void> {
  await startWithoutAnAccount(cast);
  await gatherTheOlderVoice(cast);
  const me = await cast.as("resident.zhiqiang", true);
  await me.goto("/");
  await me.page.getByRole("link", { name: "说说需求" }).first().click();
  await me.reads("是哪个社区的事？");
  await me.press("继续");
  await me.fill("查找类别", "巡逻");
  await me.press("搜索");
  await me.press("治安与巡逻", me.page.getByRole("region", { name: "找到的类别" }));
  await me.reads("也可以直接打电话");
  await me.press("继续写下来");
  await me.fill("内容", words);
  await me.upload("照片", { name: "背街.png", mimeType: "image/png", buffer: photo });
  await me.press("继续");
  await me.reads("是不是同一件事？");
  await me.reads("背街路灯不亮");
  await me.press("不一样，我的另说");
  await me.answer("有多急？", "几周内");
  await me.fill("具体地点", "青龙街背街 12 号旁");
  await me.fill("影响到谁", "晚归的居民和下晚自习的孩子");
  await me.fill("大约多少人", "200");
  await me.press("继续");
  await me.fill("楼栋", "3栋");
  await me.fill("单元和房号", "1单元201");
  await me.press("继续");
  await me.reads("大家会看到这些");
  await me.reads("已自动遮住 1 处个人信息。原文只有您和社区看得到。");
  const shown = await me.page.locator("blockquote").innerText();
  if (shown.includes(telephone)) throw new Error("the preview shows the telephone number");
  await me.press("提交需求");
  await me.reads("已提交");
  cast.trail.voice = (await me.page.locator(".receiptcode").innerText()).trim();
  await me.follow("查看这条诉求");
  await me.reads(words);
}

/** The community gathers what waited since yesterday, so that there is something to look alike. */
async function gatherTheOlderVoice(cast: Cast): Promise<void> {
  const worker = await cast.as("community.zhiqiang");
  await worker.menu("诉求收件箱");
  await worker.row("背街的路灯坏了一个多月").click();
  await worker.press("归成新需求");
  await worker.fill("标题", "背街路灯不亮");
  await worker.confirm("归成需求");
  await worker.heading("背街路灯不亮");
}

/** Nobody needs an account to begin; without one the community is found by its name. */
async function startWithoutAnAccount(cast: Cast): Promise<void> {
  const anyone = await cast.as("");
  await anyone.goto("/say");
  await anyone.pick("社区", "致强", "致强社区");
  await anyone.press("继续");
  await anyone.reads("是哪方面的事？");
}
