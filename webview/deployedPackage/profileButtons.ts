import { html, nothing, type TemplateResult } from 'lit';
import { detailsText } from '../../src/core/text/detailsText';
import { createText, type Locale } from '../../src/core/text/messages';
import type { DeployedPackageView } from '../../src/protocol/page/deployedPackage';
import { button } from '../components/button';
import { icon } from '../components/icon';

type DeployedView = Extract<DeployedPackageView, { kind: 'deployed' }>;

export interface ProfileActions {
  /** Without a package the person is asked for the version. */
  readonly upgrade: (packageId: string | undefined) => void;
  readonly rollBack: () => void;
}

/** The deploy profiles of a deployed package: what it can be upgraded to, and what it goes back to. */
export function profileButtons({ profiles, lock }: DeployedView, locale: Locale, { upgrade, rollBack }: ProfileActions): TemplateResult | typeof nothing {
  if (profiles === undefined) return nothing;
  const words = createText(locale, detailsText);
  const [highest, ...others] = profiles.upgrades;
  const before = 'impossible' in profiles.rollBack ? undefined : profiles.rollBack;
  const isLocked = lock !== undefined;
  return html`${button(highest === undefined ? words('upgradeProfileNone') : words('upgradeProfile', { version: highest.version }), () => upgrade(highest?.packageId), {
      kind: highest === undefined ? 'secondary' : 'primary', icon: 'arrow-circle-up', id: 'upgrade', disabled: isLocked || highest === undefined, ...(highest === undefined && { describedBy: 'no-upgrade' }),
    })}
    ${others.length === 0 ? nothing : button(words('otherVersion'), () => upgrade(undefined), { id: 'upgrade-other', disabled: isLocked, describedBy: 'upgrade' })}
    ${button(before === undefined ? words('rollBackProfileNone') : words('rollBackProfile', { version: before.version }), rollBack, {
      icon: 'discard', id: 'roll-back', disabled: isLocked || before === undefined, ...(before === undefined && { describedBy: 'no-roll-back' }),
    })}`;
}

/** Why a profile is not possible, in words beside the buttons. */
export function profileReasons({ profiles, deployed: { package: { name, version } } }: DeployedView, locale: Locale): TemplateResult | typeof nothing {
  if (profiles === undefined) return nothing;
  const words = createText(locale, detailsText);
  const reason = (id: string, sentence: string): TemplateResult => html`<p class="lock-words" id=${id}>${icon('info')}<span>${sentence}</span></p>`;
  const { upgrades, rollBack } = profiles;
  return html`${upgrades.length > 0 ? nothing : reason('no-upgrade', words('noUpgrade', { package: name, version }))}
    ${!('impossible' in rollBack) ? nothing
      : reason('no-roll-back', rollBack.impossible === 'gone' ? words('rollBackGone', { version: rollBack.version ?? '' }) : words('noRollBack', { version }))}`;
}
