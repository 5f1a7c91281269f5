import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Whether an element is narrower than a width, in CSS pixels; it is drawn anew when that changes. */
export class Narrow implements ReactiveController {
  private resizes: ResizeObserver | undefined;
  private narrow = false;

  constructor(private readonly host: ReactiveControllerHost & Element, private readonly width: number) {
    host.addController(this);
  }

  /** False until the element has been measured. */
  get is(): boolean {
    return this.narrow;
  }

  hostConnected(): void {
    this.resizes = new ResizeObserver(() => {
      const narrow = this.host.clientWidth < this.width;
      if (narrow === this.narrow) return;
      this.narrow = narrow;
      this.host.requestUpdate();
    });
    this.resizes.observe(this.host);
  }

  hostDisconnected(): void {
    this.resizes?.disconnect();
  }
}
