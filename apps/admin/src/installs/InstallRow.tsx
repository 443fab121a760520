import { Badge, ButtonLink, Progress } from '@alga/ui-kit';
import type { Install, QuotaUse, Version } from '../api/types.ts';
import { Avatar } from '../common/Avatar.tsx';
import { countOf } from '../common/permissions.ts';
import { useFormat } from '../common/useFormat.ts';
import { linkTo } from '../routing/route.ts';
import { texts } from '../texts.ts';

/** Props of {@link InstallRow}. */
export interface InstallRowProps {
  readonly install: Install;
  /** What is published of the version that runs; undefined until it is read. */
  readonly version: Version | undefined;
  /** What it may use this month; undefined where it is not known. */
  readonly quota: QuotaUse | undefined;
}

/** One installed extension in the list: what it is, how it is, and what waits. */
export function InstallRow({ install, version, quota }: InstallRowProps) {
  const { name } = install;
  const title = version?.manifest.displayName ?? name;
  const isEnabled = install.status === 'enabled';
  return (
    <li className="Row">
      <Avatar name={name} label={title} />
      <div className="Row-words">
        <a className="Row-title" href={linkTo({ page: 'installation', name, tab: 'overview' })}>
          {title}
        </a>
        <span className="Row-text">
          {name} · {install.version}
        </span>
        {quota?.limits.monthlyInvocations != null && <RequestBar use={quota} title={title} />}
      </div>
      <div className="Row-badges">
        <Badge tone={isEnabled ? 'success' : 'neutral'} hasDot>
          {isEnabled ? texts.installed.enabled : texts.installed.disabled}
        </Badge>
        <InstallBadges install={install} />
      </div>
      <div className="Row-actions">
        {isEnabled && version?.ui != null && (
          <ButtonLink
            size="sm"
            aria-label={texts.installed.openNamed(title)}
            href={linkTo({ page: 'open', name, path: version.ui.hooks['appMenu']?.path ?? '/' })}
          >
            {texts.installed.open}
          </ButtonLink>
        )}
      </div>
    </li>
  );
}

function RequestBar({ use, title }: { readonly use: QuotaUse; readonly title: string }) {
  const format = useFormat();
  const limit = use.limits.monthlyInvocations ?? 0;
  const share = limit === 0 ? 1 : Math.min(use.invocations / limit, 1);
  const used = texts.quotas.of(format.number(use.invocations), format.number(limit));
  return (
    <div className="Row-quota">
      <Progress
        label={texts.quotas.requestsOf(title)}
        isLabelHidden
        value={share * 100}
        valueLabel={used}
        tone={share >= 1 ? 'danger' : share >= 0.8 ? 'warning' : 'accent'}
      />
      <span className="Row-text">{texts.quotas.usedRequests(used)}</span>
    </div>
  );
}

function InstallBadges({ install }: { readonly install: Install }) {
  const { pending, rollout, availableVersion } = install;
  const missing = countOf(install.missing);
  return (
    <>
      {pending !== null && <Badge tone="warning">{texts.installed.waits(pending.version)}</Badge>}
      {rollout !== null && (
        <Badge tone="info">{texts.installed.rollout(rollout.version, rollout.percent)}</Badge>
      )}
      {pending === null && rollout === null && availableVersion !== null && (
        <Badge tone="accent">{texts.installed.update(availableVersion)}</Badge>
      )}
      {missing > 0 && <Badge>{texts.installed.missing(missing)}</Badge>}
    </>
  );
}
