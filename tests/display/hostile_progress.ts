/** Shows two bars for two seconds whose texts are those of a hostile server. */
import { progress } from "../../lib/display/progress.ts";

const hostile = "\x1b]0;pwn\x07\u009b2J\u202e<script>";
const bars = [progress(hostile, { total: 10 }), progress("Fetching")];
const ticks = setInterval(() => {
  bars[0].update(5);
  bars[1].say(hostile);
}, 50);
setTimeout(() => {
  clearInterval(ticks);
  bars.forEach((bar) => bar.end());
}, 2000);
