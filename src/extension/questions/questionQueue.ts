/** Puts questions to a person one at a time, in the order they came. */
export interface QuestionQueue {
  /** Asks when all earlier questions are answered, unless the question is no longer of interest by then. */
  ask<T>(question: () => Promise<T>, isStale: () => boolean, stale: T): Promise<T>;
}

export function createQuestionQueue(): QuestionQueue {
  let last: Promise<unknown> = Promise.resolve();
  return {
    ask: <T>(question: () => Promise<T>, isStale: () => boolean, stale: T) => {
      const answer = last.then(() => (isStale() ? stale : question()));
      // A question that failed does not hold up the next one.
      last = answer.catch(() => undefined);
      return answer;
    },
  };
}
