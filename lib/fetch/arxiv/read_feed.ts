import { DOMParser, type Element } from "@xmldom/xmldom";
import type { Issues } from "../../core/issues.ts";
import { arxivId, isArxivCategory } from "../../source/arxiv.ts";

const atom = "http://www.w3.org/2005/Atom";
const ownSchema = "http://arxiv.org/schemas/atom";

/** Longest text of a category that an issue quotes. */
const quoted = 60;

/** Where arXiv files a paper: its categories, the primary one first. */
export interface Filing {
  primary: string;
  categories: string[];
}

/** An answer of arXiv's API. */
export interface Feed {
  /** Papers by canonical identifier. */
  papers: Map<string, Filing>;
  /** What it says instead where an identifier is malformed to it, null where it answers. */
  refusal: string | null;
}

/**
 * Reads an answer of arXiv's API, an Atom feed. Only identifiers and categories are looked at; what is not as it should be in an entry is
 * counted and the entry left out.
 *
 * @throws {SyntaxError} when the text is no well-formed XML, has a document type, or is no feed
 */
export function readFeed(xml: string, issues: Issues): Feed {
  const papers = new Map<string, Filing>();
  let refusal: string | null = null;
  for (const entry of childrenOf(feedOf(xml), { namespace: atom, name: "entry" })) {
    const address = textOf(entry, "id");
    if (isError(address)) {
      refusal ??= textOf(entry, "summary");
      continue;
    }
    const paper = paperOf(address);
    if (paper === null) {
      issues.add("unknownEntry", "an entry that is no paper; left out", address);
      continue;
    }
    const filing = filingOf(entry, { paper, issues });
    if (filing === null) {
      issues.add("noCategory", "an entry without a category of arXiv; left out", paper);
    } else if (!papers.has(paper)) papers.set(paper, filing);
  }
  return { papers, refusal };
}

/** The feed, its form checked. */
function feedOf(xml: string): Element {
  let document;
  try {
    document = new DOMParser({
      onError(_level, message) {
        throw new SyntaxError(message);
      },
    }).parseFromString(xml, "text/xml");
  } catch (cause) {
    const [reason] = String((cause as Error).message).split("\n");
    throw new SyntaxError(`Cannot read arXiv's answer: it is no XML (${reason})`, { cause });
  }
  if (document.doctype !== null) {
    throw new SyntaxError("Cannot read arXiv's answer: it has a document type, expected a feed");
  }
  const root = document.documentElement!;
  if (root.localName !== "feed" || root.namespaceURI !== atom) {
    throw new SyntaxError(
      `Cannot read arXiv's answer: found the element ${
        JSON.stringify(root.tagName)
      }, expected a feed`,
    );
  }
  return root;
}

/** `http://arxiv.org/api/errors#incorrect_id_format_for_...` stands where the identifier of a paper would. */
function isError(address: string): boolean {
  return URL.parse(address)?.pathname === "/api/errors";
}

/** The paper of an address such as `http://arxiv.org/abs/2305.12345v2`. */
function paperOf(address: string): string | null {
  const url = URL.parse(address);
  const place = "/abs/";
  if (url === null || !/(?:^|\.)arxiv\.org$/.test(url.hostname)) return null;
  return url.pathname.startsWith(place) ? arxivId(url.pathname.slice(place.length)) : null;
}

function filingOf(
  entry: Element,
  { paper, issues }: { paper: string; issues: Issues },
): Filing | null {
  const terms = (namespace: string, name: string) =>
    childrenOf(entry, { namespace, name }).map((element) => element.getAttribute("term") ?? "");
  const found = [...terms(ownSchema, "primary_category"), ...terms(atom, "category")];
  const categories = [...new Set(found.filter(isArxivCategory))];
  const others = found.filter((term) => !isArxivCategory(term));
  for (const term of others) {
    issues.add(
      "otherClass",
      "a class that is no category of arXiv, such as those of ACM and MSC; left out",
      `${term.slice(0, quoted)} of ${paper}`,
    );
  }
  return categories.length === 0 ? null : { primary: categories[0], categories };
}

function childrenOf(
  parent: Element,
  { namespace, name }: { namespace: string; name: string },
): Element[] {
  return [...parent.childNodes].filter((node): node is Element =>
    node.nodeType === node.ELEMENT_NODE && (node as Element).localName === name &&
    (node as Element).namespaceURI === namespace
  );
}

/** The text of a child, white space around it dropped; empty where there is none. */
function textOf(parent: Element, name: string): string {
  return childrenOf(parent, { namespace: atom, name })[0]?.textContent?.trim() ?? "";
}
