import assert from "node:assert/strict";
import { isNearTwin } from "../../../lib/graph/audit/near_twin.ts";

const yes: [string, string][] = [
  ["Stable Difusion", "Stable Diffusion"],
  ["stable diffsuion", "Stable Diffusion"],
  ["Whispers", "Whisper"],
  ["Stable Video Diffusion Model", "Stable Video Diffusion"],
  ["Wikipeda", "Wikipedia"],
];

const no: [string, string][] = [
  ["Command R", "Command R+"],
  ["Command", "Command R"],
  ["GPT-3", "GPT-4"],
  ["GPT-3", "GPT-3.5"],
  ["LLaMA", "LLaVA"],
  ["Mixtral", "Mistral"],
  ["InternVL", "InternLM"],
  ["BERT", "BART"],
  ["mBERT", "BERT"],
  ["CodeT5", "CodeT5+"],
  ["GPT-J", "GPT-K"],
  ["ChatGPT", "ChatGPT API"],
  ["GPT-3 dataset", "GPT-3"],
  ["StarCoder", "StarCoderB"],
  ["Llama 2", "LLaMA 2"],
  ["Llama2", "Llama 2"],
  ["same", "same"],
  ["", ""],
  ["", "model"],
  ["Stable Difusion", "stable diffusio"],
];

Deno.test("isNearTwin() tells a slip of the pen from another name", () => {
  for (const [a, b] of yes) assert.ok(isNearTwin(a, b) && isNearTwin(b, a), `${a} / ${b}`);
  for (const [a, b] of no) assert.ok(!isNearTwin(a, b) && !isNearTwin(b, a), `${a} / ${b}`);
});
