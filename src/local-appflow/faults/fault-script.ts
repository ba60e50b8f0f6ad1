import type { Clock } from '../../base/clock.ts';
import type { CheckedInput } from '../constraints.ts';
import type { FaultPlan, FaultRule } from './fault-plan.ts';
import { seededChance } from './seeded-chance.ts';
import { TokenLife } from './token-life.ts';

/** A request as rules see it: signed, and within the operation's constraints. */
export interface FaultRequest {
  readonly operation: string;
  readonly input: CheckedInput;
}

/** A fault that decides what becomes of the answer; latency only delays it. */
export type Fault = Exclude<FaultRule, { readonly fault: 'latency' }>;

/** What is to happen to one request. */
export interface Verdict {
  readonly delayMs: number;
  readonly fault: Fault | undefined;
}

interface ScriptedRule {
  readonly rule: FaultRule;
  readonly index: number;
  readonly tokens: TokenLife | undefined;
  matched: number;
  struck: number;
}

/** A plan in force: it decides what happens to each request, in the order they come, and counts. */
export class FaultScript {
  readonly plan: FaultPlan;
  readonly #rules: readonly ScriptedRule[];

  constructor(plan: FaultPlan, clock: Clock) {
    this.plan = plan;
    this.#rules = plan.rules.map((rule, index) => ({
      rule,
      index,
      tokens: rule.fault === 'expired-token' ? new TokenLife({ ...rule, clock }) : undefined,
      matched: 0,
      struck: 0,
    }));
  }

  /** How often each rule has struck. */
  get struck(): readonly number[] {
    return this.#rules.map(({ struck }) => struck);
  }

  /** Asks the rules one after the other. Delays add up; the first fault of another kind ends it, and later rules are not asked. */
  decide(request: FaultRequest): Verdict {
    let delayMs = 0;
    for (const scripted of this.#rules) {
      if (!this.#strikes(scripted, request)) continue;
      if (scripted.rule.fault !== 'latency') return { delayMs, fault: scripted.rule };
      delayMs += this.#toDelay(scripted, scripted.rule.ms);
    }
    return { delayMs, fault: undefined };
  }

  /** Learns of a page token that is about to be answered. */
  noteAnswer(request: FaultRequest, output: object): void {
    const token = 'nextToken' in output ? output.nextToken : undefined;
    if (typeof token !== 'string') return;
    for (const { rule, tokens } of this.#rules) if (isAbout(rule, request)) tokens?.begin(token);
  }

  #strikes(scripted: ScriptedRule, request: FaultRequest): boolean {
    const { rule, tokens } = scripted;
    if (!isAbout(rule, request) || (tokens && !isExpired(tokens, request))) return false;
    scripted.matched += 1;
    if (scripted.matched <= rule.after || scripted.struck >= (rule.times ?? Number.POSITIVE_INFINITY)) return false;
    // Two draws for each request that matches: one whether, one how long.
    if (this.#draw(scripted, 0) >= rule.rate) return false;
    scripted.struck += 1;
    return true;
  }

  #toDelay(scripted: ScriptedRule, ms: number | readonly [number, number]): number {
    if (typeof ms === 'number') return ms;
    const [least, most] = ms;
    return least + Math.floor(this.#draw(scripted, 1) * (most - least + 1));
  }

  #draw({ index, matched }: ScriptedRule, nth: 0 | 1): number {
    return seededChance(this.plan.seed, index, 2 * matched + nth);
  }
}

function isAbout({ operations, profiles, entities, flows }: FaultRule, { operation, input }: FaultRequest): boolean {
  return (
    includesAny(operations, [operation]) &&
    includesAny(profiles, [input['connectorProfileName'], input['connectorProfileNames']].flat()) &&
    includesAny(entities, [input['connectorEntityName'], input['entitiesPath']]) &&
    includesAny(flows, [input['flowName']])
  );
}

/** A list that is absent is about everything; an empty one is about nothing. */
function includesAny(wanted: readonly string[] | undefined, found: readonly unknown[]): boolean {
  return wanted === undefined || found.some(name => typeof name === 'string' && wanted.includes(name));
}

function isExpired(tokens: TokenLife, { input }: FaultRequest): boolean {
  const { nextToken } = input;
  return typeof nextToken === 'string' && tokens.isOver(nextToken);
}
