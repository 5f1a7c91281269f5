import * as vscode from 'vscode';
import type { ExtensionParts } from '../extensionParts';
import { turnBack } from '../inputs/inputs';
import { planQuestion, planText, planTitle, type PlanParts } from './planText';

/** Buttons that agree to a plan, and what each stands for. */
export interface Agreement<T extends string> {
  /** Set where trust is asked for as well: then Enter, which presses the first button, runs nothing. */
  readonly message?: string;
  readonly buttons: Readonly<Record<T, string>>;
}

/**
 * Puts a plan to the person: first a modal with the facts; on *Show plan* the whole plan opens and the same question
 * stands beside it, where it hides nothing.
 * @throws ProductError `general/cancelled` for everything but one of the buttons
 */
export async function confirmPlan<T extends string>(parts: ExtensionParts, plan: PlanParts, agreement: Agreement<T>): Promise<T> {
  const { text, locale } = parts;
  const question = planQuestion(text, locale, plan);
  const message = agreement.message ?? question.message;
  const detail = agreement.message === undefined ? question.detail : `${question.message}\n\n${question.detail}`;
  const buttons = Object.entries<string>(agreement.buttons) as [T, string][];
  const labels = buttons.map(([, label]) => label);
  const choices = agreement.message === undefined ? [...labels, text('showPlanButton')] : [text('showPlanButton'), ...labels];
  const first = await vscode.window.showWarningMessage(message, { modal: true, detail }, ...choices);
  if (first !== text('showPlanButton')) return meaning(buttons, first);
  const close = await parts.plans.show(planTitle(text, locale, plan), planText(text, locale, plan));
  try {
    return meaning(buttons, await vscode.window.showWarningMessage(question.message, ...labels));
  } finally {
    await close();
  }
}

function meaning<T extends string>(buttons: readonly (readonly [T, string])[], answer: string | undefined): T {
  return buttons.find(([, label]) => label === answer)?.[0] ?? turnBack();
}
