import type { ServerResponse } from 'node:http';
import type { Clock } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import { sendAnswer, toAnswer } from '../rest-json.ts';
import { type FaultPlan, noFaults } from './fault-plan.ts';
import { type FaultRequest, FaultScript } from './fault-script.ts';
import { HeldRequests } from './held-requests.ts';
import { strike } from './strike.ts';

/** A request to be answered, or to be struck. */
export interface FaultCall extends FaultRequest {
  readonly requestId: string;
  readonly response: ServerResponse;
}

/** What is in force. */
export interface FaultStatus {
  readonly plan: FaultPlan;
  /** How often each rule has struck, in the plan's order. */
  readonly struck: readonly number[];
  /** Requests held back right now: delayed, hanging, or half answered. */
  readonly held: number;
}

/**
 * Local AppFlow's misbehaviour, and only that: what stands between its operations and the wire once faults are enabled. There is
 * no plan at first.
 */
export class Faults {
  readonly #clock: Clock;
  readonly #log: Log;
  #script: FaultScript;
  #held = new HeldRequests();

  constructor({ clock, log }: { readonly clock: Clock; readonly log: Log }) {
    this.#clock = clock;
    this.#log = log;
    this.#script = new FaultScript(noFaults, clock);
  }

  /** Puts a plan in force, counts and chances from the start, and lets go of what the one before holds back. */
  replace(plan: FaultPlan): void {
    this.#held.release();
    this.#held = new HeldRequests();
    this.#script = new FaultScript(plan, this.#clock);
    this.#log.debug({ rules: plan.rules.length }, 'faults on demand: another plan is in force');
  }

  /** Behaves from now on, and lets go of everything held back. */
  lift(): void {
    this.replace(noFaults);
  }

  status(): FaultStatus {
    return { plan: this.#script.plan, struck: this.#script.struck, held: this.#held.count };
  }

  /**
   * Answers a request by carrying out its operation, or as the plan says. A delay is AppFlow being slow: the operation is carried
   * out at its end even if the caller has gone. Rejects when the operation refuses.
   */
  async answer(call: FaultCall, carryOut: () => Promise<object>): Promise<void> {
    const { operation, requestId, response } = call;
    const { delayMs, fault } = this.#script.decide(call);
    if (delayMs > 0 || fault) {
      this.#log.info({ requestId, operation, delayMs, fault: fault?.fault }, 'local AppFlow misbehaves on demand');
    }
    const [clock, held, script] = [this.#clock, this.#held, this.#script];
    if (delayMs > 0) await held.hold(letGo => clock.setTimer(delayMs, letGo));
    const operate = async () => {
      const output = await carryOut();
      script.noteAnswer(call, output);
      return output;
    };
    if (fault) await strike(fault, { requestId, response, operate, held, clock });
    else sendAnswer(response, toAnswer(await operate(), requestId));
  }
}
