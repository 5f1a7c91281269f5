import { collectProblems, shiftProblem, type Problem, type ProblemCollector, type ProblemSeverity } from '../problem';
import type { XmlElement } from './tree';

/**
 * Reports the problems of an element and all inside of it, found by `check` unless they are known. An element that is the
 * same object as before has not changed (see `reparseXml`), wherever it has moved to.
 */
export type KeptProblems<C extends string> = (element: XmlElement, reporter: ProblemCollector<C>, check: (reporter: ProblemCollector<C>) => void) => void;

/** Keeps the problems of elements for as long as the elements live. What `check` looks at must lie inside of its element. */
export function keepProblems<C extends string>(severities: Readonly<Record<C, ProblemSeverity>>): KeptProblems<C> {
  // Places count from the start of the element.
  const kept = new WeakMap<XmlElement, readonly Problem<C>[]>();
  return (element, reporter, check) => {
    let problems = kept.get(element);
    if (!problems) {
      const own = collectProblems(severities);
      check(own);
      problems = own.problems.map((problem) => shiftProblem(problem, -element.start));
      kept.set(element, problems);
    }
    for (const problem of problems) reporter.add(shiftProblem(problem, element.start));
  };
}
