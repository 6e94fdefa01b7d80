import { webAddresses } from "../../../core/web_addresses.ts";

/**
 * Ways to report a problem, in the order in which they are looked for: `hub`, a page of the Hugging Face Hub, its discussions as a
 * rule; `github`, an issue tracker, discussion or repository there; `email`; `form`, or a support desk; `community`, a forum,
 * chat or social network; `in-product`; `web`, any other page or a site that is named; `other`, words that name none of these.
 */
export const feedbackChannelNames = [
  "hub",
  "github",
  "email",
  "form",
  "community",
  "in-product",
  "web",
  "other",
] as const;

/** One of {@link feedbackChannelNames}. */
export type FeedbackChannel = typeof feedbackChannelNames[number];

/** What a text about feedback says. */
export interface FeedbackReading {
  /** Channels that it names, in the order of {@link feedbackChannelNames}; at least one. */
  channels: FeedbackChannel[];
  /** Addresses that it holds, as written: `http`, `https`, and mail addresses with an @ after `mailto:`. */
  addresses: string[];
}

/** A link in double brackets cites evidence, unless its label or address says that it is the place itself. */
const citation = /\[\[([^\[\]]{0,300})\]\] ?\(([^()\s]{0,500})\)/g;
const place = /feedback|issue|discussion|contact|support|discord|forum|form\b|repositor/i;
const mail =
  /(?<![\p{L}\p{N}._%+-])[a-z0-9][a-z0-9._%+-]{0,63}@(?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,24}\b/giu;
/** "info at ai21.com": a word that is no participle, then a domain. */
const spelledMail =
  /([a-z0-9._}+-]{1,64}) at (?:[a-z0-9-]{1,63}\.){1,8}(?:com|org|net|edu|gov|io|ai|co|uk|cn|de|fr)\b/gi;
const noMailbox =
  /(?:ed|ing)$|^(?:given|sent|found|left|made|written|us|them|team|page|site|website|form|available|look|is|are)$/i;
const site =
  /\bweb ?(?:site|page)\b|(?<![@\p{L}\p{N}.\/-])(?:[a-z0-9-]{1,63}\.){1,4}(?:com|org|net|io|ai|edu)(?![\p{L}\p{N}-])/iu;
const words: readonly [FeedbackChannel, RegExp][] = [
  ["hub", /\bhugging ?face\b/i],
  ["github", /\bgit ?hub\b/i],
  ["email", /\be-?mail(?:ed|ing|s)?\b/i],
  ["form", /\b(?:forms?|support request|help ?desk)\b/i],
  [
    "community",
    /\b(?:discord|slack|forums?|twitter|instagram|linkedin|reddit|telegram|social (?:channels|media)|mailing list|talk page)\b/i,
  ],
  [
    "in-product",
    /\b(?:in-product|in-app|product interface|inside the app|in the (?:app|chat|product)|thumbs|(?:beside|below|after|foot of) each|press and hold)\b/i,
  ],
];

/**
 * The channels that a free text about feedback names, by these rules in order.
 *
 * 1. A Markdown link in double brackets, `[[Model Card]](https://...)`, is a citation and left out, unless its label or address says
 *    feedback, issue, discussion, contact, support, Discord, forum, form or repository; a file within a repository never is a place.
 * 2. Each web address left is `hub` (huggingface.co, hf.co), `github` (github.com), `form` (a host called support or help, a path
 *    that says contact, form or feedback) or `web`.
 * 3. A mail address is `email`, written with @ or with "at" ("info at ai21.com"); of the second kind no address is made.
 * 4. Outside addresses, words name their channels: Hugging Face, GitHub, email, form, Discord, Twitter, thumbs and the like.
 * 5. Where nothing was found so far, "website" and a bare domain are `web`, and all else is `other`: "Contact the authors."
 *
 * @example
 * ```ts
 * import { feedbackChannel } from "kindred";
 * feedbackChannel("Join us on Discord or write to help@example.org.").channels; // ["email", "community"]
 * ```
 */
export function feedbackChannel(text: string): FeedbackReading {
  const plain = text.replace(
    citation,
    (_, label: string, address: string) =>
      place.test(label) || place.test(address) && !address.includes("/blob/")
        ? ` ${label} ${address} `
        : " ",
  );
  const found = new Set<FeedbackChannel>();
  const addresses = new Set<string>();
  for (const address of webAddresses(plain)) {
    found.add(channelOf(new URL(address)));
    addresses.add(address);
  }
  const said = plain.replace(/https?:\/\/\S+/gi, " ");
  for (const [address] of said.matchAll(mail)) {
    found.add("email");
    addresses.add(`mailto:${address}`);
  }
  for (const [, box] of said.matchAll(spelledMail)) if (!noMailbox.test(box)) found.add("email");
  for (const [channel, pattern] of words) if (pattern.test(said)) found.add(channel);
  if (found.size === 0) found.add(site.test(said) ? "web" : "other");
  return {
    channels: feedbackChannelNames.filter((channel) => found.has(channel)),
    addresses: [...addresses],
  };
}

function channelOf({ hostname, pathname }: URL): FeedbackChannel {
  const within = (domain: string) => hostname === domain || hostname.endsWith(`.${domain}`);
  if (within("huggingface.co") || within("hf.co")) return "hub";
  if (hostname === "github.com" || hostname === "www.github.com") return "github";
  const desk = /^(?:support|help)\./.test(hostname) ||
    /[/_-](?:contact|forms?|feedback)(?:$|[/_.-])/i.test(pathname);
  return desk ? "form" : "web";
}
